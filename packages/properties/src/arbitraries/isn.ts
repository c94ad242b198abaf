import fc from "fast-check";
import { SHRINK_TO_FIRST } from "./shrink.ts";

const LAST = 0xffff_ffff;

/**
 * Initial sequence numbers, mostly where arithmetic goes wrong: 0, the sign
 * bit, and so close below 2³² that a SYN, a FIN or a few kilobytes of text
 * cross the wrap. Shrinks towards 0.
 */
export const isn: fc.Arbitrary<number> = fc.oneof(
  SHRINK_TO_FIRST,
  {
    weight: 3,
    arbitrary: fc.nat({ max: 6000 }).map((below) => (below === 0 ? 0 : LAST - below + 1)),
  },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, LAST, LAST - 1, LAST - 2) },
  { weight: 1, arbitrary: fc.constantFrom(0x7fff_ffff, 0x8000_0000, 0x7fff_fff0) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: LAST }) },
);
