import fc from "fast-check";
import type { MachineTrial, Move } from "../run/machine-step.ts";
import { isn } from "./isn.ts";
import { ACK, type SegmentShape } from "./segment-shape.ts";

/** More than any window. */
const LONG_TEXT: Move = { move: "send", octets: 60_000 };

function segment(shape: Partial<SegmentShape>): Move {
  return { move: "segment", shape: { ...ACK, ...shape } };
}

/** Acknowledges so many octets of what is outstanding. */
function ackOf(octets: number): Move {
  return segment({ ackFrom: "SND.UNA", ackOffset: octets });
}

const DUPLICATE = ackOf(0);
const TIMEOUT: Move = { move: "timeout" };

/** What the network makes of a long text: acknowledgments, duplicates in a row, silence. */
function burstsOf(mss: number): fc.Arbitrary<readonly Move[]> {
  return fc.constantFrom<readonly Move[]>(
    [ackOf(mss)],
    [ackOf(2 * mss)],
    [ackOf(1)],
    [segment({})],
    [DUPLICATE],
    [DUPLICATE, DUPLICATE],
    [DUPLICATE, DUPLICATE, DUPLICATE],
    [TIMEOUT],
    [LONG_TEXT],
  );
}

/** An end in the middle of a long text, in slow start, congestion avoidance or recovery. */
export const sendingTrial: fc.Arbitrary<MachineTrial> = fc
  .record({ iss: isn, irs: isn, mss: fc.constantFrom(1460, 536, 100) })
  .chain(({ iss, irs, mss }) => {
    const bursts = fc.array(burstsOf(mss), { maxLength: 10 });
    return fc.tuple(bursts, burstsOf(mss)).map(([some, last]): MachineTrial => {
      const before = [segment({}), LONG_TEXT, ...some.flat(), ...last.slice(1)];
      const [first = TIMEOUT] = last;
      return { opens: "passively", iss, irs, params: { mss }, before, last: first };
    });
  });
