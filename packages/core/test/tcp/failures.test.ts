import { RFC9293 } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import {
  acks,
  established,
  IRS,
  ISS,
  inState,
  Machine,
  SECOND,
  seg,
  synSent,
  text,
} from "./support/machine.ts";

describe("R1 and R2, §3.8.3", () => {
  test("R1 is at least three retransmissions (SHLD-10), R2 at least 100 s (SHLD-11)", () => {
    expect(RFC9293.r1Retransmissions).toBeGreaterThanOrEqual(3);
    expect(RFC9293.r2Us).toBeGreaterThanOrEqual(100 * SECOND);
  });

  test("at R1 the user is told, at R2 the connection is closed (MUST-20, SHLD-9)", () => {
    const machine = established();
    machine.send(5);
    const told = [1, 2, 3].map(() => machine.timeout().signals);
    expect(told).toEqual([[], [], ["no answer yet"]]);
    expect(machine.untilClosed()).toEqual(["timed out"]);
    // The first timeout at which the text has waited for 100 s.
    expect(machine.nowUs).toBe(123 * SECOND);
    expect(machine.pollAtUs).toBe(Number.POSITIVE_INFINITY);
  });

  test("progress starts the count again", () => {
    const machine = established();
    machine.send(5);
    machine.timeout();
    machine.timeout();
    machine.arrives(acks(2));
    expect(machine.timeout().signals).toEqual([]);
    expect(machine.timeout().signals).toEqual([]);
    expect(machine.timeout().signals).toEqual(["no answer yet"]);
  });

  test("R2 can be set for one connection (MUST-21)", () => {
    const machine = established();
    machine.tcb.r2Us = 10 * SECOND;
    machine.send(5);
    machine.untilClosed();
    expect(machine.nowUs).toBe(15 * SECOND);
    // "Infinity", where the user alone decides.
    const patient = established({ userTimeoutUs: 0 });
    patient.tcb.r2Us = 24 * 3600 * SECOND;
    patient.send(5);
    while (patient.nowUs < 3600 * SECOND) expect(patient.timeout().state).toBe("ESTABLISHED");
  });

  test("a SYN fails in the same way, and the user is told (MUST-22), after 3 minutes (MUST-23)", () => {
    const machine = synSent();
    expect(machine.untilClosed()).toEqual(["no answer yet", "timed out"]);
    expect(machine.nowUs).toBeGreaterThanOrEqual(180 * SECOND);
    expect(RFC9293.synR2Us).toBeGreaterThanOrEqual(180 * SECOND);
  });

  test("a SYN,ACK that no one acknowledges is given up as well (MUST-22)", () => {
    const machine = inState("SYN-RECEIVED");
    machine.untilClosed();
    expect(machine.nowUs).toBe(183 * SECOND);
  });
});

describe("how a connection ended, the user is told (MUST-12)", () => {
  test.each([
    ["closed by the peer", seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 1 }), "peer closed"],
    ["reset by the peer", seg("RST", { seq: IRS + 1 }), "connection reset"],
  ])("%s", (_what, segment, signal) => {
    expect(established().arrives(segment).signals).toEqual([signal]);
  });

  test("refused by the peer", () => {
    const step = synSent().arrives(seg("RST,ACK", { seq: 0, ack: ISS + 1 }));
    expect(step.signals).toEqual(["connection refused"]);
  });

  test("given up by ourselves", () => {
    const machine = established();
    machine.send(1);
    expect(machine.untilClosed().at(-1)).toBe("timed out");
  });
});

