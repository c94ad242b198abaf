import { createTcb, RFC9293, type Segment } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import {
  isAcceptable,
  isAtShutWindow,
  isBehindProbe,
  isOldFin,
} from "../../src/tcp/arrives/acceptability.ts";
import { established, IRS, ISS, seg } from "./support/machine.ts";

/** RFC 9293 §3.10.7.4, Table 6, at every edge, with the window at a chosen place. */
function accepts(rcvNxt: number, rcvWnd: number, fields: Partial<Segment>): boolean {
  const tcb = { ...createTcb(), rcvNxt, rcvWnd };
  return isAcceptable(tcb, seg("ACK", fields));
}

// The second start makes the window cross the wrap at 2³².
describe.each([1000, 2 ** 32 - 5])("Table 6 with RCV.NXT = %i", (start) => {
  const at = (offset: number): number => (start + offset) >>> 0;

  test("length 0, window 0: only SEG.SEQ = RCV.NXT", () => {
    expect(accepts(start, 0, { seq: at(-1) })).toBe(false);
    expect(accepts(start, 0, { seq: at(0) })).toBe(true);
    expect(accepts(start, 0, { seq: at(1) })).toBe(false);
  });

  test("length 0, window 10: RCV.NXT =< SEG.SEQ < RCV.NXT+RCV.WND", () => {
    expect(accepts(start, 10, { seq: at(-1) })).toBe(false);
    expect(accepts(start, 10, { seq: at(0) })).toBe(true);
    expect(accepts(start, 10, { seq: at(9) })).toBe(true);
    expect(accepts(start, 10, { seq: at(10) })).toBe(false);
  });

  test("length 5, window 0: never", () => {
    expect(accepts(start, 0, { seq: at(0), length: 5 })).toBe(false);
    expect(accepts(start, 0, { seq: at(-4), length: 5 })).toBe(false);
  });

  test("length 5, window 10: the first or the last octet is in the window", () => {
    expect(accepts(start, 10, { seq: at(-5), length: 5 })).toBe(false);
    expect(accepts(start, 10, { seq: at(-4), length: 5 })).toBe(true);
    expect(accepts(start, 10, { seq: at(9), length: 5 })).toBe(true);
    expect(accepts(start, 10, { seq: at(10), length: 5 })).toBe(false);
  });

  test("SYN and FIN count as one each", () => {
    const tcb = { ...createTcb(), rcvNxt: start, rcvWnd: 10 };
    expect(isAcceptable(tcb, seg("FIN,ACK", { seq: at(-1) }))).toBe(false);
    expect(isAcceptable(tcb, seg("FIN,ACK", { seq: at(-1), length: 1 }))).toBe(true);
    expect(isAcceptable(tcb, seg("SYN", { seq: at(-1) }))).toBe(false);
    expect(isAcceptable(tcb, seg("SYN", { seq: at(-1), length: 1 }))).toBe(true);
  });
});

describe("the allowances beside Table 6", () => {
  const shut = { ...createTcb(), rcvNxt: 300, rcvWnd: 0 };
  const narrow = { ...shut, rcvWnd: 1 };

  test("at RCV.NXT, while the window is shut", () => {
    expect(isAtShutWindow(shut, seg("ACK", { seq: 300 }))).toBe(true);
    expect(isAtShutWindow(shut, seg("ACK", { seq: 301 }))).toBe(false);
    expect(isAtShutWindow(narrow, seg("ACK", { seq: 300 }))).toBe(false);
  });

  test("one behind it, while the window is shut, and with nothing in it", () => {
    expect(isBehindProbe(shut, seg("ACK", { seq: 301 }))).toBe(true);
    expect(isBehindProbe(shut, seg("ACK", { seq: 300 }))).toBe(false);
    expect(isBehindProbe(shut, seg("ACK", { seq: 301, length: 1 }))).toBe(false);
    expect(isBehindProbe(narrow, seg("ACK", { seq: 301 }))).toBe(false);
  });

  test.each([
    ["the FIN before RCV.NXT", "FIN,ACK", { seq: 299 }, true],
    ["the same behind its text", "FIN,ACK", { seq: 294, length: 5 }, true],
    ["one before it", "FIN,ACK", { seq: 298 }, false],
    ["one after it", "FIN,ACK", { seq: 300 }, false],
    ["an ACK", "ACK", { seq: 299 }, false],
    ["a FIN without an ACK", "FIN", { seq: 299 }, false],
    ["a SYN with it", "SYN,FIN,ACK", { seq: 299 }, false],
    ["a reset with it", "FIN,RST,ACK", { seq: 299 }, false],
    ["one whose ACK is of nothing sent", "FIN,ACK", { seq: 299, ack: 51 }, false],
  ])("the peer's FIN once more, or not: %s", (_what, flags, fields, is) => {
    const tcb = { ...shut, sndUna: 50, sndNxt: 50 };
    expect(isOldFin(tcb, seg(flags, { ack: 50, ...fields }), RFC9293)).toBe(is);
  });
});

describe("an unacceptable segment", () => {
  test("draws <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK> and is dropped", () => {
    const step = established().arrives(seg("ACK", { seq: IRS, ack: ISS + 1, length: 1 }));
    expect(step).toMatchObject({ sent: ["<SEQ=101><ACK=301><CTL=ACK>"], taken: 0 });
  });

  test("draws nothing if it is a reset", () => {
    const step = established().arrives(seg("RST", { seq: IRS }));
    expect(step).toMatchObject({ sent: [], state: "ESTABLISHED" });
  });
});

describe("a shut window (MUST-66)", () => {
  function full() {
    const machine = established({ receiveBuffer: 10 });
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, length: 10 }));
    return machine;
  }

  test("still lets the ACK of a segment with text through", () => {
    const machine = full();
    machine.send(5);
    const step = machine.arrives(seg("ACK", { seq: IRS + 11, ack: ISS + 6, length: 1 }));
    expect(machine.tcb.sndUna).toBe(ISS + 6);
    expect(step).toMatchObject({ sent: ["<SEQ=106><ACK=311><CTL=ACK>"], taken: 0 });
  });

  test("still lets URG through, whether text comes with it or not", () => {
    for (const length of [0, 1]) {
      const urgent = { seq: IRS + 11, ack: ISS + 1, length, urgentPointer: 5 };
      const step = full().arrives(seg("URG,ACK", urgent));
      expect(step).toMatchObject({ signals: ["urgent data"], taken: 0 });
    }
  });

  test("still lets a reset through", () => {
    expect(full().arrives(seg("RST", { seq: IRS + 11 })).state).toBe("CLOSED");
  });

  test("does not let a FIN through", () => {
    const machine = full();
    const fin = seg("FIN,ACK", { seq: IRS + 11, ack: ISS + 1 });
    expect(machine.arrives(fin).state).toBe("ESTABLISHED");
    machine.receive(10);
    expect(machine.arrives(fin).state).toBe("CLOSE-WAIT");
  });
});
