import type { TcpParams } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import {
  acks,
  established,
  IRS,
  ISS,
  type Machine,
  SECOND,
  type Step,
  seg,
  synSent,
} from "./support/machine.ts";

const MSS = 1000;

/** A sender of segments of 1000 octets, with `segments` of them handed over. */
function sender(segments: number, params: Partial<TcpParams> = {}): Machine {
  const machine = established({ mss: MSS, ...params });
  if (segments > 0) machine.send(segments * MSS);
  return machine;
}

/** Which segments a step sent, counted from 0. */
function sent(step: Step): number[] {
  return step.segments.filter((s) => s.length > 0).map((s) => (s.seq - ISS - 1) / MSS);
}

const ack = (segments: number) => acks(segments * MSS);

describe("the initial window, RFC 5681 §3.1 (MUST-19)", () => {
  test.each([
    [2191, 2],
    [2190, 3],
    [1096, 3],
    [1095, 4],
    [536, 4],
  ])("segments of %i octets: %i of them", (mss, count) => {
    const machine = established({ mss }, { mss });
    expect(machine.tcb.cwnd).toBe(count * mss);
    expect(machine.send(20_000).segments).toHaveLength(count);
  });

  test("ten where the parameters say so (RFC 6928)", () => {
    expect(sender(0, { initialWindow: 10 }).tcb.cwnd).toBe(10 * MSS);
  });

  test("one after a SYN that timed out", () => {
    const machine = synSent({ mss: MSS });
    machine.timeout();
    machine.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1, mss: MSS }));
    expect(sent(machine.send(5 * MSS))).toEqual([0]);
  });
});

describe("slow start (MUST-19)", () => {
  test("a segment more for each ACK of new text", () => {
    const machine = sender(30);
    expect(machine.tcb.cwnd).toBe(4 * MSS);
    expect(sent(machine.arrives(ack(1)))).toEqual([4, 5]);
    expect(sent(machine.arrives(ack(2)))).toEqual([6, 7]);
    expect(machine.tcb.cwnd).toBe(6 * MSS);
  });

  test("never more than a segment, however much one ACK covers (§3.1, equation 2)", () => {
    const machine = sender(30);
    machine.arrives(ack(4));
    expect(machine.tcb.cwnd).toBe(5 * MSS);
  });

  test("no more than what the ACK covers, so that splitting ACKs gains nothing", () => {
    const machine = sender(30);
    machine.arrives(acks(10));
    machine.arrives(acks(20));
    expect(machine.tcb.cwnd).toBe(4 * MSS + 20);
  });

  test("the peer's window limits it still", () => {
    const machine = established({ mss: MSS }, { window: 2500 });
    expect(sent(machine.send(30 * MSS))).toEqual([0, 1]);
  });
});

describe("congestion avoidance (MUST-19)", () => {
  test("about a segment for each round trip, once past ssthresh (§3.1, equation 3)", () => {
    const machine = sender(60);
    machine.tcb.ssthresh = 4 * MSS;
    for (let segment = 1; segment <= 4; segment += 1) machine.arrives(ack(segment));
    expect(machine.tcb.cwnd).toBeGreaterThan(4 * MSS + 850);
    expect(machine.tcb.cwnd).toBeLessThanOrEqual(5 * MSS);
  });

  test("at least an octet for an ACK", () => {
    const machine = sender(20);
    machine.tcb.ssthresh = 2 * MSS;
    machine.tcb.cwnd = 5_000_000;
    machine.arrives(ack(1));
    expect(machine.tcb.cwnd).toBe(5_000_001);
  });
});

