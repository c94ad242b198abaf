import { Exploration } from "./exploration.ts";
import type { ExploreOptions } from "./options.ts";
import { type ExploreReport, reportOf } from "./report.ts";

/** So many states at a time; how many makes no difference to what is found. */
const SLICE = 100_000;

/**
 * Explores everything that two ends of the one machine and a bounded network can
 * do, breadth first, and holds every step and every state to the laws. It ends
 * at the first breach, with a shortest way there, or when there is nothing more
 * to be seen.
 *
 * What is in a state: both TCBs, with sequence numbers from fixed ISSs and times
 * relative to now; what each user still has to do; what is under way; and the
 * budgets that are left. Segments arrive in order and before any timer runs
 * out, but for those that the network loses, duplicates, or holds back for up to
 * one MSL (RFC 9293 §3.4.2). Timers run out in the order of their deadlines; of
 * those with the same deadline either may be first. Users call OPEN, SEND and
 * CLOSE in that order, each at any time (§3.10.1 to §3.10.4), and read at once.
 *
 * Two reductions, both exact: the network meddles with a segment only when it is
 * the next to arrive, since no one can tell before; and a step of one end, which
 * depends on that end and its input alone, is taken once. Beyond that a state is
 * remembered by 64 bits of hash; `collisionChance` says how likely it is that
 * two were taken for one.
 *
 * Throws a `RangeError` where an option is not what it should be. For progress
 * and interruption, use `Exploration` and `reportOf`.
 */
export function explore(options: ExploreOptions = {}): ExploreReport {
  const exploration = new Exploration(options);
  while (exploration.run(SLICE)) {
    // Each turn leaves so many states.
  }
  return reportOf(exploration);
}
