import { PARAM_BOUNDS, paramProblem, RFC9293, type TcpParams } from "@synfin/core/tcp";
import { type Machine, ONE_MACHINE } from "./machine.ts";

/** How much of what can happen is explored; all of it is bounded. */
export interface ExploreOptions {
  /** How many segments the network may lose, in all; 0 by default, at most 9. */
  readonly loss?: number;
  /** How many it may deliver twice. */
  readonly duplicate?: number;
  /**
   * How many it may hold back: such a segment is overtaken by whatever comes
   * behind it, and arrives at any later time within one MSL (RFC 9293 §3.4.2).
   */
  readonly reorder?: number;
  /** How many full segments of text each user sends on a connection before it closes. */
  readonly data?: number;
  /** How many ABORT calls there may be, of both users together (§3.10.5). */
  readonly abort?: number;
  /**
   * `one`: the client calls OPEN and the server listens. `both`: both call OPEN,
   * each at any time, and no one listens (§3.5, simultaneous open).
   */
  readonly open?: "one" | "both";
  /** Initial sequence numbers of client and server, from 1 to 2³² − 1. */
  readonly isns?: readonly [client: number, server: number];
  /** What differs from RFC 9293's parameters, at both ends; no timestamps, no delayed ACKs. */
  readonly params?: Partial<TcpParams>;
  /** Steps that stand in for those of the one machine, to see a planted fault found. */
  readonly machine?: Partial<Machine>;
  /**
   * Ends partially once so many states are found; 2²⁵ by default, at most 2²⁶. A
   * state takes about 25 octets, and each step between two another 4.
   */
  readonly mostStates?: number;
}

/** The options with nothing left open. */
export interface Settings {
  readonly loss: number;
  readonly duplicate: number;
  readonly reorder: number;
  readonly data: number;
  readonly abort: number;
  readonly open: "one" | "both";
  readonly isns: readonly [client: number, server: number];
  readonly params: TcpParams;
  readonly machine: Machine;
  readonly mostStates: number;
}

/** No budget is larger: each one more multiplies the states. */
export const MOST_FAULTS = 9;

/** Small segments, so that a ladder has small numbers. */
const MSS = 100;

const DEFAULT_STATES = 2 ** 25;
const MOST_STATES = 2 ** 26;
const MOST_ISN = 0xffff_ffff;

/**
 * Fills in what was left open. Throws a `RangeError` that names the option, the
 * bad value and what it should be.
 */
export function settle(options: ExploreOptions): Settings {
  const { loss = 0, duplicate = 0, reorder = 0, data = 0, abort = 0 } = options;
  const { open = "one", isns = [1000, 5000], mostStates = DEFAULT_STATES } = options;
  const budgets = { loss, duplicate, reorder, data, abort };
  for (const [name, value] of Object.entries(budgets)) requireWhole(name, value, 0, MOST_FAULTS);
  for (const isn of isns) requireWhole("isns", isn, 1, MOST_ISN);
  requireWhole("mostStates", mostStates, 1, MOST_STATES);
  if (open !== "one" && open !== "both") {
    throw new RangeError(`open is ${JSON.stringify(open)}, but it should be "one" or "both"`);
  }
  const params = { ...RFC9293, mss: MSS, ...options.params };
  checkParams(params);
  const machine = { ...ONE_MACHINE, ...options.machine };
  return { ...budgets, open, isns, params, machine, mostStates };
}

function requireWhole(name: string, value: unknown, least: number, most: number): void {
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return;
  const given = JSON.stringify(value);
  throw new RangeError(
    `${name} is ${given}, but it should be a whole number from ${least} to ${most}`,
  );
}

function checkParams(params: TcpParams): void {
  for (const name of Object.keys(PARAM_BOUNDS) as (keyof TcpParams)[]) {
    const problem = paramProblem(name, params[name]);
    if (problem !== undefined) throw new RangeError(problem);
  }
  // A clock that ticks in every segment would make every moment a state of its own.
  for (const name of ["timestamps", "delayedAckUs"] as const) {
    if (params[name] === 0) continue;
    throw new RangeError(`${name} is ${params[name]}, but the explorer needs it to be 0`);
  }
}
