import fc from "fast-check";
import type { MachineTrial, Move } from "../run/machine-step.ts";
import { isn } from "./isn.ts";
import { anySegment, legalSegment, type SegmentShape } from "./segment-shape.ts";
import { sendingTrial } from "./sending-trial.ts";
import { SHRINK_TO_FIRST } from "./shrink.ts";
import { shutWindowTrial } from "./shut-window-trial.ts";

const octets = fc.constantFrom(100, 1, 1460, 5000);

function moves(segment: fc.Arbitrary<SegmentShape>, weight: number): fc.Arbitrary<Move> {
  return fc.oneof(
    SHRINK_TO_FIRST,
    { weight, arbitrary: segment.map((shape) => ({ move: "segment" as const, shape })) },
    { weight: 3, arbitrary: octets.map((n) => ({ move: "send" as const, octets: n })) },
    {
      weight: 4,
      arbitrary: fc.constantFrom<Move>(
        { move: "read" },
        { move: "timeout" },
        { move: "close" },
        { move: "close both ways" },
      ),
    },
  );
}

const params = fc
  .record(
    {
      receiveBuffer: fc.constantFrom(65_535, 1000, 100),
      mss: fc.constantFrom(1460, 100),
      delayedAckUs: fc.constantFrom(0, 200_000),
      rfc5961: fc.constantFrom(1, 0),
      nagle: fc.constantFrom(1, 0),
    },
    { requiredKeys: [] },
  )
  .map((drawn): Record<string, number> => ({ ...drawn }));

/** In any state: mostly a segment comes, lawful, at the edges or hostile. */
const anyTrial: fc.Arbitrary<MachineTrial> = fc.record(
  {
    opens: fc.constantFrom("actively" as const, "passively" as const),
    iss: isn,
    irs: isn,
    params,
    before: fc.array(moves(legalSegment, 8), { maxLength: 8 }),
    last: moves(anySegment, 30),
  },
  { noNullPrototype: true },
);

/**
 * One end of a connection in a state that it can be in, with the whole of its
 * TCB as calls, timers and segments of a lawful peer have made it, and one thing
 * more that happens to it. Some are in the middle of a long text, and some do
 * not read until their window is shut.
 */
export const machineTrial: fc.Arbitrary<MachineTrial> = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 4, arbitrary: anyTrial },
  { weight: 1, arbitrary: sendingTrial },
  { weight: 1, arbitrary: shutWindowTrial },
);
