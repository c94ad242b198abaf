import { State, seqDiff, type Tcb } from "@synfin/core/tcp";
import { defineLaw, type Law, type Notes } from "../law.ts";
import type { MachineStep } from "../run/machine-step.ts";

/**
 * CWND and ssthresh are never more than RFC 5681 lets them be after this step:
 * two to four segments to begin with, and one where the SYN was lost (§3.1);
 * for each acknowledgment a segment more in slow start, and SMSS² / CWND above
 * ssthresh (§3.1 (2), (3)); half of what is in flight at the third duplicate,
 * what limited transmit has sent not counted (§3.2, step 2); a segment more for
 * each further one, and back to ssthresh when all is acknowledged (RFC 6582
 * §3.2); one segment when the timer runs out (§3.1 (4)). Nothing else makes
 * them more. A run shows the same as text in flight, but not to the octet.
 */
export const congestionWindowKeepsItsPace: Law<MachineStep> = defineLaw({
  name: "congestionWindowKeepsItsPace",
  source: "RFC 5681 §3.1, §3.2; RFC 6582 §3.2; RFC 3042; RFC 2525 §2.1 to §2.3, §2.6, §2.8",
  says: "CWND begins small, grows by a segment a round trip above ssthresh, and a loss halves it.",
  premises: [
    ...["window begun", "slow start", "congestion avoidance", "third duplicate"],
    ...["recovery", "recovery over", "timed out", "nothing about the network"],
  ],
  examine(step, notes) {
    const { before, after } = step;
    if (step.thrown !== undefined || after.state <= State.LISTEN) return;
    const [premise, most] = mostAfter(step);
    notes.met(premise);
    check("CWND", after.cwnd, most.cwnd, premise, notes);
    // Before there is a window there is nothing that half of it could be.
    if (before.synAcked === 1) check("ssthresh", after.ssthresh, most.ssthresh, premise, notes);
  },
});

function check(name: string, found: number, most: number, premise: string, notes: Notes): void {
  if (found <= most) return;
  notes.broken(`${premise}: ${name} is ${found}; ${Math.floor(most)} at most would be right`);
}

type Windows = Pick<Tcb, "cwnd" | "ssthresh">;

/** What kind of step it is to the network, and what CWND and ssthresh may be after it. */
function mostAfter(step: MachineStep): readonly [premise: string, most: Windows] {
  const { before, after } = step;
  if (before.synAcked === 0) return begun(step);
  if (ranOut(step)) return ["timed out", afterTimeout(before)];
  const acked = seqDiff(after.sndUna, before.sndUna);
  if (acked > 0) return before.fastRecovery === 0 ? grown(before, acked) : recovered(step, acked);
  const { cwnd, ssthresh, sndMss } = before;
  if (step.segment === undefined || after.dupAcks <= before.dupAcks) {
    return ["nothing about the network", before];
  }
  if (before.fastRecovery !== 0) return ["recovery", { cwnd: cwnd + sndMss, ssthresh }];
  if (after.fastRecovery === 0) return ["nothing about the network", before];
  const half = halfOf(Math.min(cwnd, inFlight(before)), before);
  return ["third duplicate", { cwnd: half + 3 * sndMss, ssthresh: half }];
}

/** RFC 5681 §3.1: IW, or one segment where the SYN or its acknowledgment was lost. */
function begun({ before, after, params }: MachineStep): readonly [string, Windows] {
  const { sndMss } = after;
  const ssthresh = Number.POSITIVE_INFINITY;
  if (after.synAcked === 0) return ["nothing about the network", { cwnd: before.cwnd, ssthresh }];
  const usual = sndMss > 2190 ? 2 : sndMss > 1095 ? 3 : 4;
  const segments = before.retransmits > 0 ? 1 : params.initialWindow || usual;
  return ["window begun", { cwnd: segments * sndMss, ssthresh }];
}

function ranOut({ before, move, nowUs }: MachineStep): boolean {
  const due = before.retransmitAtUs >= 0 && before.retransmitAtUs <= nowUs;
  return move.move === "timeout" && due && inFlight(before) > 0;
}

/** Only the first timeout of a segment halves what was in flight then (§3.1 (4)). */
function afterTimeout(before: Readonly<Tcb>): Windows {
  const ssthresh = before.retransmits === 0 ? halfOf(inFlight(before), before) : before.ssthresh;
  return { cwnd: before.sndMss, ssthresh };
}

function grown(before: Readonly<Tcb>, acked: number): readonly [string, Windows] {
  const { cwnd, ssthresh, sndMss } = before;
  if (cwnd < ssthresh) return ["slow start", { cwnd: cwnd + Math.min(acked, sndMss), ssthresh }];
  const more = Math.max(1, (sndMss * sndMss) / cwnd);
  return ["congestion avoidance", { cwnd: cwnd + more, ssthresh }];
}

/** RFC 6582 §3.2, step 3: a full acknowledgment deflates it, a partial one by what it took. */
function recovered({ before, after }: MachineStep, acked: number): readonly [string, Windows] {
  const { cwnd, ssthresh, sndMss } = before;
  const over = seqDiff(after.sndUna, before.recover) >= 0;
  if (over) return ["recovery over", { cwnd: ssthresh, ssthresh }];
  const back = acked >= sndMss ? sndMss : 0;
  return ["recovery", { cwnd: Math.max(sndMss, cwnd - acked) + back, ssthresh }];
}

function inFlight({ sndNxt, sndUna }: Readonly<Tcb>): number {
  return seqDiff(sndNxt, sndUna);
}

/** RFC 5681 (4): half of it, and two segments at least. */
function halfOf(flight: number, { sndMss }: Readonly<Tcb>): number {
  return Math.max(flight / 2, 2 * sndMss);
}
