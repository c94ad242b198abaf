import { sackBlocks } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import {
  established,
  IRS,
  ISS,
  inState,
  type Machine,
  type Step,
  seg,
  text,
} from "./support/machine.ts";

/** The octets held, counted from the peer's first, the most recent first. */
function held({ tcb }: Machine): [number, number][] {
  const first = IRS + 1;
  const all: [number, number][] = [
    [tcb.heldLeft1 - first, tcb.heldRight1 - first],
    [tcb.heldLeft2 - first, tcb.heldRight2 - first],
    [tcb.heldLeft3 - first, tcb.heldRight3 - first],
    [tcb.heldLeft4 - first, tcb.heldRight4 - first],
  ];
  return all.slice(0, tcb.heldCount);
}

/** The SACK blocks of the last segment sent, counted in the same way. */
function sacks(step: Step): [number, number][] {
  const last = step.segments.at(-1);
  if (last === undefined) return [];
  return sackBlocks(last).map(({ left, right }) => [left - IRS - 1, right - IRS - 1]);
}

describe("text out of order, §3.10.7.4 seventh", () => {
  test("is held, and taken with what fills the gap (SHLD-31)", () => {
    const machine = established();
    expect(machine.arrives(text(10, 5)).taken).toBe(0);
    expect(held(machine)).toEqual([[10, 15]]);
    const step = machine.arrives(text(0, 10));
    expect(step).toMatchObject({ taken: 15, sent: ["<SEQ=101><ACK=316><CTL=ACK>"] });
    expect(held(machine)).toEqual([]);
  });

  test("is acknowledged at once (MAY-13), and so is what fills a gap, delay or not", () => {
    const machine = established({ delayedAckUs: 200_000 });
    expect(machine.arrives(text(10, 5)).sent).toEqual(["<SEQ=101><ACK=301><CTL=ACK>"]);
    expect(machine.arrives(text(0, 10)).sent).toEqual(["<SEQ=101><ACK=316><CTL=ACK>"]);
  });

  test("all that is held counts before one ACK goes out (MUST-58, MUST-59)", () => {
    const machine = established();
    for (const offset of [10, 30, 20]) machine.arrives(text(offset, 10));
    machine.arrives(seg("FIN,ACK", { seq: IRS + 41, ack: ISS + 1 }));
    expect(machine.arrives(text(0, 10))).toMatchObject({
      taken: 40,
      sent: ["<SEQ=101><ACK=342><CTL=ACK>"],
      state: "CLOSE-WAIT",
    });
  });

  test("fills only as far as there is no other gap", () => {
    const machine = established();
    machine.arrives(text(10, 10));
    machine.arrives(text(30, 10));
    expect(machine.arrives(text(0, 10)).taken).toBe(20);
    expect(held(machine)).toEqual([[30, 40]]);
  });

  test("is merged with what it touches, before and after", () => {
    const machine = established();
    machine.arrives(text(10, 10));
    machine.arrives(text(30, 10));
    machine.arrives(text(15, 15));
    expect(held(machine)).toEqual([[10, 40]]);
  });

  test("beyond four stretches is refused, and asked for again", () => {
    const machine = established();
    for (const offset of [10, 30, 50, 70]) machine.arrives(text(offset, 10));
    const fifth = machine.arrives(text(90, 10));
    expect(fifth.sent).toEqual(["<SEQ=101><ACK=301><CTL=ACK>"]);
    expect(held(machine)).toEqual([
      [70, 80],
      [50, 60],
      [30, 40],
      [10, 20],
    ]);
    // What joins two of them still fits.
    machine.arrives(text(80, 10));
    expect(held(machine)[0]).toEqual([70, 90]);
  });

  test("beyond the window is cut off", () => {
    const machine = established({ receiveBuffer: 30 });
    machine.arrives(text(20, 20));
    expect(held(machine)).toEqual([[20, 30]]);
  });

  test("is held across the wrap at 2³²", () => {
    const machine = established({}, { seq: 2 ** 32 - 6 });
    const at = (offset: number, length: number) =>
      seg("ACK", { seq: (2 ** 32 - 5 + offset) >>> 0, ack: ISS + 1, length });
    machine.arrives(at(8, 4));
    machine.arrives(at(2, 6));
    expect(machine.arrives(at(0, 2))).toMatchObject({
      taken: 12,
      sent: ["<SEQ=101><ACK=7><CTL=ACK>"],
    });
  });
});

describe("a FIN before what precedes it", () => {
  const fin = seg("FIN,ACK", { seq: IRS + 11, ack: ISS + 1, length: 5 });

  test("is held with its text, and counts once the gap is filled", () => {
    const machine = established();
    expect(machine.arrives(fin)).toMatchObject({
      sent: ["<SEQ=101><ACK=301><CTL=ACK>"],
      state: "ESTABLISHED",
    });
    expect(machine.arrives(text(0, 10))).toMatchObject({
      taken: 15,
      sent: ["<SEQ=101><ACK=317><CTL=ACK>"],
      signals: ["peer closed"],
      state: "CLOSE-WAIT",
    });
  });

  test("is acknowledged at once, delay or not", () => {
    expect(established({ delayedAckUs: 200_000 }).arrives(fin).sent).toHaveLength(1);
  });

  test("does not count where it is not the end: text goes on past it", () => {
    const machine = established();
    machine.arrives(fin);
    machine.arrives(text(0, 100));
    expect(machine.tcb).toMatchObject({ state: 4, heldFin: 0 });
  });

  test("in FIN-WAIT-2 leads to TIME-WAIT in the same way", () => {
    const machine = inState("FIN-WAIT-2");
    machine.arrives({ ...fin, ack: ISS + 2 });
    expect(machine.arrives({ ...text(0, 10), ack: ISS + 2 }).state).toBe("TIME-WAIT");
  });
});

