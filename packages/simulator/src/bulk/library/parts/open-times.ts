import { Purpose } from "../../../random/draw.ts";
import { PoissonArrivals } from "../../../random/poisson-arrivals.ts";
import { uniform } from "../../../random/uniform.ts";
import { KeyedWords } from "../../../random/words.ts";
import type { Cell } from "../../cell.ts";

const SECOND_US = 1_000_000;

/** When the n-th of something comes, from 0 on. Ask in order, and once for each. */
export type Times = (cell: Cell, nth: number) => number;

/** At an even rate: so many in each `perUs`, which is a second by default. */
export function evenTimes(count: number, perUs: number = SECOND_US): Times {
  return (_cell, nth) => Math.floor((nth * perUs) / count);
}

/**
 * As a Poisson process: so many in each `perUs` on average.
 *
 * @param stream tells this process from others in the same cell
 */
export function poissonTimes(count: number, perUs: number = SECOND_US, stream = 0): Times {
  const arrivals = new PoissonArrivals(count, perUs);
  let words: KeyedWords | undefined;
  return (cell, nth) => {
    words ??= new KeyedWords(cell.key);
    return arrivals.next(words.aim(Purpose.OPEN, nth, stream, 0));
  };
}

/**
 * A warm start for a queue whose places are held for exactly `heldUs`: begun
 * cold, they would be taken all at once, be free again all at once, and so on
 * for long. Instead `count` come at any time of the first `heldUs`, so that by
 * its end their ages are even; `then` begins there.
 */
export function warmTimes(count: number, heldUs: number, then: Times, stream = 0): Times {
  let early: readonly number[] | undefined;
  return (cell, nth) => {
    early ??= evenAges(new KeyedWords(cell.key), count, heldUs, stream);
    return early[nth] ?? heldUs + then(cell, nth - count);
  };
}

function evenAges(words: KeyedWords, count: number, heldUs: number, stream: number): number[] {
  const drawn = Array.from({ length: count }, (_, nth) =>
    uniform(heldUs, words.aim(Purpose.HOLD, nth, stream, 0)),
  );
  return drawn.sort((a, b) => a - b);
}
