import { CAUSE_NAMES, Cause } from "@synfin/core/tcp";
import type { TraceCall } from "@synfin/simulator";
import type { End } from "./end.ts";
import type { Run } from "./run.ts";

const ACTIVE_OPEN = CAUSE_NAMES[Cause.ACTIVE_OPEN];

/** The calls of this end's user that succeeded while the connection was there. */
export function callsOf(run: Run, end: End): TraceCall[] {
  const next = run.ends.find((other) => {
    return other.host === end.host && run.ends.indexOf(other) > run.ends.indexOf(end);
  });
  const first = openingCall(run, end) + 1;
  const last = next?.bornAtUs === end.endedAtUs ? openingCall(run, next) : -1;
  const span = run.trace.events.slice(first, last === -1 ? undefined : last);
  return span.filter((event): event is TraceCall => {
    if (event.type !== "call" || event.host !== end.host || event.error !== undefined) return false;
    return event.atUs >= end.bornAtUs && event.atUs <= end.endedAtUs;
  });
}

/**
 * The index of the `connect` that opened an end, or −1. A connection can end
 * and the next begin in one microsecond: only the order of the calls tells
 * then whose user called.
 */
function openingCall({ trace }: Run, end: End): number {
  if (end.states[0]?.cause !== ACTIVE_OPEN) return -1;
  return trace.events.findIndex((event) => {
    if (event.type !== "call" || event.call !== "connect" || event.error !== undefined)
      return false;
    return event.host === end.host && event.atUs === end.bornAtUs;
  });
}

/** How many octets the user has handed over to be sent. */
export function octetsGiven(run: Run, end: End): number {
  const sends = callsOf(run, end).filter(({ call }) => call === "send");
  return sends.reduce((sum, { length = 0 }) => sum + length, 0);
}

/** Whether the user has said that nothing more will be sent. */
export function userClosed(run: Run, end: End): boolean {
  return callsOf(run, end).some(({ call }) => call === "close" || call === "shutdown");
}

/** Whether someone at this host called this at this time, with success. */
export function wasCalled(run: Run, host: string, atUs: number, call: string): boolean {
  return run.trace.events.some((event) => {
    if (event.type !== "call" || event.error !== undefined) return false;
    return event.host === host && event.atUs === atUs && event.call === call;
  });
}

/**
 * The microseconds in which one segment came in for an end, and its user called nothing: what
 * the end sent then is the answer to that segment.
 */
export function soleArrivals(run: Run, end: End): ReadonlySet<number> {
  const sole = new Set<number>();
  const shared = new Set(callsOf(run, end).map(({ atUs }) => atUs));
  for (const { atUs } of end.heard) {
    if (shared.has(atUs)) sole.delete(atUs);
    else sole.add(atUs);
    shared.add(atUs);
  }
  return sole;
}
