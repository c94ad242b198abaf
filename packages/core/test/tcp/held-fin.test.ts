import { describe, expect, test } from "vitest";
import { established, IRS, ISS, inState, type Machine, seg, text } from "./support/machine.ts";

/** The peer's FIN behind `length` octets of text that begin `offset` octets after its SYN. */
function fin(offset: number, length = 0) {
  return seg("FIN,ACK", { seq: IRS + 1 + offset, ack: ISS + 1, length });
}

describe("a FIN that comes before its text (§3.10.7.4, eighth)", () => {
  test("waits for it, and counts when the gap is filled", () => {
    const machine = established();
    expect(machine.arrives(fin(5, 5))).toMatchObject({ state: "ESTABLISHED", taken: 0 });
    expect(machine.arrives(text(0, 5))).toMatchObject({ state: "CLOSE-WAIT", taken: 10 });
  });

  test("does not count before the gap is filled", () => {
    const machine = established();
    machine.arrives(fin(5, 5));
    expect(machine.arrives(text(0, 4)).state).toBe("ESTABLISHED");
    expect(machine.arrives(text(4, 1)).state).toBe("CLOSE-WAIT");
  });

  test("at the right edge of the window lies outside of it, and has to come again", () => {
    const machine = established({ receiveBuffer: 10 });
    machine.arrives(fin(2, 8));
    expect(machine.tcb.heldFin).toBe(0);
    expect(machine.arrives(text(0, 2))).toMatchObject({ state: "ESTABLISHED", taken: 10 });
    machine.receive(10);
    expect(machine.arrives(fin(10)).state).toBe("CLOSE-WAIT");
  });

  test("just within it is held", () => {
    const machine = established({ receiveBuffer: 11 });
    machine.arrives(fin(2, 8));
    expect(machine.arrives(text(0, 2))).toMatchObject({ state: "CLOSE-WAIT", taken: 10 });
  });

  test("behind text of which only the beginning fits is not held either", () => {
    const machine = established({ receiveBuffer: 10 });
    machine.arrives(fin(0, 15));
    machine.receive(10);
    expect(machine.arrives(text(10, 5))).toMatchObject({ state: "ESTABLISHED", taken: 5 });
  });

  test("is forgotten where text goes on past it", () => {
    const machine = established();
    machine.arrives(fin(5));
    expect(machine.arrives(text(0, 9))).toMatchObject({ state: "ESTABLISHED", taken: 9 });
    expect(machine.tcb.heldFin).toBe(0);
  });

  test.each(["CLOSE-WAIT", "LAST-ACK", "TIME-WAIT"] as const)(
    "is no one's in %s, where the peer has closed already",
    (state) => {
      const machine = inState(state);
      const ack = machine.tcb.sndUna;
      const step = machine.arrives(seg("FIN,ACK", { seq: IRS + 2 + 10, ack }));
      expect(step).toMatchObject({ state, signals: [] });
      expect(machine.tcb.heldFin).toBe(0);
    },
  );

  test("is not imagined where the numbers come round to 0", () => {
    const start = 2 ** 32 - 5;
    const machine = established({}, { seq: start - 1 });
    const step = machine.arrives(seg("ACK", { seq: start, ack: ISS + 1, length: 5 }));
    expect(machine.tcb.rcvNxt).toBe(0);
    expect(step).toMatchObject({ state: "ESTABLISHED", taken: 5, signals: [] });
  });
});

describe("a second FIN, beyond the first", () => {
  /** LAST-ACK and CLOSING: our FIN is 101, the peer's 301. */
  function ends(machine: Machine) {
    return machine.arrives(seg("FIN,ACK", { seq: IRS + 2, ack: ISS + 2 }));
  }

  test("draws an ACK in CLOSE-WAIT, at once even where ACKs are delayed", () => {
    const machine = inState("CLOSE-WAIT", { delayedAckUs: 200_000 });
    const step = machine.arrives(seg("FIN,ACK", { seq: IRS + 2, ack: ISS + 1 }));
    expect(step).toMatchObject({ state: "CLOSE-WAIT", sent: ["<SEQ=101><ACK=302><CTL=ACK>"] });
  });

  test("on the ACK of ours draws nothing in LAST-ACK: the connection is gone", () => {
    expect(ends(inState("LAST-ACK"))).toMatchObject({ state: "CLOSED", sent: [] });
  });

  test("on the ACK of ours draws an ACK in CLOSING, which is TIME-WAIT by then", () => {
    expect(ends(inState("CLOSING"))).toMatchObject({
      state: "TIME-WAIT",
      sent: ["<SEQ=102><ACK=302><CTL=ACK>"],
    });
  });

  test("on the ACK of our text in ESTABLISHED is the first", () => {
    const machine = established();
    machine.send(5);
    const step = machine.arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 6 }));
    expect(step.state).toBe("CLOSE-WAIT");
  });
});
