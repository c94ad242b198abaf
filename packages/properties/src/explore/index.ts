export { type CrossCheck, ImageTally } from "./cross-check.ts";
export { Exploration } from "./exploration.ts";
export { explore } from "./explore.ts";
export { type Machine, ONE_MACHINE } from "./machine.ts";
export {
  ABSTRACT_RULES,
  type AbstractAction,
  type AbstractMessage,
  type AbstractRule,
  type AbstractSpace,
  exploreAbstract,
} from "./model/abstract-tcp.ts";
export { type ExploreOptions, MOST_FAULTS } from "./options.ts";
export { type Counterexample, type ExploreReport, reportOf } from "./report.ts";
