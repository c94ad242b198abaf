import type { TraceSegment } from "@synfin/simulator";
import { expect, test } from "vitest";
import { TcpEnd } from "../../src/view/tcp-end.ts";
import { traceOf } from "../support/trace-of.ts";

/** An end that has opened a connection with window scale 7 and been offered 8192 units of it. */
function opened(): { end: TcpEnd; ack: (ack: number) => TraceSegment } {
  const [syn, synAck, ack] = traceOf("window-scale").segments;
  if (syn === undefined || synAck === undefined || ack === undefined) throw new Error("too short");
  const end = new TcpEnd();
  end.sends({ ...syn, seq: 0 });
  end.hears({ ...synAck, seq: 0, ack: 1 }, true);
  end.sends({ ...ack, seq: 1, ack: 1, length: 500_000 });
  return { end, ack: (number) => ({ ...ack, seq: 1, ack: number, window: 8192 }) };
}

test("an old ACK is plausible as far back as the largest window, scaled (RFC 5961 §5)", () => {
  const { end, ack } = opened();
  expect(end.hears(ack(400_001), false)).toEqual({ heardAck: "new" });
  expect(end.hears(ack(1), false)).toEqual({ heardAck: "old" });
});

test("an ACK of what was never sent is not", () => {
  const { end, ack } = opened();
  expect(end.hears(ack(500_002), false)).toEqual({ challenge: "ACK" });
});
