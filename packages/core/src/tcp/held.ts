import type { Outbox } from "./outbox.ts";
import { addSack, type Segment } from "./segment.ts";
import { seqLe, seqLt, seqMax } from "./seq.ts";
import type { Tcb } from "./tcb.ts";

/** Stretches of text held out of order (SHLD-31), at most this many. */
export const MAX_HELD = 4;

/** Re-used, so that holding allocates nothing: the ranges of one TCB, the most recent first. */
const left = [0, 0, 0, 0];
const right = [0, 0, 0, 0];

function load(tcb: Tcb): void {
  left[0] = tcb.heldLeft1;
  right[0] = tcb.heldRight1;
  left[1] = tcb.heldLeft2;
  right[1] = tcb.heldRight2;
  left[2] = tcb.heldLeft3;
  right[2] = tcb.heldRight3;
  left[3] = tcb.heldLeft4;
  right[3] = tcb.heldRight4;
}

function store(tcb: Tcb): void {
  tcb.heldLeft1 = left[0] ?? 0;
  tcb.heldRight1 = right[0] ?? 0;
  tcb.heldLeft2 = left[1] ?? 0;
  tcb.heldRight2 = right[1] ?? 0;
  tcb.heldLeft3 = left[2] ?? 0;
  tcb.heldRight3 = right[2] ?? 0;
  tcb.heldLeft4 = left[3] ?? 0;
  tcb.heldRight4 = right[3] ?? 0;
}

/**
 * Holds [from, to), which begins after RCV.NXT, merged with what it touches.
 * A fifth stretch is refused: the peer sends it again.
 *
 * @returns whether it is held.
 */
export function hold(tcb: Tcb, from: number, to: number): boolean {
  load(tcb);
  let mergedLeft = from;
  let mergedRight = to;
  let kept = 0;
  for (let index = 0; index < tcb.heldCount; index += 1) {
    const l = left[index] ?? 0;
    const r = right[index] ?? 0;
    const touches = seqLe(l, mergedRight) && seqLe(mergedLeft, r);
    if (touches) {
      if (seqLt(l, mergedLeft)) mergedLeft = l;
      mergedRight = seqMax(mergedRight, r);
    } else {
      left[kept] = l;
      right[kept] = r;
      kept += 1;
    }
  }
  if (kept === MAX_HELD) return false;
  // RFC 2018 §4: the block that holds the latest segment comes first.
  for (let index = kept; index > 0; index -= 1) {
    left[index] = left[index - 1] ?? 0;
    right[index] = right[index - 1] ?? 0;
  }
  left[0] = mergedLeft;
  right[0] = mergedRight;
  tcb.heldCount = kept + 1;
  store(tcb);
  return true;
}

/**
 * RCV.NXT has reached `rcvNxt`; what is held from there on counts as received.
 *
 * @returns how far RCV.NXT may go now.
 */
export function release(tcb: Tcb, rcvNxt: number): number {
  if (tcb.heldCount === 0) return rcvNxt;
  load(tcb);
  let reached = rcvNxt;
  let kept = 0;
  // One round is enough: no two stretches touch each other.
  for (let index = 0; index < tcb.heldCount; index += 1) {
    const l = left[index] ?? 0;
    const r = right[index] ?? 0;
    if (seqLe(l, reached)) {
      reached = seqMax(reached, r);
    } else {
      left[kept] = l;
      right[kept] = r;
      kept += 1;
    }
  }
  tcb.heldCount = kept;
  store(tcb);
  return reached;
}

/** SACK blocks for what is held: four, or three beside timestamps (RFC 2018 §3). */
export function addSackBlocks(tcb: Tcb, segment: Segment): void {
  const count = sackCount(tcb);
  if (count === 0) return;
  load(tcb);
  for (let index = 0; index < count; index += 1) {
    addSack(segment, left[index] ?? 0, right[index] ?? 0);
  }
}

/**
 * None before our SYN is acknowledged: blocks are of an established connection
 * (RFC 2018 §2), and what is held of a SYN's text is at RCV.NXT, not beyond it.
 */
function sackCount(tcb: Tcb): number {
  return tcb.sackOk === 0 || tcb.synAcked === 0
    ? 0
    : Math.min(tcb.tsOk === 1 ? 3 : MAX_HELD, tcb.heldCount);
}

/** The octets that those blocks take of a segment: two NOPs, kind, length, and 8 for each. */
export function sackSize(tcb: Tcb): number {
  const count = sackCount(tcb);
  return count === 0 ? 0 : 4 + 8 * count;
}

/** Tells the caller to keep the text of this segment from `seq` on. */
export function keep(out: Outbox, seq: number, length: number): void {
  out.keptSeq = seq;
  out.keptLength = length;
}
