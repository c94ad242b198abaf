import type { Segment, TcpParams } from "@synfin/core/tcp";
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
  text,
} from "./support/machine.ts";

const DAY = 24 * 3600 * SECOND;
const on = { timestamps: 1 };

/** The option with this TSval, and what it echoes. */
function ts(tsVal: number, tsEcr = 0): Partial<Segment> {
  return { hasTimestamps: 1, tsVal, tsEcr };
}

/** Both ends stamp; the peer's clock stood at 5000 in its SYN,ACK. */
function stamped(params: Partial<TcpParams> = {}): Machine {
  return established({ ...on, ...params }, ts(5000));
}

function stamps(segments: readonly Segment[]): [number, number][] {
  return segments.filter((s) => s.hasTimestamps === 1).map((s) => [s.tsVal, s.tsEcr]);
}

describe("the option, RFC 7323 §3", () => {
  test("is on our SYN with nothing to echo, and on our SYN,ACK if the peer's SYN had it", () => {
    expect(stamps(new Machine(on).at(7 * SECOND).open().segments)).toEqual([[7000, 0]]);
    const answered = new Machine(on).listen(seg("SYN", { seq: IRS, ...ts(42) }));
    expect(stamps(answered.segments)).toEqual([[0, 42]]);
    expect(stamps(new Machine(on).listen(seg("SYN", { seq: IRS })).segments)).toEqual([]);
    expect(stamps(new Machine().listen(seg("SYN", { seq: IRS, ...ts(42) })).segments)).toEqual([]);
  });

  test("is on every segment once both SYNs had it: text, ACK, FIN, and the reset of ABORT", () => {
    const machine = stamped().at(3 * SECOND);
    expect(stamps(machine.send(5).segments)).toEqual([[3000, 5000]]);
    expect(stamps(machine.arrives(text(0, 5, ts(5001))).segments)).toEqual([[3000, 5001]]);
    expect(stamps(machine.close().segments)).toEqual([[3000, 5001]]);
    // A reset without the ACK bit echoes nothing.
    expect(stamps(machine.abort().segments)).toEqual([[3000, 0]]);
  });

  test("takes its 12 octets from the room for text (MUST-16)", () => {
    const machine = stamped();
    expect(machine.send(4000).segments.map((s) => s.length)).toEqual([1448, 1448]);
  });

  test("once agreed on, a segment without it is dropped in silence, and does not abort (§3.2)", () => {
    const machine = stamped();
    const before = { ...machine.tcb };
    expect(machine.arrives(text(0, 5))).toMatchObject({ sent: [], taken: 0, state: "ESTABLISHED" });
    expect(machine.tcb).toEqual(before);
  });

  test("a reset needs none", () => {
    expect(stamped().arrives(seg("RST", { seq: IRS + 1 })).state).toBe("CLOSED");
  });

  test("our clock ticks as the parameters say, from an offset of its own (§5.4)", () => {
    const machine = new Machine({ ...on, timestampTickUs: 10_000 });
    machine.tcb.tsOffset = 2 ** 32 - 1;
    // 5 ticks after the last number before the wrap.
    expect(stamps(machine.at(50_000).open().segments)).toEqual([[4, 0]]);
  });
});

describe("what is echoed, RFC 7323 §4.3", () => {
  test("the stamp of the segment that our last ACK acknowledged, when ACKs are delayed", () => {
    const machine = stamped({ delayedAckUs: 200_000, mss: 1000 });
    machine.arrives(text(0, 100, ts(5001)));
    machine.arrives(text(100, 100, ts(5002)));
    expect(stamps(machine.timeout().segments)).toEqual([[200, 5001]]);
  });

  test("not that of a segment after a gap, but that of the one that fills it", () => {
    const machine = stamped();
    expect(stamps(machine.arrives(text(10, 10, ts(5002))).segments)).toEqual([[0, 5000]]);
    expect(stamps(machine.arrives(text(0, 10, ts(5003))).segments)).toEqual([[0, 5003]]);
  });

  test("never that of a reset", () => {
    const machine = stamped();
    machine.arrives(seg("RST", { seq: IRS + 2, ...ts(6000) }));
    expect(machine.tcb.tsRecent).toBe(5000);
  });
});

describe("round trips, RFC 7323 §4.1", () => {
  test("the echo times a retransmission, which Karn's rule leaves untimed", () => {
    const machine = stamped();
    machine.at(10 * SECOND).send(10);
    machine.timeout();
    machine.at(machine.nowUs + 80_000).arrives(acks(10, ts(5001, 11_000)));
    expect(machine.tcb.srttUs).toBe(10_000);
  });

  test("an echo from the future times nothing", () => {
    const machine = stamped();
    const before = machine.tcb.srttUs;
    machine.at(10 * SECOND).send(10);
    machine.timeout();
    machine.arrives(acks(10, ts(5001, 99_000)));
    expect(machine.tcb.srttUs).toBe(before);
  });
});

