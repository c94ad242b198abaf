import fc from "fast-check";
import type { MachineTrial, Move } from "../run/machine-step.ts";
import { isn } from "./isn.ts";
import { ACK, shutWindowSegment } from "./segment-shape.ts";

/** No more than one segment, which the peer fills. */
const receiveBuffer = fc.constantFrom(100, 1, 536);

const moves = fc.array(
  fc.constantFrom<Move>({ move: "send", octets: 100 }, { move: "timeout" }, { move: "close" }),
  { maxLength: 3 },
);

/** An end whose user does not read, with its window shut exactly, and what comes to it then. */
export const shutWindowTrial: fc.Arbitrary<MachineTrial> = fc
  .record({ iss: isn, irs: isn, receiveBuffer, moves, shape: shutWindowSegment })
  .map(({ iss, irs, moves: some, shape, receiveBuffer: room }): MachineTrial => {
    const text: Move = { move: "segment", shape: { ...ACK, length: room } };
    const before: readonly Move[] = [{ move: "segment", shape: ACK }, text, ...some];
    const last: Move = { move: "segment", shape };
    return { opens: "passively", iss, irs, params: { receiveBuffer: room }, before, last };
  });
