import { CAUSE_NAMES, Cause, seqAdd } from "@synfin/core/tcp";
import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { type End, opening, peerOf } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { describeSegment, has } from "../run/sequence.ts";
import { BROKEN_OFF } from "./broken-off.ts";

/** A user who closes in SYN-SENT takes the OPEN back (§3.10.4). */
const TAKEN_BACK: readonly string[] = [...BROKEN_OFF, CAUSE_NAMES[Cause.CLOSE]];

/**
 * Every active OPEN ends in a connection that is ESTABLISHED at both ends, or
 * in a failure that at least one end reports; and an end in SYN-SENT that
 * hears the peer's SYN leaves it at once, whether the SYN answers its own or
 * has crossed it (RFC 9293 §3.5: simultaneous open, MUST-10).
 */
export const everyOpenIsResolved: Law<Run> = defineLaw({
  name: "everyOpenIsResolved",
  source: "RFC 9293 §3.5, §3.8.3, §3.10.7.3",
  says: "Every OPEN ends ESTABLISHED at both ends, or in a failure that one of them reports.",
  premises: [
    "ESTABLISHED at both ends",
    "failure reported",
    "SYN heard in SYN-SENT",
    "SYNs crossed",
  ],
  examine(run, notes) {
    for (const end of run.ends) {
      if (end.states[0]?.to !== "SYN-SENT") continue;
      checkAnswered(end, notes);
      if (!run.cut) checkOutcome(run, end, notes);
    }
  },
});

function checkOutcome(run: Run, end: End, notes: Notes): void {
  const peer = peerOf(end, run.ends);
  const failed = [end, ...takersOf(run, end)].some((one) => {
    return TAKEN_BACK.includes(one.ending?.cause ?? "");
  });
  if (wasOpen(end) && peer !== undefined && wasOpen(peer)) notes.met("ESTABLISHED at both ends");
  else if (failed) notes.met("failure reported");
  else {
    const what = `opened, ${wasOpen(end) ? "and its peer was not" : "and never was"} ESTABLISHED; no one reports a failure`;
    notes.broken(what, { atUs: end.bornAtUs, host: end.host });
  }
}

/** The ends that took its SYN, be it that it has taken an old one in place of theirs. */
function takersOf({ ends }: Run, { host, iss, localPort, remotePort }: End): readonly End[] {
  return ends.filter((other) => {
    const between = other.localPort === remotePort && other.remotePort === localPort;
    return between && other.peer === host && other.irs === iss;
  });
}

function wasOpen(end: End): boolean {
  return opening(end) !== undefined;
}

function checkAnswered(end: End, notes: Notes): void {
  const left = end.states[1];
  const leftAtUs = left?.atUs ?? Number.POSITIVE_INFINITY;
  // What comes in the microsecond of the call came before it.
  const first = end.heard.find(({ atUs, segment }) => atUs > end.bornAtUs && opensIt(end, segment));
  if (first === undefined || first.atUs > leftAtUs) return;
  notes.met("SYN heard in SYN-SENT");
  if (!has(first.segment, "ACK")) notes.met("SYNs crossed");
  if (first.atUs === leftAtUs) return;
  const what = `${describeSegment(first.segment)} came in SYN-SENT and changed nothing`;
  notes.broken(what, { atUs: first.atUs, host: end.host, segment: first.segment.id });
}

/** A SYN that crosses ours, or one that acknowledges it. */
function opensIt(end: End, segment: TraceSegment): boolean {
  if (!has(segment, "SYN") || has(segment, "RST")) return false;
  return !has(segment, "ACK") || segment.ack === seqAdd(end.iss ?? 0, 1);
}

/**
 * Two ends that are ESTABLISHED at the same time on the same ports mean the
 * same connection: each took the SYN that the other sent for it. An old
 * duplicate SYN, of whichever connection, never brings both there (RFC 9293
 * §3.4.1, §3.5, Figure 8).
 */
export const oldSynOpensNothing: Law<Run> = defineLaw({
  name: "oldSynOpensNothing",
  source: "RFC 9293 §3.4.1, §3.5, §3.6.1",
  says: "Two ends that are ESTABLISHED together took each other's SYN, and no old one.",
  premises: ["ESTABLISHED together", "old SYN taken"],
  examine(run, notes) {
    for (const end of run.ends) {
      const stranger = run.ends.every((other) => other.host !== end.peer || other.iss !== end.irs);
      if (end.irs !== undefined && stranger) notes.met("old SYN taken");
      for (const other of run.ends) {
        if (other.host === end.peer && run.ends.indexOf(end) < run.ends.indexOf(other)) {
          checkPair(end, other, notes);
        }
      }
    }
  },
});

function checkPair(end: End, other: End, notes: Notes): void {
  const [one, two] = [openFrom(end), openFrom(other)];
  if (one === undefined || two === undefined) return;
  if (end.localPort !== other.remotePort || end.remotePort !== other.localPort) return;
  const atUs = Math.max(one, two);
  if (atUs >= end.endedAtUs || atUs >= other.endedAtUs) return;
  notes.met("ESTABLISHED together");
  if (end.irs === other.iss && other.irs === end.iss) return;
  const what = `is ESTABLISHED with IRS ${end.irs}, and ${other.host} with ISS ${other.iss} and IRS ${other.irs}; its own ISS is ${end.iss}`;
  notes.broken(what, { atUs, host: end.host });
}

function openFrom({ states }: End): number | undefined {
  return states.find(({ to }) => to === "ESTABLISHED")?.atUs;
}
