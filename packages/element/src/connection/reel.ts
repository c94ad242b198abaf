import type { Picture } from "./picture.ts";
import type { Reel } from "./playback-controller.ts";

/** What is played of a picture: from the step `start` to the step `stop`, counted from 1. */
export function reelOf(
  { ladder: { map }, steps }: Picture,
  start: number | null,
  stop: number | null,
): Reel {
  // What is no step, such as 0, is none.
  const timeOf = (step: number | null): number | undefined =>
    step !== null && step >= 1 ? (steps[Math.floor(step) - 1] ?? steps.at(-1))?.atUs : undefined;
  const fromUs = timeOf(start) ?? 0;
  return { map, steps, fromUs, toUs: Math.max(fromUs, timeOf(stop) ?? map.endUs) };
}
