import { createTcb, PROFILES, RFC9293, returnToTimeWait } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { createOutbox } from "../../src/tcp/outbox.ts";
import {
  acks,
  IRS,
  ISS,
  inState,
  Machine,
  SECOND,
  seg,
  synReceived,
  text,
} from "./support/machine.ts";

describe("how long a connection may be half-open, RFC 4987 §3.3", () => {
  /** When the SYN,ACK goes out again, and when it is given up; in seconds. */
  function schedule(name: "rfc9293" | "linux" | "freebsd"): number[] {
    const machine = synReceived(PROFILES[name].params);
    const times: number[] = [];
    while (machine.tcb.state !== 0) {
      machine.timeout();
      times.push(machine.nowUs / SECOND);
    }
    return times;
  }

  test("as long as a SYN may wait, by RFC 9293", () => {
    expect(schedule("rfc9293")).toEqual([1, 3, 7, 15, 31, 63, 123, 183]);
  });

  test("five retransmissions of Linux, gone after 63 s; only its SYNs are linear", () => {
    expect(schedule("linux")).toEqual([1, 3, 7, 15, 31, 63]);
  });

  test("three of FreeBSD", () => {
    expect(schedule("freebsd")).toEqual([1, 3.2, 7.4, 15.6]);
  });

  test("a SYN that crossed ours is an active OPEN, and has the time of one", () => {
    const machine = new Machine({ synAckR2Us: 1 });
    machine.open();
    machine.arrives(seg("SYN", { seq: IRS }));
    machine.timeout();
    expect(machine.tcb.state).toBe(3);
  });
});

describe("which segment completes the handshake", () => {
  test.each([
    ["the ACK of our SYN", acks(0), true],
    ["the same with text", text(0, 5), true],
    ["one with a FIN", seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 1 }), true],
    ["one of another number", seg("ACK", { seq: IRS + 1, ack: ISS }), false],
    ["one of a number to come", seg("ACK", { seq: IRS + 1, ack: ISS + 2 }), false],
    ["one outside of the window", seg("ACK", { seq: IRS, ack: ISS + 1 }), false],
    ["one of a bad option", acks(0, { badOption: 1 }), false],
    ["a RST", seg("RST,ACK", { seq: IRS + 1, ack: ISS + 1 }), false],
    ["a SYN,ACK", seg("SYN,ACK", { seq: IRS + 1, ack: ISS + 1 }), false],
  ])("%s: %s, %s", (_what, segment, does) => {
    const machine = synReceived();
    expect(machine.completesHandshake(segment)).toBe(does);
    expect(machine.arrives(segment).causes.includes("rcv ACK of SYN")).toBe(does);
  });

  test("none in another state, though it acknowledges something", () => {
    const machine = synReceived();
    machine.arrives(acks(0));
    machine.send(5);
    expect(machine.completesHandshake(acks(5))).toBe(false);
  });

  test("none of an active OPEN, whose SYN crossed the peer's: no listener is asked", () => {
    const machine = new Machine();
    machine.open();
    machine.arrives(seg("SYN", { seq: IRS }));
    expect(machine.completesHandshake(acks(0))).toBe(false);
    expect(machine.arrives(acks(0)).state).toBe("ESTABLISHED");
  });
});

test("a half-open connection that is recycled says nothing (RFC 4987 §3.4)", () => {
  const machine = synReceived();
  expect(machine.recycle()).toMatchObject({
    state: "CLOSED",
    sent: [],
    signals: [],
    causes: ["recycled by a newer SYN"],
  });
  expect(machine.pollAtUs).toBe(Number.POSITIVE_INFINITY);
});

describe("a SYN that TIME-WAIT took and that was an old duplicate (MAY-2)", () => {
  const FIN_SEQ = IRS + 1;
  const NEW_ISS = 50_000;

  /** TIME-WAIT until 240 s, opened anew at 100 s; and what it was. */
  function reopened(params = {}) {
    const machine = inState("TIME-WAIT", params);
    const old = { ...machine.tcb };
    machine.at(100 * SECOND);
    const step = machine.arrivesAtListener(seg("SYN", { seq: FIN_SEQ + 10 }), NEW_ISS);
    expect(step.state).toBe("SYN-RECEIVED");
    return { machine, old };
  }

  const reset = seg("RST", { seq: FIN_SEQ + 11 });

  test("goes back to TIME-WAIT with its reset, for what is left of 2MSL", () => {
    const { machine, old } = reopened();
    expect(machine.returnToTimeWait(old, reset)).toMatchObject({
      state: "TIME-WAIT",
      causes: ["rcv RST"],
      sent: [],
      signals: [],
    });
    expect(machine.returned).toBe(true);
    expect(machine.tcb).toEqual(old);
    expect(machine.pollAtUs).toBe(240 * SECOND);
    expect(machine.timeout().state).toBe("CLOSED");
  });

  test("not with a reset that is not the peer's (RFC 5961 §3)", () => {
    const { machine, old } = reopened();
    const forged = seg("RST", { seq: FIN_SEQ + 12 });
    expect(machine.returnToTimeWait(old, forged).state).toBe("SYN-RECEIVED");
    expect(machine.returned).toBe(false);
    const trusting = reopened({ rfc5961: 0 });
    expect(trusting.machine.returnToTimeWait(trusting.old, forged).state).toBe("TIME-WAIT");
  });

  test("not with anything else, and not once it is established", () => {
    const { machine, old } = reopened();
    const ack = seg("ACK", { seq: FIN_SEQ + 11, ack: NEW_ISS + 1 });
    expect(machine.returnToTimeWait(old, ack).state).toBe("SYN-RECEIVED");
    machine.arrives(ack);
    expect(machine.returnToTimeWait(old, reset).state).toBe("ESTABLISHED");
    expect(machine.returned).toBe(false);
  });

  test("not with a reset whose options are broken (MUST-7)", () => {
    const { machine, old } = reopened();
    expect(machine.returnToTimeWait(old, { ...reset, badOption: 1 }).state).toBe("SYN-RECEIVED");
    expect(machine.returned).toBe(false);
  });

  test("not after 2MSL have run out", () => {
    const { machine, old } = reopened();
    machine.at(240 * SECOND);
    expect(machine.returnToTimeWait(old, reset).state).toBe("SYN-RECEIVED");
  });

  test("not in CLOSED", () => {
    const old = inState("TIME-WAIT").tcb;
    const tcb = createTcb();
    expect(returnToTimeWait(tcb, old, reset, 0, RFC9293, createOutbox())).toBe(false);
  });
});
