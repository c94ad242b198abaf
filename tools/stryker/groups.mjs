/** @typedef {import("./report.mjs").Mutant} Mutant */

/**
 * Why mutants survive, in groups. A mutant belongs to the first that holds it.
 *
 * @type {readonly { name: string, why: string, holds: (mutant: Mutant) => boolean }[]}
 */
export const GROUPS = [];
