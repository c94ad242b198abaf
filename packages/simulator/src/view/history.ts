import type { StateName } from "@synfin/core/tcp";
import type { Trace, TraceState } from "../trace/trace.ts";

/** A stretch of time that one end spends in one state. */
export interface Stay {
  readonly state: StateName;
  readonly fromUs: number;
  /** The time of the next change, or `Infinity` for the last state. */
  readonly untilUs: number;
  /** The change that began it; absent for the state before the first event. */
  readonly change?: TraceState;
}

/** The states of one end, one after the other, from before the first event on. */
export function stays(trace: Trace, host: string): readonly Stay[] {
  const changes = trace.states.filter((change) => change.host === host);
  const initial = trace.hosts.find(({ name }) => name === host)?.initialState ?? "CLOSED";
  const first: Stay = {
    state: initial,
    fromUs: Number.NEGATIVE_INFINITY,
    untilUs: changes[0]?.atUs ?? Number.POSITIVE_INFINITY,
  };
  const rest = changes.map((change, index) => ({
    state: change.to,
    fromUs: change.atUs,
    untilUs: changes[index + 1]?.atUs ?? Number.POSITIVE_INFINITY,
    change,
  }));
  return [first, ...rest];
}

/** The state of one end at a time, after everything that happens then. */
export function stateAt(trace: Trace, host: string, atUs: number): StateName {
  let state = trace.hosts.find(({ name }) => name === host)?.initialState ?? "CLOSED";
  for (const change of trace.states) {
    if (change.atUs > atUs) break;
    if (change.host === host) state = change.to;
  }
  return state;
}
