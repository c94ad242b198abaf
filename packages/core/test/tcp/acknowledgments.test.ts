import { describe, expect, test } from "vitest";
import {
  acks,
  established,
  IRS,
  ISS,
  inState,
  type Machine,
  SECOND,
  seg,
  synSent,
  text,
} from "./support/machine.ts";

const MSS = 1000;

describe("a duplicate acknowledgment (RFC 5681 §2)", () => {
  /** Three of 1000 octets are out, of which the first is acknowledged. */
  function sending(params = {}, fields = {}): Machine {
    const machine = established({ mss: MSS, ...params }, fields);
    machine.send(3000);
    machine.arrives(acks(1000, { window: 8000 }));
    return machine;
  }

  test("acknowledges what is already acknowledged; an older one does not count", () => {
    const machine = sending();
    expect(machine.arrivesOften(3, acks(500, { window: 8000 })).sent).toEqual([]);
    expect(machine.tcb.dupAcks).toBe(0);
    const third = machine.arrivesOften(3, acks(1000, { window: 8000 }));
    expect(third.sent[0]).toBe("<SEQ=1101><ACK=301><DATA=1000><CTL=ACK>");
  });

  test("says the same window, scaled as the other was", () => {
    const machine = sending({ windowScale: 2 }, { windowScale: 2 });
    expect(machine.tcb.sndWnd).toBe(4 * 8000);
    expect(machine.arrivesOften(3, acks(1000, { window: 8000 })).sent).toHaveLength(1);
    const other = sending({ windowScale: 2 }, { windowScale: 2 });
    for (const window of [8001, 8002, 8003]) {
      expect(other.arrives(acks(1000, { window })).sent).toEqual([]);
    }
  });

  test("is none where nothing is outstanding", () => {
    const machine = sending();
    machine.arrives(acks(3000, { window: 8000 }));
    machine.arrivesOften(3, acks(3000, { window: 8000 }));
    expect(machine.tcb.dupAcks).toBe(0);
  });
});

describe("the send window (§3.10.7.4, fifth)", () => {
  test("is not set by an acknowledgment older than SND.UNA, on newer text or not", () => {
    const machine = established();
    machine.send(10);
    machine.arrives(acks(10, { window: 5000 }));
    machine.arrives(text(5, 5, { ack: ISS + 1 + 4, window: 100 }));
    expect(machine.tcb.sndWnd).toBe(5000);
  });

  test("that stays shut lets nothing go again when an ACK says so once more", () => {
    const machine = established();
    machine.arrives(acks(0, { window: 0 }));
    machine.send(100);
    machine.timeout();
    expect(machine.arrives(acks(0, { window: 0 })).sent).toEqual([]);
    expect(machine.arrives(acks(0, { window: 0 })).sent).toEqual([]);
  });

  test("that opens gives what it lets go a timer of its own, not the probe's", () => {
    const machine = established();
    machine.arrives(acks(0, { window: 0 }));
    machine.send(5);
    expect(machine.pollAtUs).toBe(1 * SECOND);
    machine.at(SECOND / 2).arrives(acks(0, { window: 100 }));
    expect(machine.pollAtUs).toBe(1.5 * SECOND);
  });

  test("that is open keeps no one alive: R2 counts on while ACKs say nothing new", () => {
    const machine = established({ userTimeoutUs: 0 });
    machine.send(5);
    while (machine.nowUs < 60 * SECOND) {
      machine.timeout();
      machine.arrives(acks(0));
    }
    expect(machine.untilClosed()).toEqual(["timed out"]);
    expect(machine.nowUs).toBe(123 * SECOND);
  });

  test("that is shut with nothing to send sets no timer, and nothing waits", () => {
    const machine = established();
    machine.at(7 * SECOND).arrives(acks(0, { window: 0 }));
    expect(machine.tcb).toMatchObject({ retransmitAtUs: -1, waitingSinceUs: 0 });
  });
});

describe("RFC 6298 §5.7: after a SYN that was lost", () => {
  /** The RTO once the connection stands, in seconds, where the SYN went out twice. */
  function rtoAfterLostSyn(initialRtoUs: number): number {
    const machine = synSent({ initialRtoUs });
    machine.timeout();
    machine.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1 }));
    return machine.tcb.rtoUs / SECOND;
  }

  test.each([
    [1, 3],
    [2.9, 3],
  ])("an RTO that began at %d s is %d s", (initial, rto) => {
    expect(rtoAfterLostSyn(initial * SECOND)).toBe(rto);
  });

  test.each([3, 5])("one that began at %d s is kept, backed off as it is", (initial) => {
    expect(rtoAfterLostSyn(initial * SECOND)).toBe(2 * initial);
  });
});

