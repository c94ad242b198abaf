import type { Picture } from "./picture.ts";
import type { Reel } from "./playback-controller.ts";

/** What is played of a picture: from the step `start` to the step `stop`, counted from 1. */
export function reelOf(
  { ladder: { map }, steps }: Picture,
  start: number | null,
  stop: number | null,
): Reel {
  const timeOf = (step: number | null): number | undefined =>
    step === null ? undefined : (steps[step - 1] ?? steps.at(-1))?.atUs;
  const fromUs = timeOf(start) ?? 0;
  return { map, steps, fromUs, toUs: Math.max(fromUs, timeOf(stop) ?? map.endUs) };
}
