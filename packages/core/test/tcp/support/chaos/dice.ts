import { Random } from "../../../wire/random.ts";

/** A stream of chances from a seed. */
export class Dice extends Random {
  pick<T>(from: readonly T[]): T {
    const chosen = from[this.below(from.length)];
    if (chosen === undefined) throw new Error("nothing to pick from");
    return chosen;
  }

  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  switch(): number {
    return this.below(2);
  }
}
