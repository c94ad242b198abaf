import {
  createOutbox,
  reopen,
  type Segment,
  type TcpParams,
  timeWaitTakes,
} from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { IRS, ISS, inState, type Machine, SECOND, type Step, seg } from "./support/machine.ts";

/** Larger than any sequence number of the old connection, as §3.6.1 asks. */
const NEW_ISS = 50_000;

/** The peer's FIN had sequence number 301. */
const FIN_SEQ = IRS + 1;

function ts(tsVal: number): Partial<Segment> {
  return { hasTimestamps: 1, tsVal };
}

/**
 * TIME-WAIT at a host that has timestamps; the old connection used them if
 * `last` says up to where.
 */
function timeWait(last: number | undefined, params: Partial<TcpParams> = {}): Machine {
  const fields = last === undefined ? {} : ts(last);
  return inState("TIME-WAIT", { timestamps: 1, ...params }, fields);
}

function syn(machine: Machine, seq: number, fields: Partial<Segment> = {}): Step {
  return machine.arrivesAtListener(seg("SYN", { seq, ...fields }), NEW_ISS);
}

const ACCEPTED = { state: "SYN-RECEIVED", causes: ["rcv SYN"] };

describe("a SYN in TIME-WAIT, the cases of RFC 6191 §2 (SHLD-4, MAY-2)", () => {
  const STAYS = { state: "TIME-WAIT", sent: [], causes: [] };
  const silent = { timeWaitSilent: 1 };

  test.each([
    ["(a) both stamped, a later stamp: accepted, whatever its number", 7000, FIN_SEQ - 50, 7001],
    ["(b) both stamped, the same stamp, a later number: accepted", 7000, FIN_SEQ + 1, 7000],
    ["(c) only the old one stamped, a later number: accepted", 7000, FIN_SEQ + 1, undefined],
    ["(e) only the new one stamped: accepted, whatever its number", undefined, FIN_SEQ - 50, 3],
    ["(e) whatever its stamp, too: accepted", undefined, FIN_SEQ - 50, 0xf000_0000],
    ["(f) neither stamped, a later number: accepted", undefined, FIN_SEQ + 1, undefined],
  ])("%s", (_what, last, seq, stamp) => {
    const step = syn(timeWait(last, silent), seq, stamp === undefined ? {} : ts(stamp));
    expect(step).toMatchObject(ACCEPTED);
    expect(step.sent).toEqual([`<SEQ=${NEW_ISS}><ACK=${seq + 1}><CTL=SYN,ACK>`]);
  });

  test.each([
    ["(d) both stamped, an older stamp, a later number", 7000, FIN_SEQ + 1, 6999],
    ["(d) both stamped, an older stamp, an old number", 7000, FIN_SEQ - 50, 6999],
    ["(d) both stamped, the same stamp, the FIN's own number", 7000, FIN_SEQ, 7000],
    ["(d) only the old one stamped, the FIN's own number", 7000, FIN_SEQ, undefined],
    ["(g) neither stamped, the FIN's own number", undefined, FIN_SEQ, undefined],
    ["(g) neither stamped, an old number", undefined, FIN_SEQ - 50, undefined],
  ])("%s: dropped in silence", (_what, last, seq, stamp) => {
    const machine = timeWait(last, silent).at(30 * SECOND);
    expect(syn(machine, seq, stamp === undefined ? {} : ts(stamp))).toMatchObject(STAYS);
    expect(machine.pollAtUs).toBe(240 * SECOND);
  });

  test("a stamp says nothing to a host that has none: its number decides", () => {
    const machine = timeWait(undefined, { ...silent, timestamps: 0 });
    expect(syn(machine, FIN_SEQ - 50, ts(3))).toMatchObject(STAYS);
    expect(syn(machine, FIN_SEQ + 1, ts(3))).toMatchObject(ACCEPTED);
  });

  test("is taken in TIME-WAIT alone", () => {
    const { tcb, params } = inState("CLOSING");
    expect(timeWaitTakes(tcb, seg("SYN", { seq: FIN_SEQ + 1 }), params)).toBe(false);
  });

  test("stamps are compared across the wrap at 2³²", () => {
    expect(syn(timeWait(2 ** 32 - 1), FIN_SEQ - 50, ts(2))).toMatchObject(ACCEPTED);
  });

  test("departure: RFC 5961 challenges what RFC 6191 drops", () => {
    const step = syn(timeWait(undefined), FIN_SEQ - 50);
    expect(step).toMatchObject({ state: "TIME-WAIT", sent: ["<SEQ=102><ACK=302><CTL=ACK>"] });
  });

  test("a host may be told to take none", () => {
    const step = syn(timeWait(undefined, { timeWaitTakesSyn: 0 }), FIN_SEQ + 1);
    expect(step.state).toBe("TIME-WAIT");
  });

  test.each(["SYN,ACK", "SYN,RST", "ACK"])("%s opens nothing", (flags) => {
    const segment = seg(flags, { seq: FIN_SEQ + 1, ack: ISS + 2 });
    expect(timeWait(undefined).arrivesAtListener(segment, NEW_ISS).state).not.toBe("SYN-RECEIVED");
  });
});

