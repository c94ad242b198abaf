import { FAILURE_MUTANTS } from "./failures.mjs";
import { OPENING_MUTANTS } from "./opening.mjs";
import { SENDING_MUTANTS } from "./sending.mjs";
import { WINDOW_MUTANTS } from "./windows.mjs";
import { WIRE_MUTANTS } from "./wire.mjs";

/** Every mutant, in the RFC's order. @type {readonly import("./mutant.mjs").Mutant[]} */
export const MUTANTS = [
  ...WIRE_MUTANTS,
  ...OPENING_MUTANTS,
  ...SENDING_MUTANTS,
  ...WINDOW_MUTANTS,
  ...FAILURE_MUTANTS,
];

/**
 * Requirements in scope that have no mutant yet. A mutant for one of them, or
 * its leaving the scope, has to take it off this list.
 *
 * @type {readonly string[]}
 */
export const WITHOUT_MUTANT = ["MUST-43", "MUST-46", "MUST-54", "MUST-57", "MUST-63"];
