import { seqDiff } from "@synfin/core/tcp";
import { defineLaw, type Law, type Notes } from "../../law.ts";
import { userClosed } from "../../run/calls.ts";
import type { End } from "../../run/end.ts";
import { judgedEnds, type Run } from "../../run/run.ts";
import { endOf, has, lengthOf } from "../../run/sequence.ts";
import { brokenOffAtUs, wasEstablished } from "./broken-off-at.ts";

/** Longer than any retransmission timeout in use: RFC 6298's 60 s, Linux's 120 s. */
const LONGEST_WAIT_US = 130_000_000;

/**
 * What is unacknowledged (SYN, text or FIN) is sent again before 130 s are
 * over, and again, until it is acknowledged or its user is told that the
 * connection has failed (RFC 9293 §3.8.1, §3.8.3; RFC 6298 §5). Once the TCP
 * has no timer left, nothing may be unacknowledged.
 *
 * What a listener has half opened may be given up without a word, but not
 * before the SYN,ACK has been sent once more.
 */
export const unansweredIsSentAgain: Law<Run> = defineLaw({
  name: "unansweredIsSentAgain",
  source: "RFC 9293 §3.8.1, §3.8.3; RFC 6298 §5",
  says: "What is unacknowledged is sent again, until the connection is broken off.",
  premises: ["something sent", "SYN sent again", "text sent again", "FIN sent again"],
  examine(run, notes) {
    for (const end of judgedEnds(run)) checkEnd(run, end, notes);
  },
});

/** What is outstanding, and since when it has been neither acknowledged nor sent again. */
interface Outstanding {
  acked: number;
  sentEnd: number;
  sinceUs: number;
}

type Step = readonly [atUs: number, apply: () => void];

function checkEnd(run: Run, end: End, notes: Notes): void {
  const first = end.sent.find((segment) => lengthOf(segment) > 0);
  if (first === undefined) return;
  const over = Math.min(brokenOffAtUs(run, end), forgottenAtUs(run, end));
  const state: Outstanding = { acked: first.seq, sentEnd: first.seq, sinceUs: first.sentAtUs };
  for (const [atUs, apply] of stepsOf(end, state, notes)) {
    if (atUs > over) return;
    if (!checkWait(end, state, atUs, notes)) return;
    apply();
  }
  if (end.endedAtUs !== Number.POSITIVE_INFINITY) return;
  const endsAtUs = run.cut ? run.trace.endedAtUs : Number.POSITIVE_INFINITY;
  checkWait(end, state, Math.min(over, endsAtUs), notes);
}

function checkWait(end: End, state: Outstanding, nowUs: number, notes: Notes): boolean {
  const { acked, sentEnd, sinceUs } = state;
  if (seqDiff(sentEnd, acked) <= 0 || nowUs - sinceUs <= LONGEST_WAIT_US) return true;
  const waited = nowUs === Number.POSITIVE_INFINITY ? "ever" : `${nowUs - sinceUs} µs`;
  const what = `${acked} to ${sentEnd} is not acknowledged, and since ${sinceUs} µs not sent again for ${waited}`;
  notes.broken(what, { atUs: sinceUs, host: end.host });
  return false;
}

function stepsOf(end: End, state: Outstanding, notes: Notes): Step[] {
  const sent = end.sent.map((segment): Step => {
    return [
      segment.sentAtUs,
      () => {
        if (lengthOf(segment) === 0) return;
        notes.met("something sent");
        const again = seqDiff(segment.seq, state.sentEnd) < 0;
        if (again) notes.met(`${kindOf(segment.flags)} sent again`);
        const front = seqDiff(segment.seq, state.acked) <= 0;
        if (front || seqDiff(state.sentEnd, state.acked) <= 0) state.sinceUs = segment.sentAtUs;
        if (seqDiff(endOf(segment), state.sentEnd) > 0) state.sentEnd = endOf(segment);
      },
    ];
  });
  const heard = end.heard.map(({ atUs, segment }): Step => {
    return [
      atUs,
      () => {
        if (!has(segment, "ACK") || has(segment, "RST")) return;
        const news = seqDiff(segment.ack, state.acked) > 0;
        if (!news || seqDiff(segment.ack, state.sentEnd) > 0) return;
        state.acked = segment.ack;
        state.sinceUs = atUs;
      },
    ];
  });
  return [...heard, ...sent].sort(([a], [b]) => a - b);
}

function kindOf(flags: readonly string[]): string {
  if (flags.includes("SYN")) return "SYN";
  return flags.includes("FIN") ? "FIN" : "text";
}

/**
 * From when on a connection that was never established may be forgotten: its
 * user has closed, or a listener has sent its SYN,ACK more than once.
 */
function forgottenAtUs(run: Run, end: End): number {
  if (wasEstablished(run, end)) return Number.POSITIVE_INFINITY;
  if (userClosed(run, end)) return 0;
  const synAcks = end.sent.filter((segment) => has(segment, "SYN") && has(segment, "ACK"));
  return synAcks[1]?.sentAtUs ?? Number.POSITIVE_INFINITY;
}
