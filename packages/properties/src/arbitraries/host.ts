import { seqAdd } from "@synfin/core/tcp";
import fc from "fast-check";
import { isn } from "./isn.ts";
import { SHRINK_TO_FIRST } from "./shrink.ts";

/** What a random host has beside its name and address. */
export interface HostTraits {
  readonly isns: readonly number[];
  readonly params: Readonly<Record<string, number>>;
  /** `false` where the user reads only when a step calls `receive`. */
  readonly reads?: false;
}

/**
 * Parameters that change what is sent and when. The least windows and
 * segments keep a few kilobytes within some hundred segments.
 */
const params = fc.record(
  {
    delayedAckUs: fc.constantFrom(0, 40_000, 200_000, 499_999),
    receiveBuffer: fc.constantFrom(65535, 5000, 1000, 300, 64),
    mss: fc.constantFrom(1460, 536, 100),
    rfc5961: fc.constantFrom(1, 0),
    rfc1337: fc.constantFrom(0, 1),
    mslUs: fc.constantFrom(120_000_000, 30_000_000, 1_000_000),
    userTimeoutUs: fc.constantFrom(300_000_000, 0, 5_000_000),
    oldFinRestartsTimeWait: fc.constantFrom(1, 1, 1, 0),
    trimCrossedSyn: fc.constantFrom(1, 1, 1, 0),
    nagle: fc.constantFrom(1, 0),
    windowScale: fc.constantFrom(-1, 0, 3),
    timestamps: fc.constantFrom(0, 1),
    sack: fc.constantFrom(0, 1, 1, 1),
    r2Us: fc.constantFrom(100_000_000, 150_000_000),
    keepAliveIdleUs: fc.constantFrom(7_200_000_000, 3_000_000),
    keepAliveIntervalUs: fc.constantFrom(75_000_000, 2_000_000),
    keepAliveProbes: fc.constantFrom(9, 3),
  },
  { requiredKeys: [] },
);

/**
 * The second number is out of the first one's windows, as MUST-8's clock and
 * the quiet time see to (§3.4.1, §3.4.3): with the same number again, old
 * segments would be taken for new ones, and rightly so.
 */
const gap = fc.constantFrom(1_000_000, 250_000, 0x7fff_0000, 0x8000_0000, 0xf000_0000);

/** Initial sequence numbers near the edges, a few switches, and now and then a slow reader. */
export const hostTraits: fc.Arbitrary<HostTraits> = fc
  .record(
    {
      isns: fc.oneof(
        SHRINK_TO_FIRST,
        { weight: 1, arbitrary: fc.constant([]) },
        {
          weight: 3,
          arbitrary: fc.tuple(isn, gap).map(([first, more]) => [first, seqAdd(first, more)]),
        },
      ),
      params: fc.oneof(
        SHRINK_TO_FIRST,
        { weight: 1, arbitrary: fc.constant({}) },
        { weight: 3, arbitrary: params.map(withoutGaps) },
      ),
      reads: fc.constantFrom(
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        false as const,
      ),
    },
    { noNullPrototype: true },
  )
  .map(({ reads, ...traits }) => (reads === false ? { ...traits, reads } : traits));

/** Plain JSON, as a scenario's file would hold it. */
function withoutGaps(drawn: Readonly<Record<string, number>>): Record<string, number> {
  return { ...drawn };
}
