import type { LinkSpec, Ratio } from "@synfin/simulator";
import fc from "fast-check";
import { SHRINK_TO_FIRST } from "./shrink.ts";

/** How often something goes wrong, from never to every other time. */
const ratio: fc.Arbitrary<Ratio> = fc.constantFrom<Ratio>([0, 1], [1, 20], [1, 5], [1, 2]);

/** Delays from next to nothing to longer than the first retransmission timeout. */
const delayUs = fc.constantFrom(50_000, 1_000, 7, 333_333, 700_000);

/** Links between good and bad; the first value of each part is the plainest. */
export const link: fc.Arbitrary<LinkSpec> = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 1, arbitrary: fc.record({ delayUs }) },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        delayUs,
        jitterUs: fc.constantFrom(0, 500, 20_000, 150_000),
        loss: ratio,
        duplicate: ratio,
        reorder: ratio,
        corrupt: ratio,
      },
      { requiredKeys: ["delayUs"] },
    ),
  },
);
