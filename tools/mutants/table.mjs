import { ADDRESS_MUTANTS } from "./addresses.mjs";
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
  ...ADDRESS_MUTANTS,
  ...FAILURE_MUTANTS,
];
