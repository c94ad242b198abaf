import { IcmpKind, icmpKind, icmpV6Kind } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { established, IRS, ISS, inState, type Machine, seg, synSent } from "./support/machine.ts";

const { HARD, SOFT, IGNORED } = IcmpKind;

/** 100 octets are outstanding: sequence numbers 101 to 200. */
function sending(params = {}): Machine {
  const machine = established(params);
  machine.send(100);
  return machine;
}

describe("which ICMP message is which, §3.9.2.2", () => {
  test.each([
    [3, 0, SOFT],
    [3, 1, SOFT],
    [3, 5, SOFT],
    [11, 0, SOFT],
    [11, 1, SOFT],
    [12, 0, SOFT],
    [3, 2, HARD],
    [3, 3, HARD],
    [3, 4, HARD],
    [4, 0, IGNORED],
    [0, 0, IGNORED],
    [8, 0, IGNORED],
  ])("type %i, code %i", (type, code, kind) => {
    expect(icmpKind(type, code)).toBe(kind);
  });
});

describe("which ICMPv6 message is which, §3.9.2.2", () => {
  test.each([
    [1, 0, SOFT],
    [1, 3, SOFT],
    [3, 0, SOFT],
    [3, 1, SOFT],
    [4, 0, SOFT],
    [4, 1, SOFT],
    [4, 2, SOFT],
    [1, 4, HARD],
    [2, 0, IGNORED],
    [128, 0, IGNORED],
  ])("type %i, code %i", (type, code, kind) => {
    expect(icmpV6Kind(type, code)).toBe(kind);
  });
});

describe("a soft error", () => {
  test.each(["SYN-SENT", "SYN-RECEIVED"] as const)("never aborts: %s (MUST-56)", (state) => {
    const machine = inState(state);
    expect(machine.icmp(SOFT, ISS)).toMatchObject({ state, signals: ["soft error"] });
  });

  test("never aborts: ESTABLISHED; the user can see it (MUST-56, SHLD-25, MUST-47)", () => {
    const machine = sending();
    const before = { ...machine.tcb };
    expect(machine.icmp(SOFT, ISS + 1)).toMatchObject({
      state: "ESTABLISHED",
      signals: ["soft error"],
      sent: [],
    });
    expect(machine.tcb).toEqual(before);
  });
});

describe("a hard error (SHLD-26)", () => {
  test.each(["SYN-SENT", "SYN-RECEIVED"] as const)(
    "aborts %s, whatever the parameters",
    (state) => {
      const machine = inState(state, { icmpHardAborts: 0 });
      expect(machine.icmp(HARD, ISS)).toMatchObject({
        state: "CLOSED",
        signals: ["unreachable"],
        causes: ["ICMP error"],
        sent: [],
      });
      expect(machine.pollAtUs).toBe(Number.POSITIVE_INFINITY);
    },
  );

  test("aborts ESTABLISHED, unless the parameters follow RFC 5927 §4", () => {
    expect(sending().icmp(HARD, ISS + 1).state).toBe("CLOSED");
    const careful = sending({ icmpHardAborts: 0 });
    expect(careful.icmp(HARD, ISS + 1)).toMatchObject({
      state: "ESTABLISHED",
      signals: ["soft error"],
    });
  });
});

test("source quench is dropped in silence (MUST-55)", () => {
  const machine = sending();
  const before = { ...machine.tcb };
  expect(machine.icmp(icmpKind(4, 0), ISS + 1)).toMatchObject({
    signals: [],
    sent: [],
    causes: [],
  });
  expect(machine.tcb).toEqual(before);
});

describe("the quoted sequence number, RFC 5927 §4.1: SND.UNA =< SEG.SEQ < SND.NXT", () => {
  test.each([
    [ISS, false],
    [ISS + 1, true],
    [ISS + 100, true],
    [ISS + 101, false],
    [ISS + 101 + 2 ** 31, false],
  ])("%i counts: %s", (quoted, counts) => {
    const machine = sending();
    expect(machine.icmp(HARD, quoted).state).toBe(counts ? "CLOSED" : "ESTABLISHED");
    expect(sending().icmp(SOFT, quoted).signals).toEqual(counts ? ["soft error"] : []);
  });

  test("of our SYN it is the ISS", () => {
    expect(synSent().icmp(HARD, ISS + 1).state).toBe("SYN-SENT");
    expect(synSent().icmp(HARD, ISS - 1).state).toBe("SYN-SENT");
    expect(synSent().icmp(HARD, ISS).state).toBe("CLOSED");
  });

  test("nothing outstanding: nothing counts, as in TIME-WAIT", () => {
    expect(established().icmp(HARD, ISS + 1).state).toBe("ESTABLISHED");
    expect(inState("TIME-WAIT").icmp(HARD, ISS + 1).state).toBe("TIME-WAIT");
  });

  test("a connection that is gone hears nothing", () => {
    const machine = established();
    machine.arrives(seg("RST", { seq: IRS + 1 }));
    expect(machine.icmp(HARD, ISS).signals).toEqual([]);
  });
});