describe("the new connection (MAY-2)", () => {
  test("begins with an ISS above every number of the old one, and is complete in itself", () => {
    const machine = timeWait(7000);
    syn(machine, 9000, { ...ts(8000), mss: 1200 });
    expect(machine.tcb).toMatchObject({
      iss: NEW_ISS,
      irs: 9000,
      rcvNxt: 9001,
      sndMss: 1200,
      tsRecent: 8000,
      passive: 1,
      finSent: 0,
      timeWaitAtUs: -1,
    });
    const ack = seg("ACK", { seq: 9001, ack: NEW_ISS + 1, ...ts(8001) });
    expect(machine.arrives(ack).state).toBe("ESTABLISHED");
  });

  test("an ISS that is not above them is a bug of the caller", () => {
    const machine = timeWait(undefined);
    const later = seg("SYN", { seq: FIN_SEQ + 1 });
    expect(() => machine.arrivesAtListener(later, ISS)).toThrow("not above the old SND.NXT");
  });

  test("in any other place than TIME-WAIT's is a bug of the caller", () => {
    const { tcb, params } = inState("ESTABLISHED");
    const later = seg("SYN", { seq: FIN_SEQ + 1 });
    expect(() => reopen(tcb, later, NEW_ISS, 0, params, createOutbox())).toThrow(
      "synfin: only TIME-WAIT is opened anew",
    );
  });
});

describe("RFC 1337: TIME-WAIT assassination", () => {
  /** Figure 1: an old segment is acknowledged, and the peer, which has no connection, resets. */
  function assassinate(params: Partial<TcpParams>): Step {
    const machine = inState("TIME-WAIT", params);
    const old = machine.arrives(seg("ACK", { seq: IRS - 20, ack: ISS, length: 10 }));
    expect(old.sent).toEqual(["<SEQ=102><ACK=302><CTL=ACK>"]);
    return machine.arrives(seg("RST", { seq: IRS + 2 }));
  }

  test("by RFC 9293 the RST ends TIME-WAIT", () => {
    expect(assassinate({})).toMatchObject({ state: "CLOSED", signals: [] });
  });

  test("F1: TIME-WAIT ignores every RST", () => {
    expect(assassinate({ rfc1337: 1 })).toMatchObject({ state: "TIME-WAIT", sent: [] });
  });
});

describe("TIME-WAIT, §3.6.1 (MUST-13)", () => {
  test("begins for the end that closed first, in both ways there", () => {
    expect(inState("TIME-WAIT").pollAtUs).toBe(240 * SECOND);
    const crossed = inState("CLOSING").at(9 * SECOND);
    crossed.arrives(seg("ACK", { seq: IRS + 2, ack: ISS + 2 }));
    expect(crossed.pollAtUs).toBe(249 * SECOND);
  });

  test("is not for the other end, which goes from LAST-ACK straight to CLOSED", () => {
    const step = inState("LAST-ACK").arrives(seg("ACK", { seq: IRS + 2, ack: ISS + 2 }));
    expect(step.state).toBe("CLOSED");
  });

  test("is as long as the parameters say: 2MSL", () => {
    expect(inState("TIME-WAIT", { mslUs: 30 * SECOND }).pollAtUs).toBe(60 * SECOND);
  });

  test("a FIN in the window, too, is acknowledged and restarts it (§3.10.7.4, eighth)", () => {
    const machine = inState("TIME-WAIT", { oldFinRestartsTimeWait: 0 }).at(5 * SECOND);
    const step = machine.arrives(seg("FIN,ACK", { seq: IRS + 2, ack: ISS + 2 }));
    expect(step.sent).toEqual(["<SEQ=102><ACK=302><CTL=ACK>"]);
    expect(machine.pollAtUs).toBe(245 * SECOND);
  });

  test.each([
    ["acknowledges what was never sent", ISS + 3],
    ["is older than any window (RFC 5961 §5)", ISS - 70_000],
  ])("an old FIN whose ACK %s restarts nothing (§3.10.7.4, fifth)", (_what, ack) => {
    const machine = inState("TIME-WAIT").at(5 * SECOND);
    const step = machine.arrives(seg("FIN,ACK", { seq: FIN_SEQ, ack: ack >>> 0 }));
    expect(step.sent).toEqual(["<SEQ=102><ACK=302><CTL=ACK>"]);
    expect(machine.pollAtUs).toBe(240 * SECOND);
  });
});