describe("fast retransmit, RFC 5681 §3.2 (MUST-19)", () => {
  test("the third duplicate sends the missing segment, before its timer", () => {
    const machine = sender(4);
    expect(sent(machine.arrives(ack(0)))).toEqual([]);
    expect(sent(machine.arrives(ack(0)))).toEqual([]);
    expect(sent(machine.arrives(ack(0)))).toEqual([0]);
    // ssthresh = half of the flight; cwnd = that and the three that have left the network.
    expect(machine.tcb).toMatchObject({ ssthresh: 2 * MSS, cwnd: 5 * MSS, fastRecovery: 1 });
  });

  test("ssthresh is at least two segments (equation 4)", () => {
    const machine = sender(1);
    machine.arrivesOften(3, ack(0));
    expect(machine.tcb.ssthresh).toBe(2 * MSS);
  });

  test.each([
    ["with text", acks(0, { length: 5 })],
    ["with another window", acks(0, { window: 5000 })],
    ["with a FIN", seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 1 })],
  ])("an ACK %s is no duplicate (RFC 5681 §2)", (_what, segment) => {
    const machine = sender(4);
    machine.arrivesOften(2, ack(0));
    expect(sent(machine.arrives(segment))).toEqual([]);
    expect(machine.tcb.fastRecovery).toBe(0);
  });

  test("no duplicate where nothing is outstanding", () => {
    const machine = sender(0);
    machine.arrivesOften(5, ack(0));
    expect(machine.tcb.dupAcks).toBe(0);
  });

  test("news between them starts the count again", () => {
    const machine = sender(4);
    machine.arrivesOften(2, ack(0));
    machine.arrives(ack(1));
    machine.arrivesOften(2, ack(1));
    expect(machine.tcb.fastRecovery).toBe(0);
  });

  test("what it sends again is not timed (Karn, MUST-18)", () => {
    const machine = sender(4);
    const before = machine.tcb.srttUs;
    machine.at(400_000).arrivesOften(3, ack(0));
    machine.at(900_000).arrives(ack(1));
    expect(machine.tcb.srttUs).toBe(before);
  });
});

describe("limited transmit, RFC 5681 §3.2 (RFC 3042)", () => {
  test("each of the first two duplicates sends a new segment, and the window stays", () => {
    const machine = sender(20);
    expect(sent(machine.arrives(ack(0)))).toEqual([4]);
    expect(sent(machine.arrives(ack(0)))).toEqual([5]);
    expect(machine.tcb).toMatchObject({ cwnd: 4 * MSS, fastRecovery: 0 });
  });

  test("so a flight of two, one of them lost, needs no timeout", () => {
    const machine = sender(20, { initialWindow: 2 });
    // Segment 0 is lost; 1, 2 and 3 each draw a duplicate.
    expect(sent(machine.arrives(ack(0)))).toEqual([2]);
    expect(sent(machine.arrives(ack(0)))).toEqual([3]);
    expect(sent(machine.arrives(ack(0)))).toEqual([0, 4]);
  });

  test("what it has sent does not count for ssthresh (§3.2 step 2)", () => {
    const machine = sender(20);
    machine.arrivesOften(3, ack(0));
    expect(machine.tcb).toMatchObject({ ssthresh: 2 * MSS, cwnd: 5 * MSS, fastRecovery: 1 });
  });

  test("only as far as the peer's window goes", () => {
    const machine = established({ mss: MSS }, { window: 5 * MSS });
    machine.send(20 * MSS);
    const duplicate = acks(0, { window: 5 * MSS });
    expect(sent(machine.arrives(duplicate))).toEqual([4]);
    expect(sent(machine.arrives(duplicate))).toEqual([]);
  });

  test("the third sends nothing new, where it is no sign of another loss (RFC 6582)", () => {
    const machine = sender(20);
    machine.timeout();
    machine.arrives(ack(4));
    machine.tcb.recover = machine.tcb.sndNxt;
    const out = sent(machine.arrives(ack(4)));
    expect(out).toHaveLength(1);
    expect(sent(machine.arrives(ack(4)))).toHaveLength(1);
    expect(sent(machine.arrives(ack(4)))).toEqual([]);
  });

  test("not during recovery, where the window is inflated instead", () => {
    const machine = sender(8, { initialWindow: 8 });
    machine.arrivesOften(3, ack(0));
    machine.arrives(ack(1));
    machine.send(12 * MSS);
    const { cwnd } = machine.tcb;
    expect(sent(machine.arrives(ack(1)))).toEqual([8]);
    expect(machine.tcb.cwnd).toBe(cwnd + MSS);
  });
});

