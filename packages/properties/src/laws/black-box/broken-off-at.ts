import { SIGNAL_NAMES, Signal, seqAdd } from "@synfin/core/tcp";
import type { End } from "../../run/end.ts";
import type { Run } from "../../run/run.ts";
import { acknowledges, has } from "../../run/sequence.ts";

const CONNECTED = SIGNAL_NAMES[Signal.CONNECTED];
const FAILURES: readonly string[] = [SIGNAL_NAMES[Signal.RESET], SIGNAL_NAMES[Signal.TIMED_OUT]];

/**
 * When an end was released from what it owes its peer, as far as that is seen
 * from outside: a RST went out or came in, its user aborted, or was told that
 * the connection has failed. `Infinity` where nothing of that happened.
 */
export function brokenOffAtUs(run: Run, end: End): number {
  const { segments, events } = run.trace;
  const sent = segments.filter((segment) => segment.from === end.host && has(segment, "RST"));
  const heard = end.heard.filter(({ segment }) => has(segment, "RST"));
  const told = events.filter((event) => {
    if (event.type === "signal") return event.host === end.host && FAILURES.includes(event.signal);
    if (event.type !== "call" || event.error !== undefined) return false;
    return event.host === end.host && event.call === "abort";
  });
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...sent.map(({ sentAtUs }) => sentAtUs),
    ...heard.map(({ atUs }) => atUs),
    ...told.map(({ atUs }) => atUs),
  );
}

/**
 * Whether a connection was established at an end: its user was told so, or,
 * where no user is seen, its SYN has been acknowledged.
 */
export function wasEstablished(run: Run, end: End): boolean {
  if (run.hasCalls) {
    return run.trace.events.some((event) => {
      return event.type === "signal" && event.host === end.host && event.signal === CONNECTED;
    });
  }
  const first = seqAdd(end.iss ?? 0, 1);
  return end.heard.some(({ segment }) => acknowledges(segment, first));
}
