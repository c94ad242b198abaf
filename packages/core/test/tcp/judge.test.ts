import { createOutbox, RFC9293, type Segment, State } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import type { Happening, Moment } from "./support/chaos/happening.ts";
import { judge } from "./support/chaos/judge.ts";
import { Memory } from "./support/chaos/memory.ts";
import { established, IRS, ISS, seg } from "./support/machine.ts";

/** The judge of `chaos.test.ts` would be worth little if it could not say no. */

/** An established connection, as the judge has got to know it. */
function known(): { moment: Moment; memory: Memory } {
  const { tcb } = established();
  const memory = new Memory(ISS);
  const synAck = seg("SYN,ACK", { seq: IRS, ack: ISS + 1, mss: 1460 });
  const out = createOutbox();
  const rest = { before: tcb, after: tcb, out, result: "ok", nowUs: 0, params: RFC9293 };
  const happening: Happening = { kind: "arrives", segment: synAck };
  memory.note({ ...rest, happening, state: State.SYN_SENT });
  return { moment: { ...rest, happening: { kind: "timeout" }, state: State.ESTABLISHED }, memory };
}

/** Judges a step of that connection in which this is sent, and nothing else happens. */
function judged(sent: Segment, happening: Happening = { kind: "timeout" }): () => void {
  const { moment, memory } = known();
  const out = { ...createOutbox(), segments: [sent], segmentCount: 1 };
  return () => judge({ ...moment, happening, out }, memory);
}

const right = { seq: ISS + 1, ack: IRS + 1, window: 65535 };

test("an ACK at SND.NXT, of RCV.NXT, passes", () => {
  expect(judged(seg("ACK", right))).not.toThrow();
});

describe("a segment is objected to", () => {
  test.each<[string, string, Partial<Segment>]>([
    ["control bits that no state sends", "SYN,FIN,ACK", {}],
    ["control bits that no state sends", "PSH,ACK", {}],
    ["not at SND.NXT", "ACK", { seq: ISS + 2 }],
    ["SEG.ACK is not RCV.NXT", "ACK", { ack: IRS }],
    ["SHLD-14", "ACK", { window: 100 }],
    ["MUST-65", "ACK", { mss: 1460 }],
    ["window scale option", "ACK", { windowScale: 2 }],
    ["timestamps", "ACK", { hasTimestamps: 1 }],
    ["SACK without consent", "ACK", { sackCount: 1, sackLeft1: IRS + 5, sackRight1: IRS + 9 }],
    ["beyond SND.NXT", "ACK", { length: 5 }],
    ["acknowledged already", "ACK", { seq: ISS, length: 1 }],
    ["a FIN in a state that has none", "FIN,ACK", {}],
    ["a SYN after it was acknowledged", "SYN,ACK", { seq: ISS, mss: 1460 }],
    ["a RST out of timeout", "RST", {}],
  ])("%s: %s %o", (objection, flags, change) => {
    expect(judged(seg(flags, { ...right, ...change }))).toThrow(objection);
  });
});

describe("an answer is objected to", () => {
  const arrives = (flags: string, fields: Partial<Segment>): Happening => {
    return { kind: "arrives", segment: seg(flags, fields) };
  };

  test("a RST for a RST", () => {
    const happening = arrives("RST", { seq: IRS + 200_000 });
    expect(judged(seg("RST", { window: 0 }), happening)).toThrow("a RST outside the window");
  });

  test("an ACK for an ACK in order", () => {
    const happening = arrives("ACK", { seq: IRS + 1, ack: ISS + 1 });
    expect(judged(seg("ACK", right), happening)).toThrow("an ACK draws an ACK");
  });

  test("anything but an ACK for what is outside the window", () => {
    const happening = arrives("ACK", { seq: IRS - 5, ack: ISS + 1, length: 2 });
    expect(judged(seg("ACK", right), happening)).not.toThrow();
    expect(judged(seg("RST", { ...right, seq: ISS + 1 }), happening)).toThrow("not an ACK");
  });

  test("a TCB that a segment outside the window has changed", () => {
    const { moment, memory } = known();
    const happening = arrives("RST", { seq: IRS + 200_000 });
    const after = { ...moment.after, sndWnd: 7 };
    expect(() => judge({ ...moment, happening, after }, memory)).toThrow("changes sndWnd");
  });
});
