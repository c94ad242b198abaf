import { draw, hits, Purpose } from "../random/draw.ts";
import type { LinkSpec, Ratio } from "../scenario/scenario.ts";
import type { Verdict } from "../trace/trace.ts";

/** Which transmission a link decides about: the key of all its draws. */
export interface Passage {
  /** Of `drawKey`, shared by all draws of the run. */
  readonly key: number;
  readonly flow: number;
  readonly host: number;
  /** From 1, for this host and flow. */
  readonly number: number;
}

/** What a link's own chances do to a transmission: the first one that comes up. */
export function fate(spec: LinkSpec, passage: Passage): Verdict {
  if (comesUp(spec.loss, Purpose.LOSS, passage)) return "drop";
  if (comesUp(spec.corrupt, Purpose.CORRUPT, passage)) return "corrupt";
  if (comesUp(spec.duplicate, Purpose.DUPLICATE, passage)) return "duplicate";
  if (comesUp(spec.reorder, Purpose.REORDER, passage)) return "reorder";
  return "deliver";
}

/** How long a transmission is under way: the delay, and some jitter. */
export function delayOf({ delayUs, jitterUs }: LinkSpec, passage: Passage): number {
  if (jitterUs === undefined || jitterUs === 0) return delayUs;
  return delayUs + (drawFor(Purpose.JITTER, passage) % (jitterUs + 1));
}

/** How much later than the first the second copy of a duplicate arrives. */
export function duplicateLagUs({ delayUs }: LinkSpec): number {
  return Math.max(1, delayUs >>> 1);
}

/** Late by two one-way delays: what the sender does meanwhile overtakes it. */
export function reorderLagUs({ delayUs }: LinkSpec): number {
  return 2 * delayUs + 1;
}

export function drawFor(purpose: Purpose, { key, flow, host, number }: Passage): number {
  return draw(key, purpose, flow, host, number);
}

function comesUp(ratio: Ratio | undefined, purpose: Purpose, passage: Passage): boolean {
  return ratio !== undefined && hits(drawFor(purpose, passage), ratio[0], ratio[1]);
}