describe("fast recovery, RFC 5681 §3.2 and RFC 6582 (MUST-19)", () => {
  /** Segments 0 to 7 are out, and segment 0 has been sent again; then there is more to send. */
  function recovering(): Machine {
    const machine = sender(8, { initialWindow: 8 });
    machine.arrivesOften(3, ack(0));
    machine.send(12 * MSS);
    expect(machine.tcb).toMatchObject({ ssthresh: 4 * MSS, cwnd: 7 * MSS });
    return machine;
  }

  test("each further duplicate inflates the window by a segment", () => {
    const machine = recovering();
    expect(sent(machine.arrives(ack(0)))).toEqual([]);
    expect(sent(machine.arrives(ack(0)))).toEqual([8]);
    expect(sent(machine.arrives(ack(0)))).toEqual([9]);
  });

  test("an ACK of everything that was out ends it, the window deflated", () => {
    const machine = recovering();
    machine.arrives(ack(8));
    // min(ssthresh, max(FlightSize, SMSS) + SMSS): nothing was in flight.
    expect(machine.tcb).toMatchObject({ fastRecovery: 0, cwnd: 2 * MSS });
  });

  test("nothing goes again then: what is left went out after the loss", () => {
    const machine = recovering();
    machine.arrivesOften(5, ack(0));
    const step = machine.arrives(ack(8));
    expect(Math.min(...sent(step))).toBeGreaterThan(8);
  });

  test("a partial ACK of less than a segment adds none back (RFC 6582 §3.2)", () => {
    const machine = recovering();
    const { cwnd } = machine.tcb;
    machine.arrives(acks(MSS / 2));
    expect(machine.tcb.cwnd).toBe(cwnd - MSS / 2);
  });

  test("with text still in flight it deflates to ssthresh at most", () => {
    const machine = recovering();
    machine.arrivesOften(5, ack(0));
    machine.arrives(ack(8));
    expect(machine.tcb).toMatchObject({ fastRecovery: 0, cwnd: 4 * MSS });
  });

  test("a partial ACK sends the next hole at once, and stays in recovery (RFC 6582 §3.2)", () => {
    const machine = recovering();
    const step = machine.arrives(ack(3));
    expect(sent(step)[0]).toBe(3);
    // Deflated by what was acknowledged, one segment added back.
    expect(machine.tcb).toMatchObject({ fastRecovery: 2, cwnd: 5 * MSS });
    machine.arrives(ack(5));
    expect(machine.tcb.fastRecovery).toBe(2);
    expect(machine.arrives(ack(8)).sent.length).toBeGreaterThan(0);
    expect(machine.tcb.fastRecovery).toBe(0);
  });

  test("the first partial ACK restarts the timer, the later ones do not (RFC 6582 §3.2)", () => {
    const machine = recovering();
    machine.at(300_000).arrives(ack(2));
    const deadline = machine.tcb.retransmitAtUs;
    expect(deadline).toBe(300_000 + machine.tcb.rtoUs);
    machine.at(500_000).arrives(ack(4));
    expect(machine.tcb.retransmitAtUs).toBe(deadline);
    machine.at(700_000).arrives(ack(8));
    expect(machine.tcb.retransmitAtUs).toBe(700_000 + machine.tcb.rtoUs);
  });

  test("duplicates that an earlier loss explains start no second recovery", () => {
    const machine = sender(20, { initialWindow: 8 });
    machine.timeout();
    expect(machine.tcb.recover).toBe(ISS + 1 + 8 * MSS);
    machine.arrives(ack(1));
    machine.arrivesOften(3, ack(1));
    expect(machine.tcb.fastRecovery).toBe(0);
  });
});

describe("a timeout, RFC 5681 §3.1 (MUST-19)", () => {
  test("back to one segment; ssthresh is half of what was in flight", () => {
    const machine = sender(8, { initialWindow: 8 });
    expect(sent(machine.timeout())).toEqual([0]);
    expect(machine.tcb).toMatchObject({ cwnd: MSS, ssthresh: 4 * MSS });
  });

  test("a second one of the same segment leaves ssthresh alone", () => {
    const machine = sender(8, { initialWindow: 8 });
    machine.timeout();
    machine.timeout();
    expect(machine.tcb.ssthresh).toBe(4 * MSS);
  });

  test("then slow start, over what may be lost, each segment again", () => {
    const machine = sender(8, { initialWindow: 8 });
    machine.timeout();
    expect(sent(machine.arrives(ack(1)))).toEqual([1, 2]);
    expect(sent(machine.arrives(ack(3)))).toEqual([3, 4, 5]);
    expect(sent(machine.arrives(ack(8)))).toEqual([]);
    expect(machine.pollAtUs).toBe(Number.POSITIVE_INFINITY);
  });

  test("ends fast recovery", () => {
    const machine = sender(8, { initialWindow: 8 });
    machine.arrivesOften(4, ack(0));
    machine.timeout();
    expect(machine.tcb).toMatchObject({ fastRecovery: 0, cwnd: MSS });
    expect(machine.nowUs).toBe(1 * SECOND);
  });
});