describe("SACK, RFC 2018", () => {
  const on = { sack: 1 };

  test("SACK-permitted is on our SYN, and on our SYN,ACK if the peer's SYN had it (RFC 2018 §2)", () => {
    expect(established(on, { sackPermitted: 1 }).tcb.sackOk).toBe(1);
    expect(established(on).tcb.sackOk).toBe(0);
    expect(established({}, { sackPermitted: 1 }).tcb.sackOk).toBe(0);
  });

  test("no blocks without both ends' consent, none while nothing is held (RFC 2018 §3)", () => {
    expect(sacks(established(on).arrives(text(10, 10)))).toEqual([]);
    expect(sacks(established(on, { sackPermitted: 1 }).arrives(text(0, 10)))).toEqual([]);
  });

  test("the first block holds the segment that has just come, the others follow by age (RFC 2018 §4)", () => {
    const machine = established(on, { sackPermitted: 1 });
    expect(sacks(machine.arrives(text(10, 10)))).toEqual([[10, 20]]);
    expect(sacks(machine.arrives(text(50, 10)))).toEqual([
      [50, 60],
      [10, 20],
    ]);
    expect(sacks(machine.arrives(text(30, 10)))).toEqual([
      [30, 40],
      [50, 60],
      [10, 20],
    ]);
    expect(sacks(machine.arrives(text(20, 5)))).toEqual([
      [10, 25],
      [30, 40],
      [50, 60],
    ]);
    // A duplicate of what is held comes first again.
    expect(sacks(machine.arrives(text(50, 10)))).toEqual([
      [50, 60],
      [10, 25],
      [30, 40],
    ]);
  });

  test("four blocks fit, three beside timestamps (RFC 2018 §3)", () => {
    const four = established(on, { sackPermitted: 1 });
    const stamps = { hasTimestamps: 1, tsVal: 9 };
    const three = established({ sack: 1, timestamps: 1 }, { sackPermitted: 1, ...stamps });
    for (const offset of [10, 30, 50]) {
      four.arrives(text(offset, 5));
      three.arrives(text(offset, 5, stamps));
    }
    expect(sacks(four.arrives(text(70, 5)))).toEqual([
      [70, 75],
      [50, 55],
      [30, 35],
      [10, 15],
    ]);
    const last = three.arrives(text(70, 5, stamps));
    expect(sacks(last)).toEqual([
      [70, 75],
      [50, 55],
      [30, 35],
    ]);
  });

  test("what fills the gap takes its block away", () => {
    const machine = established(on, { sackPermitted: 1 });
    machine.arrives(text(10, 10));
    machine.arrives(text(30, 10));
    expect(sacks(machine.arrives(text(0, 10)))).toEqual([[30, 40]]);
  });

  test("blocks are on text as well, and take their octets from its room (MUST-16)", () => {
    const machine = established(on, { sackPermitted: 1 });
    machine.arrives(text(10, 10));
    machine.arrives(text(30, 10));
    const step = machine.send(5000);
    expect(sacks(step)).toEqual([
      [30, 40],
      [10, 20],
    ]);
    // Two NOPs, kind and length, and 8 octets a block.
    expect(step.segments[0]?.length).toBe(1460 - 20);
  });
});

describe("what the caller is told to keep", () => {
  test("is the text of the segment, in order or not", () => {
    const machine = established();
    expect(machine.arrives(text(10, 5)).kept).toEqual([IRS + 11, 5]);
    expect(machine.arrives(text(0, 5)).kept).toEqual([IRS + 1, 5]);
  });

  test("is what lies in the window of it", () => {
    const machine = established({ receiveBuffer: 10 });
    machine.arrives(text(0, 4));
    expect(machine.arrives(text(2, 4)).kept).toEqual([IRS + 5, 2]);
    expect(machine.arrives(text(8, 4)).kept).toEqual([IRS + 9, 2]);
  });

  test("is nothing of a fifth stretch", () => {
    const machine = established();
    for (const offset of [10, 20, 30, 40]) machine.arrives(text(offset, 5));
    expect(machine.arrives(text(50, 5)).kept[1]).toBe(0);
    expect(held(machine)).toHaveLength(4);
  });

  test("nothing stays of stretches that are taken, wherever the numbers stand", () => {
    const seq = 0x9000_0000;
    const machine = established({ sack: 1 }, { seq, sackPermitted: 1 });
    const at = (offset: number) => seg("ACK", { seq: seq + 1 + offset, ack: ISS + 1, length: 5 });
    machine.arrives(at(5));
    expect(machine.arrives(at(0))).toMatchObject({ taken: 10 });
    expect(machine.tcb.heldCount).toBe(0);
  });

  test("takes nothing from the room for our own text where no SACK tells of it", () => {
    const machine = established({ mss: 1000 });
    machine.arrives(text(10, 5));
    expect(machine.send(1000).segments[0]?.length).toBe(1000);
  });
});