describe("the acknowledgment of our FIN", () => {
  test("may bring text along, which is taken (§3.10.7.4, seventh)", () => {
    const machine = inState("FIN-WAIT-1");
    const step = machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 2, length: 5 }));
    expect(step).toMatchObject({ state: "FIN-WAIT-2", taken: 5 });
  });
});

describe("text for an orphan in FIN-WAIT-2 (SHLD-3)", () => {
  /** The peer has sent five octets before both sides of the socket were closed. */
  function orphan(): Machine {
    const machine = established();
    machine.arrives(text(0, 5));
    machine.closeBoth();
    machine.arrives(seg("ACK", { seq: IRS + 6, ack: ISS + 2 }));
    expect(machine.tcb.state).toBe(6);
    return machine;
  }

  test("draws a RST where it is new", () => {
    const step = orphan().arrives(seg("ACK", { seq: IRS + 6, ack: ISS + 2, length: 1 }));
    expect(step).toMatchObject({ state: "CLOSED", sent: ["<SEQ=102><CTL=RST>"] });
  });

  test("that was there before, and comes again with the FIN, is no new text", () => {
    const step = orphan().arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 2, length: 5 }));
    expect(step).toMatchObject({ state: "TIME-WAIT", sent: ["<SEQ=102><ACK=307><CTL=ACK>"] });
  });

  test("is not an empty segment from further on", () => {
    const step = orphan().arrives(seg("ACK", { seq: IRS + 9, ack: ISS + 2 }));
    expect(step).toMatchObject({ state: "FIN-WAIT-2", sent: [] });
  });

  test("draws no RST in TIME-WAIT; a FIN that comes with it is acknowledged", () => {
    const machine = orphan();
    machine.arrives(seg("FIN,ACK", { seq: IRS + 6, ack: ISS + 2 }));
    const step = machine.arrives(seg("FIN,ACK", { seq: IRS + 7, ack: ISS + 2, length: 3 }));
    expect(step).toMatchObject({ state: "TIME-WAIT", sent: ["<SEQ=102><ACK=307><CTL=ACK>"] });
  });
});

describe("what is answered again and again", () => {
  test("an empty segment outside of the window draws ten ACKs in five seconds, no more", () => {
    const machine = established();
    const stray = seg("ACK", { seq: IRS - 50, ack: ISS + 1 });
    const answers = Array.from({ length: 20 }, () => machine.arrives(stray).sent.length);
    expect(answers.filter((count) => count === 1)).toHaveLength(10);
    expect(machine.at(5 * SECOND).arrives(stray).sent).toHaveLength(1);
  });

  test("one with text draws an ACK each time", () => {
    const machine = established();
    const stray = seg("ACK", { seq: IRS - 50, ack: ISS + 1, length: 5 });
    expect(Array.from({ length: 20 }, () => machine.arrives(stray).sent.length)).toEqual(
      Array.from({ length: 20 }, () => 1),
    );
  });

  test("the probe of a shut window is answered at once, where ACKs are delayed, too", () => {
    const machine = established({ receiveBuffer: 10, delayedAckUs: 200_000 });
    machine.arrives(text(0, 10));
    expect(machine.arrives(text(10, 1)).sent).toEqual(["<SEQ=101><ACK=311><CTL=ACK>"]);
  });
});

describe("switches of the profiles", () => {
  test("a SYN in the window draws a reset with the connection's own numbers", () => {
    const syn = seg("SYN", { seq: IRS + 5 });
    const own = established({ rfc5961: 0, synResetCarriesAck: 1 }).arrives(syn);
    expect(own).toMatchObject({ state: "CLOSED", sent: ["<SEQ=101><ACK=301><CTL=RST,ACK>"] });
    const plain = established({ rfc5961: 0 }).arrives(syn);
    expect(plain).toMatchObject({ state: "CLOSED", sent: ["<SEQ=0><ACK=306><CTL=RST,ACK>"] });
  });

  test("the receive buffer becomes a whole number of the peer's segments", () => {
    const buffer = (receiveBuffer: number, receiveBufferRounds: number) =>
      established({ receiveBuffer, receiveBufferRounds }, { mss: 1000 }).tcb;
    expect(buffer(100, 1)).toMatchObject({ rcvBuf: 1000, rcvFree: 1000, rcvWnd: 1000 });
    // The window follows in steps of a segment, as ever (MUST-39).
    expect(buffer(2500, 1)).toMatchObject({ rcvBuf: 3000, rcvFree: 3000, rcvWnd: 2500 });
    expect(buffer(3000, 1)).toMatchObject({ rcvBuf: 3000, rcvFree: 3000, rcvWnd: 3000 });
    expect(buffer(2500, 0)).toMatchObject({ rcvBuf: 2500, rcvFree: 2500, rcvWnd: 2500 });
  });
});