describe("the retransmission timer, RFC 6298 §5 (MUST-18)", () => {
  test("(5.1) starts with the first segment, and a second does not move it", () => {
    const machine = established({ nagle: 0 });
    machine.at(1 * SECOND).send(5);
    machine.at(1_500_000).send(5);
    expect(machine.tcb.retransmitAtUs).toBe(2 * SECOND);
  });

  test("(5.4, 5.5, 5.6) resends the earliest, doubles, and starts again", () => {
    const machine = established({ nagle: 0 });
    machine.send(5);
    machine.send(5);
    expect(machine.timeout().segments[0]?.seq).toBe(ISS + 1);
    expect(machine.tcb).toMatchObject({ rtoUs: 2 * SECOND, retransmitAtUs: 3 * SECOND });
  });

  test("(5.5) the doubling stops at 60 s (§2.5; MUST-19)", () => {
    const machine = established({ r2Us: 3600 * SECOND, userTimeoutUs: 0 });
    machine.send(5);
    for (let time = 0; time < 10; time += 1) machine.timeout();
    expect(machine.tcb.rtoUs).toBe(60 * SECOND);
  });

  test("a new sample replaces the doubled timeout", () => {
    const machine = established();
    machine.send(5);
    machine.timeout();
    machine.arrives(acks(5));
    machine.send(5);
    machine.at(machine.nowUs + 100_000).arrives(acks(10));
    expect(machine.tcb.rtoUs).toBe(1 * SECOND);
  });

  test("(5.7) after a SYN that timed out, the first text waits 3 s", () => {
    const machine = synSent();
    machine.timeout();
    machine.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1 }));
    machine.send(5);
    expect(machine.pollAtUs).toBe(machine.nowUs + 3 * SECOND);
  });
});

describe("the user timeout, §3.9.1.1 and RFC 5482", () => {
  const uto = (userTimeout: number) => ({ userTimeout });
  const on = { advertisedUserTimeout: 120 };

  test("is five minutes by default, for the whole connection", () => {
    expect(RFC9293.userTimeoutUs).toBe(300 * SECOND);
    expect(established().tcb.userTimeoutUs).toBe(300 * SECOND);
  });

  test("the option is on our SYN and SYN,ACK where we take part (RFC 5482 §3)", () => {
    expect(new Machine(on).open().segments[0]?.userTimeout).toBe(120);
    expect(new Machine(on).listen(seg("SYN")).segments[0]?.userTimeout).toBe(120);
    expect(new Machine().open().segments[0]?.userTimeout).toBe(-1);
  });

  test.each([
    ["the peer's, if it is the longest", uto(600), 600],
    ["ours, if that is", uto(110), 120],
    ["minutes, by the first bit (§3.3)", uto(0x8000 | 10), 600],
    ["no more than the upper limit", uto(0x8000 | 1000), 3600],
    ["unchanged by a zero, which is reserved", uto(0), 300],
    ["unchanged by a zero of minutes", uto(0x8000), 300],
    ["unchanged without the option", {}, 300],
  ])("is %s (RFC 5482 §3.1)", (_what, option, seconds) => {
    expect(established(on, option).tcb.userTimeoutUs).toBe(seconds * SECOND);
  });

  test("is at least 100 s (RFC 5482 §3.1, L_LIMIT)", () => {
    const machine = established({ advertisedUserTimeout: 5 }, uto(10));
    expect(machine.tcb.userTimeoutUs).toBe(100 * SECOND);
  });

  test("is longer than the retransmission timeout (RFC 5482 §3.1)", () => {
    const machine = established({ ...on, maxRtoUs: 1000 * SECOND });
    machine.tcb.rtoUs = 500 * SECOND;
    machine.arrives(text(0, 1, uto(130)));
    expect(machine.tcb.userTimeoutUs).toBeGreaterThan(500 * SECOND);
  });

  test("is not touched where we take no part, and the option harms nothing", () => {
    expect(established({}, uto(600)).tcb.userTimeoutUs).toBe(300 * SECOND);
  });

  test("may be announced on any later segment (RFC 5482 §3)", () => {
    const machine = established(on);
    machine.arrives(text(0, 1, uto(900)));
    expect(machine.tcb.userTimeoutUs).toBe(900 * SECOND);
  });

  test("that the peer announces applies from ESTABLISHED on (RFC 5482 §3.3)", () => {
    const machine = new Machine({ advertisedUserTimeout: 100 });
    machine.listen(seg("SYN", { seq: IRS, ...uto(100) }));
    expect(machine.tcb.userTimeoutAtUs).toBe(300 * SECOND);
    machine.arrives(acks(0));
    machine.send(1);
    expect(machine.tcb.userTimeoutAtUs).toBe(100 * SECOND);
  });
});
