import { type Segment, stateName, type TcpParams } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { acks, IRS, ISS, Machine, seg, text } from "./support/machine.ts";

/** What a listener answers, whether a connection comes of it, and its state. */
function answer(flags: string, fields: Partial<Segment> = {}, params: Partial<TcpParams> = {}) {
  const machine = new Machine(params);
  const { sent } = machine.listen(seg(flags, { seq: IRS, ...fields }));
  return { sent, opened: machine.opened, state: stateName(machine.tcb.state) };
}

describe("a listener, §3.10.7.2, takes", () => {
  test("a SYN, and says so", () => {
    expect(answer("SYN")).toEqual({
      sent: ["<SEQ=100><ACK=301><CTL=SYN,ACK>"],
      opened: true,
      state: "SYN-RECEIVED",
    });
  });

  const NOTHING = { opened: false, state: "CLOSED" };

  test.each([
    ["a RST", "RST"],
    ["a RST with a SYN", "SYN,RST"],
    ["a RST with an ACK", "RST,ACK"],
    ["a segment with no control bit", ""],
    ["a lone FIN", "FIN"],
  ])("not %s: nothing is said", (_what, flags) => {
    expect(answer(flags, { ack: 77 })).toEqual({ sent: [], ...NOTHING });
  });

  test("not an ACK, with a SYN or without: it draws a reset", () => {
    const reset = { sent: ["<SEQ=77><CTL=RST>"], ...NOTHING };
    expect(answer("ACK", { ack: 77 })).toEqual(reset);
    expect(answer("SYN,ACK", { ack: 77 })).toEqual(reset);
  });

  test("not a SYN,ACK, in silence where the host is told so; an ACK is answered all the same", () => {
    const params = { listenDropsSynAck: 1 };
    expect(answer("SYN,ACK", { ack: 77 }, params)).toEqual({ sent: [], ...NOTHING });
    expect(answer("ACK", { ack: 77 }, params)).toEqual({ sent: ["<SEQ=77><CTL=RST>"], ...NOTHING });
  });

  test("not a SYN with an option of illegal length, which may draw a reset (MUST-7)", () => {
    expect(answer("SYN", { badOption: 1 })).toEqual({ sent: [], ...NOTHING });
    expect(answer("SYN", { badOption: 1 }, { badOptionResets: 1 })).toEqual({
      sent: ["<SEQ=0><ACK=301><CTL=RST,ACK>"],
      ...NOTHING,
    });
  });
});

describe("what comes on a SYN", () => {
  /** The SYN of an opening with this on it, and then the ACK of ours. */
  function opened(flags: string, length: number, params: Partial<TcpParams> = {}) {
    const machine = new Machine(params);
    machine.listen(seg(flags, { seq: IRS, length }));
    const held = { ranges: machine.tcb.heldCount, fin: machine.tcb.heldFin };
    return { held, step: machine.arrives(text(length, 0)), machine };
  }

  test("as text is the user's once the connection stands (§3.10.7.2)", () => {
    const { held, step } = opened("SYN", 5);
    expect(held).toEqual({ ranges: 1, fin: 0 });
    expect(step).toMatchObject({ state: "ESTABLISHED", taken: 5 });
  });

  test("is lost where the host does not keep it: the peer sends it again", () => {
    const { held, machine } = opened("SYN", 5, { listenKeepsText: 0 });
    expect(held).toEqual({ ranges: 0, fin: 0 });
    expect(machine.tcb.rcvNxt).toBe(IRS + 1);
    expect(machine.arrives(text(0, 5)).taken).toBe(5);
  });

  test("is nothing to hold where there is nothing", () => {
    expect(opened("SYN", 0).held).toEqual({ ranges: 0, fin: 0 });
  });

  test("as a FIN closes the peer's side at once", () => {
    const { step } = opened("SYN,FIN", 5);
    expect(step).toMatchObject({ state: "CLOSE-WAIT", signals: ["connected", "peer closed"] });
  });

  test("as a FIN is lost where the host does not keep it", () => {
    const { held, step } = opened("SYN,FIN", 5, { synKeepsFin: 0 });
    expect(held).toEqual({ ranges: 1, fin: 0 });
    expect(step).toMatchObject({ state: "ESTABLISHED", taken: 5 });
  });

  test("as a FIN behind text that found no room does not count", () => {
    const machine = new Machine({ receiveBuffer: 4 });
    machine.listen(seg("SYN,FIN", { seq: IRS, length: 5 }));
    expect(machine.arrives(text(0, 0))).toMatchObject({ state: "ESTABLISHED", taken: 4 });
    machine.receive(4);
    expect(machine.arrives(text(4, 1))).toMatchObject({ state: "ESTABLISHED", taken: 1 });
  });

  test("opens no congestion window: the ACK of a SYN is no ACK of text (RFC 5681 §3.1)", () => {
    const machine = new Machine();
    machine.listen(seg("SYN", { seq: IRS, mss: 1000 }));
    machine.arrives(acks(0));
    expect(machine.tcb.cwnd).toBe(4 * 1000);
    expect(machine.tcb.sndUna).toBe(ISS + 1);
  });
});
