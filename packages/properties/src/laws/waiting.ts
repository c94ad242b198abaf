import { CAUSE_NAMES, Cause, seqAdd } from "@synfin/core/tcp";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { octetsGiven, userClosed } from "../run/calls.ts";
import { type End, peerOf } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { acknowledges } from "../run/sequence.ts";
import { BROKEN_OFF } from "./broken-off.ts";

const GRACEFUL: readonly string[] = [Cause.TIME_WAIT_TIMEOUT, Cause.RCV_ACK_OF_FIN].map(
  (cause) => CAUSE_NAMES[cause],
);

/**
 * Once nothing more happens, every connection is CLOSED or in a state in
 * which RFC 9293 lets it wait without a timer: ESTABLISHED or CLOSE-WAIT, for
 * its own user, with everything acknowledged; FIN-WAIT-2, for a peer whose
 * user has not closed, or that is gone without a word (§3.6).
 *
 * So both ends come to CLOSED once both users have closed and the network
 * delivers in the end; and whoever awaits an answer has a timer running,
 * since a run ends only when no timer is left. Not checked on a cut run.
 */
export const everyWaitIsPermitted: Law<Run> = defineLaw({
  name: "everyWaitIsPermitted",
  source: "RFC 9293 §3.6, §3.8.1, §3.8.3",
  says: "At the end of a run each connection is CLOSED or waits where the RFC lets it.",
  premises: ["closed gracefully at both ends", "waits in FIN-WAIT-2", "waits for its user"],
  examine(run, notes) {
    if (run.cut) return;
    for (const end of run.ends) {
      if (end.ending === undefined) checkWait(run, end, notes);
      else if (GRACEFUL.includes(end.ending.cause)) checkGraceful(run, end, notes);
    }
  },
});

function checkGraceful(run: Run, end: End, notes: Notes): void {
  const peer = peerOf(end, run.ends);
  if (peer?.ending === undefined || !GRACEFUL.includes(peer.ending.cause)) return;
  if (end.host === run.trace.hosts[0]?.name) notes.met("closed gracefully at both ends");
}

function checkWait(run: Run, end: End, notes: Notes): void {
  const why = whyNotWait(run, end);
  if (why === "") {
    notes.met(end.last === "FIN-WAIT-2" ? "waits in FIN-WAIT-2" : "waits for its user");
    return;
  }
  notes.broken(why, { atUs: run.trace.endedAtUs, host: end.host });
}

/** Why this end may not wait for ever; empty where it may. */
function whyNotWait(run: Run, end: End): string {
  switch (end.last) {
    case "ESTABLISHED":
    case "CLOSE-WAIT":
      if (userClosed(run, end)) return `its user has closed, and it stays in ${end.last}`;
      return allAcknowledged(run, end) ? "" : `text is unacknowledged in ${end.last} for ever`;
    case "FIN-WAIT-2": {
      const peer = peerOf(end, run.ends);
      if (peer === undefined || BROKEN_OFF.includes(peer.ending?.cause ?? "")) return "";
      const closed = peer.ending !== undefined || userClosed(run, peer);
      return closed ? "waits in FIN-WAIT-2, but its peer's user has closed" : "";
    }
    default:
      return `stays in ${end.last} for ever`;
  }
}

function allAcknowledged(run: Run, end: End): boolean {
  if (end.iss === undefined) return false;
  const sentEnd = seqAdd(end.iss, 1 + octetsGiven(run, end));
  return end.heard.some(({ segment }) => acknowledges(segment, sentEnd));
}
