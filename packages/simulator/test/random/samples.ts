import { drawKey, Purpose } from "@synfin/simulator";
import { KeyedWords, type WordSource } from "../../src/random/words.ts";

/** So many draws, each from a keyed sequence of its own, as a crowd draws them. */
export function sample(
  count: number,
  seed: number,
  drawOne: (words: WordSource) => number,
): number[] {
  const words = new KeyedWords(drawKey(seed, "sample"));
  return Array.from({ length: count }, (_, flow) => drawOne(words.aim(Purpose.HOLD, flow, 0, 0)));
}

/** Words that are given, one after the other. */
export function script(...words: readonly number[]): WordSource {
  let at = 0;
  return {
    next: () => {
      const word = words[at];
      if (word === undefined) throw new Error(`the script has no word ${at}`);
      at += 1;
      return word;
    },
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

/**
 * Kolmogorov and Smirnov's distance between samples and a distribution, times
 * √n: over 1.95 for one sound sample in a thousand.
 */
export function distance(values: readonly number[], below: (value: number) => number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const gaps = sorted.map((value, index) => {
    const wanted = below(value);
    return Math.max(Math.abs(wanted - index / n), Math.abs((index + 1) / n - wanted));
  });
  return gaps.reduce((worst, gap) => Math.max(worst, gap), 0) * Math.sqrt(n);
}