describe("PAWS, RFC 7323 §5", () => {
  const old = text(0, 10, ts(4999));

  test("a segment older than TS.Recent is acknowledged and dropped (§5.3 R1)", () => {
    const step = stamped().arrives(old);
    expect(step).toMatchObject({ sent: ["<SEQ=101><ACK=301><CTL=ACK>"], taken: 0 });
  });

  test("one of the same tick is taken", () => {
    expect(stamped().arrives(text(0, 10, ts(5000))).taken).toBe(10);
  });

  test("older and newer are told apart across the wrap at 2³²", () => {
    const machine = established(on, ts(2 ** 32 - 2));
    expect(machine.arrives(text(0, 10, ts(3))).taken).toBe(10);
    expect(machine.arrives(text(10, 10, ts(2 ** 32 - 1))).taken).toBe(0);
  });

  test("a reset is never refused for its stamp", () => {
    expect(stamped().arrives(seg("RST", { seq: IRS + 1, ...ts(1) })).state).toBe("CLOSED");
  });

  test("a segment that is refused does not set TS.Recent", () => {
    const machine = stamped();
    machine.arrives(text(-10, 5, ts(9000)));
    expect(machine.tcb.tsRecent).toBe(5000);
  });

  test("after 24 days without a segment TS.Recent says nothing any more (§5.5)", () => {
    const machine = stamped();
    expect(machine.at(24 * DAY).arrives(old).taken).toBe(0);
    expect(machine.at(24 * DAY + 1).arrives(old).taken).toBe(10);
    expect(machine.tcb).toMatchObject({ tsRecent: 4999, tsRecentAtUs: 24 * DAY + 1 });
  });

  test("in TIME-WAIT an old duplicate of the peer's FIN draws an ACK and restarts nothing", () => {
    const machine = inState("TIME-WAIT", on, ts(5000)).at(60 * SECOND);
    const step = machine.arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 2, ...ts(4000) }));
    expect(step.sent).toEqual(["<SEQ=102><ACK=302><CTL=ACK>"]);
    expect(machine.pollAtUs).toBe(240 * SECOND);
  });
});

/** What the SYN took here: no time, which counts as a microsecond. */
const SYN_RTT = 1;

/** SRTT after a second round trip (RFC 6298 §2.3). */
function smoothed(rttUs: number): number {
  return Math.floor((7 * SYN_RTT + rttUs) / 8);
}

describe("what is not believed", () => {
  test("PAWS holds however long the connection has stood (RFC 7323 §5.3 R1)", () => {
    const machine = stamped().at(30 * DAY);
    machine.arrives(text(0, 5, ts(9000)));
    const late = machine.at(31 * DAY).arrives(text(5, 5, ts(8999)));
    expect(late).toMatchObject({ taken: 0, sent: ["<SEQ=101><ACK=306><CTL=ACK>"] });
  });

  test("a reset that TIME-WAIT ignores leaves no timestamp behind (RFC 1337)", () => {
    const machine = inState("TIME-WAIT", { ...on, rfc1337: 1 }, ts(5000));
    machine.arrives(seg("RST", { seq: IRS + 2, ...ts(9999) }));
    expect(machine.tcb).toMatchObject({ state: 10, tsRecent: 5000 });
  });

  test("stamps that were never agreed on leave nothing behind", () => {
    const machine = established({}, ts(5000));
    machine.send(5);
    machine.timeout();
    machine.at(3 * SECOND).arrives(acks(5, ts(5001, 1)));
    expect(machine.tcb).toMatchObject({ tsRecent: 0, srttUs: SYN_RTT });
  });
});

describe("the round trip that an echo tells (RFC 7323 §4.1)", () => {
  /** Text that has gone twice, so that Karn's rule leaves nothing to time, acknowledged so. */
  function retransmitted(atUs: number, tsEcr: number): Machine {
    const machine = stamped();
    machine.send(5);
    machine.timeout();
    machine.at(atUs).arrives(acks(5, ts(5001, tsEcr)));
    return machine;
  }

  test("counts where nothing was timed", () => {
    const { tcb } = retransmitted(3 * SECOND, 1000);
    expect(tcb.srttUs).toBe(smoothed(2 * SECOND));
  });

  test("is a tick at least", () => {
    const { tcb } = retransmitted(3 * SECOND, 3000);
    expect(tcb.srttUs).toBe(smoothed(1000));
  });

  test("is none where nothing is echoed, or what is still to come", () => {
    expect(retransmitted(3 * SECOND, 0).tcb.srttUs).toBe(SYN_RTT);
    expect(retransmitted(3 * SECOND, 3001).tcb.srttUs).toBe(SYN_RTT);
  });

  test("is no second sample beside the one that was timed", () => {
    const machine = stamped();
    machine.at(SECOND).send(5);
    machine.at(3 * SECOND).arrives(acks(5, ts(5001, 1000)));
    const plain = established();
    plain.at(SECOND).send(5);
    plain.at(3 * SECOND).arrives(acks(5));
    expect(machine.tcb).toMatchObject({ srttUs: plain.tcb.srttUs, rttvarUs: plain.tcb.rttvarUs });
  });
});
