import type { StateName } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { established, IRS, ISS, inState, Machine, SYNCHRONIZED, seg } from "./support/machine.ts";

/** RCV.NXT of each machine that `inState` makes: past the peer's FIN where it has come. */
function rcvNxt(state: StateName): number {
  const finCame = ["CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT"].includes(state);
  return finCame ? IRS + 2 : IRS + 1;
}

describe("group 1: the connection does not exist (§3.5.2, §3.10.7.1)", () => {
  test("ACK on: <SEQ=SEG.ACK><CTL=RST>", () => {
    const step = new Machine().arrives(seg("FIN,ACK", { seq: 9, ack: 55, length: 3 }));
    expect(step.sent).toEqual(["<SEQ=55><CTL=RST>"]);
  });

  test("ACK off: <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>", () => {
    expect(new Machine().arrives(seg("SYN", { seq: 9 })).sent).toEqual([
      "<SEQ=0><ACK=10><CTL=RST,ACK>",
    ]);
    const withText = seg("SYN,FIN", { seq: 2 ** 32 - 1, length: 3 });
    expect(new Machine().arrives(withText).sent).toEqual(["<SEQ=0><ACK=4><CTL=RST,ACK>"]);
  });

  test.each(["RST", "RST,ACK", "SYN,RST"])("%s draws nothing", (flags) => {
    expect(new Machine().arrives(seg(flags)).sent).toEqual([]);
  });
});

describe.each(SYNCHRONIZED)("group 3: %s", (state) => {
  test("an ACK of what was never sent draws an ACK and changes nothing", () => {
    const machine = inState(state);
    const before = { ...machine.tcb };
    const step = machine.arrives(seg("ACK", { seq: rcvNxt(state), ack: ISS + 50 }));
    expect(step).toMatchObject({
      state,
      sent: [`<SEQ=${before.sndNxt}><ACK=${before.rcvNxt}><CTL=ACK>`],
    });
    expect(machine.tcb).toEqual({ ...before, challenges: 1 });
  });

  test("a RST at RCV.NXT ends the connection, without an answer", () => {
    const step = inState(state).arrives(seg("RST", { seq: rcvNxt(state) }));
    expect(step).toMatchObject({ sent: [], state: "CLOSED", causes: ["rcv RST"] });
    const hears = ["ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT"].includes(state);
    expect(step.signals).toEqual(hears ? ["connection reset"] : []);
  });

  test("a RST elsewhere in the window draws a challenge ACK (RFC 5961 §3)", () => {
    const step = inState(state).arrives(seg("RST", { seq: rcvNxt(state) + 1 }));
    expect(step.state).toBe(state);
    expect(step.sent).toHaveLength(1);
  });

  test("without RFC 5961 it ends the connection", () => {
    const step = inState(state, { rfc5961: 0 }).arrives(seg("RST", { seq: rcvNxt(state) + 1 }));
    expect(step).toMatchObject({ sent: [], state: "CLOSED" });
  });

  test("a RST outside the window is dropped in silence", () => {
    const step = inState(state).arrives(seg("RST", { seq: rcvNxt(state) - 1 }));
    expect(step).toMatchObject({ sent: [], state });
  });

  test("a SYN in the window draws a challenge ACK (RFC 5961 §4)", () => {
    const step = inState(state).arrives(seg("SYN", { seq: rcvNxt(state) + 5 }));
    expect(step.state).toBe(state);
    expect(step.sent).toEqual([expect.stringMatching(/<CTL=ACK>$/)]);
  });

  test("without RFC 5961 it is an error, and answered with a reset", () => {
    const syn = seg("SYN", { seq: rcvNxt(state) + 5 });
    const step = inState(state, { rfc5961: 0 }).arrives(syn);
    expect(step).toMatchObject({
      sent: [`<SEQ=0><ACK=${rcvNxt(state) + 6}><CTL=RST,ACK>`],
      state: "CLOSED",
      causes: ["rcv SYN in window"],
    });
  });

  test("an ACK older than the largest window is discarded (RFC 5961 §5, MAY-12)", () => {
    const machine = inState(state);
    const old = (machine.tcb.sndUna - 65536) >>> 0;
    const step = machine.arrives(seg("ACK", { seq: rcvNxt(state), ack: old, length: 5 }));
    expect(step).toMatchObject({ state, taken: 0 });
    expect(step.sent).toHaveLength(1);
  });
});

describe("ABORT, §3.10.5", () => {
  test.each(["SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT"] as const)(
    "%s: <SEQ=SND.NXT><CTL=RST>, CLOSED",
    (state) => {
      const machine = inState(state);
      const { sndNxt } = machine.tcb;
      expect(machine.abort()).toMatchObject({
        sent: [`<SEQ=${sndNxt}><CTL=RST>`],
        state: "CLOSED",
      });
      expect(machine.pollAtUs).toBe(Number.POSITIVE_INFINITY);
    },
  );

  test.each(["SYN-SENT", "CLOSING", "LAST-ACK", "TIME-WAIT"] as const)(
    "%s: CLOSED without a word",
    (state) => {
      expect(inState(state).abort()).toMatchObject({
        sent: [],
        state: "CLOSED",
        causes: ["ABORT"],
      });
    },
  );

  test("CLOSED: connection does not exist", () => {
    const machine = new Machine();
    machine.abort();
    expect(machine.result).toBe("connection does not exist");
  });
});

test("a reset may carry text (SHLD-2)", () => {
  const step = established().arrives(seg("RST", { seq: IRS + 1, length: 12 }));
  expect(step).toMatchObject({ sent: [], state: "CLOSED" });
});
