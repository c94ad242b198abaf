import { CAUSE_NAMES, Cause, SIGNAL_NAMES, Signal, seqDiff } from "@synfin/core/tcp";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { callsOf } from "../run/calls.ts";
import { type End, firstFin, type Heard, peerOf } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { describeSegment, endOf, has, textStart } from "../run/sequence.ts";
import { mayBeTooOld } from "../run/taken.ts";

const PEER_CLOSED = SIGNAL_NAMES[Signal.PEER_CLOSED];
const GRACEFUL: readonly string[] = [Cause.TIME_WAIT_TIMEOUT, Cause.RCV_ACK_OF_FIN].map(
  (cause) => CAUSE_NAMES[cause],
);

/**
 * Where both ends come to their end gracefully, the one whose user had closed
 * before the peer's FIN was taken passes through TIME-WAIT, and the other does
 * not: one of them at least, and both after a simultaneous close (RFC 9293
 * §3.6, §3.6.1). Who leaves without it cannot acknowledge the peer's FIN once
 * more; who waits without need holds its ports for four minutes.
 */
export const whoClosesFirstWaits: Law<Run> = defineLaw({
  name: "whoClosesFirstWaits",
  source: "RFC 9293 §3.6 cases 1 to 3, §3.6.1, Figures 12 and 13",
  says: "In a graceful end whoever closed before it took the peer's FIN waits, and no one else.",
  premises: ["closed first", "closed second", "both closed first"],
  examine(run, notes) {
    for (const end of run.ends) {
      const peer = peerOf(end, run.ends);
      if (peer === undefined || !isGraceful(end) || !isGraceful(peer)) continue;
      const first = closedFirst(run, end);
      notes.met(first ? "closed first" : "closed second");
      if (first && closedFirst(run, peer)) notes.met("both closed first");
      const waited = end.states.some(({ to }) => to === "TIME-WAIT");
      if (waited === first) continue;
      const what = first
        ? "closed before it took the peer's FIN, and ended without TIME-WAIT"
        : "closed after it took the peer's FIN, and came to TIME-WAIT";
      notes.broken(what, { atUs: end.endedAtUs, host: end.host });
    }
  },
});

function isGraceful({ ending }: End): boolean {
  return ending !== undefined && GRACEFUL.includes(ending.cause);
}

/** By the order of the user's call and of what the user was told. */
function closedFirst(run: Run, end: End): boolean {
  const { events } = run.trace;
  const call = callsOf(run, end).find((one) => one.call === "close" || one.call === "shutdown");
  const told = events.findIndex((event) => {
    if (event.type !== "signal" || event.host !== end.host) return false;
    return event.signal === PEER_CLOSED && event.atUs >= end.bornAtUs;
  });
  return call !== undefined && (told === -1 || events.indexOf(call) < told);
}

/**
 * An end that has closed one way still receives: text that comes in its place
 * after its FIN reaches its user at once, and is acknowledged (RFC 9293 §3.6:
 * "the user who CLOSEs may continue to RECEIVE until the TCP receiver is told
 * that the remote peer has CLOSED also").
 */
export const halfClosedStillReceives: Law<Run> = defineLaw({
  name: "halfClosedStillReceives",
  source: "RFC 9293 §3.6, §3.10.7.4",
  says: "Who has closed one way still receives whatever comes.",
  premises: ["text after the own FIN"],
  examine(run, notes) {
    for (const end of run.ends) {
      const fin = firstFin(end);
      const both = callsOf(run, end).some(({ call }) => call === "close");
      if (fin === undefined || both || !run.readsAtOnce(end.host)) continue;
      for (const heard of end.heard) {
        if (heard.atUs > fin.sentAtUs && heard.atUs < end.endedAtUs) {
          checkReceived(run, end, heard, notes);
        }
      }
    }
  },
});

function checkReceived(run: Run, end: End, { atUs, segment }: Heard, notes: Notes): void {
  if (segment.length === 0 || has(segment, "SYN") || !has(segment, "ACK")) return;
  if (!isInPlace(end, { atUs, segment })) return;
  notes.met("text after the own FIN");
  const deliveries = run.watched?.deliveries ?? [];
  if (deliveries.some((one) => one.host === end.host && one.atUs === atUs)) return;
  const what = `${describeSegment(segment)} came in its place, and its user gets nothing`;
  notes.broken(what, { atUs, host: end.host, segment: segment.id });
}

/** Whether it brings new text from where the last acknowledgment ends, within the window. */
function isInPlace(end: End, { atUs, segment }: Heard): boolean {
  const said = end.sent.findLast((sent) => sent.sentAtUs < atUs && has(sent, "ACK"));
  const sentBefore = end.sent.filter((sent) => sent.sentAtUs <= atUs);
  const last = sentBefore.reduce((most, sent) => {
    return seqDiff(endOf(sent), most) > 0 ? endOf(sent) : most;
  }, end.iss ?? 0);
  if (said === undefined || seqDiff(segment.ack, last) > 0) return false;
  if (mayBeTooOld(end, { atUs, segment })) return false;
  const stamped = segment.options.some(({ name }) => name === "timestamps");
  const fresh = segment.seq === said.ack && textStart(segment) === said.ack;
  const arrivedBefore = end.heard.some((other) => {
    return other.atUs < atUs && other.atUs >= said.sentAtUs && other.segment.length > 0;
  });
  return fresh && said.window > 0 && !stamped && !arrivedBefore;
}
