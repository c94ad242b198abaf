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
  text,
} from "./support/machine.ts";

const MSS = 1000;

/** Lengths of the segments of text that a step sent. */
function lengths(step: Step): number[] {
  return step.segments.filter((segment) => segment.length > 0).map((segment) => segment.length);
}

function pushes(step: Step): boolean[] {
  return step.sent.map((segment) => segment.includes("PSH"));
}

describe("Nagle's algorithm, §3.7.4 (SHLD-7)", () => {
  test("a short segment waits while anything is outstanding, and gathers what follows", () => {
    const machine = established({ mss: MSS });
    expect(lengths(machine.send(1))).toEqual([1]);
    expect(lengths(machine.send(2))).toEqual([]);
    expect(lengths(machine.send(3))).toEqual([]);
    expect(lengths(machine.arrives(acks(1)))).toEqual([5]);
  });

  test("a full one does not wait (SHLD-28)", () => {
    const machine = established({ mss: MSS });
    machine.send(1);
    machine.send(999);
    expect(lengths(machine.send(1))).toEqual([1000]);
  });

  test("the application can turn it off for a connection (MUST-17)", () => {
    const machine = established({ mss: MSS });
    machine.tcb.noDelay = 1;
    machine.send(1);
    expect(lengths(machine.send(2))).toEqual([2]);
    const other = established({ mss: MSS, nagle: 0 });
    other.send(1);
    expect(lengths(other.send(2))).toEqual([2]);
  });

  test("the last text does not wait for company once the user has closed", () => {
    const machine = established({ mss: MSS });
    machine.send(1);
    machine.send(2);
    expect(lengths(machine.close())).toEqual([2]);
  });
});

describe("sender's silly window avoidance, §3.8.6.2.1 (MUST-38)", () => {
  /** The largest window so far was 4000; now it is `window`, and nothing is outstanding. */
  function narrowed(window: number, params = {}): Machine {
    const machine = established({ mss: MSS, ...params }, { window: 4000 });
    machine.arrives(acks(0, { window }));
    return machine;
  }

  test("rule 1: a full segment goes, the rest that does not fit waits", () => {
    expect(lengths(narrowed(1500).send(3000))).toEqual([1000]);
  });

  test("rule 2: all there is goes, however little", () => {
    expect(lengths(narrowed(1500).send(3))).toEqual([3]);
  });

  test("rule 3: half of the largest window goes, though it is no full segment", () => {
    const machine = established({ mss: MSS }, { window: 800 });
    machine.arrives(acks(0, { window: 400 }));
    expect(lengths(machine.send(700))).toEqual([400]);
    const silly = established({ mss: MSS }, { window: 800 });
    silly.arrives(acks(0, { window: 399 }));
    expect(lengths(silly.send(700))).toEqual([]);
  });

  test("rule 3 asks for nothing outstanding only under Nagle's algorithm", () => {
    const half = (nagle: number) => {
      const machine = established({ mss: MSS, nagle }, { window: 800 });
      machine.send(100);
      machine.arrives(acks(0, { window: 500 }));
      return lengths(machine.send(700));
    };
    expect(half(1)).toEqual([]);
    expect(half(0)).toEqual([400]);
  });

  test("rule 4: a timeout overrides it, so that nothing waits for ever (MUST-60)", () => {
    const machine = narrowed(300);
    expect(lengths(machine.send(700))).toEqual([]);
    expect(machine.pollAtUs).toBe(1 * SECOND);
    expect(lengths(machine.timeout())).toEqual([300]);
  });
});

describe("PSH, §3.9.1.2", () => {
  test("is on the last segment of what was handed over, and on no other (MUST-61)", () => {
    const machine = established({ mss: MSS });
    expect(pushes(machine.send(3000))).toEqual([false, false, true]);
  });

  test("of several SENDs that one segment gathers is one (SHLD-27)", () => {
    const machine = established({ mss: MSS });
    machine.send(10);
    for (const length of [400, 300, 800]) machine.send(length);
    const step = machine.arrives(acks(10 + 1000));
    expect(pushes(step)).toEqual([true]);
    expect(lengths(step)).toEqual([500]);
  });

  test("text of several SENDs goes in segments of full size (SHLD-28, MAY-16)", () => {
    const machine = established({ mss: MSS });
    const sent = lengths(machine.send(10));
    for (let call = 0; call < 30; call += 1) sent.push(...lengths(machine.send(100)));
    expect(sent).toEqual([10, 1000, 1000, 1000]);
  });

  test("nothing waits for a PUSH that no call can give (MUST-60)", () => {
    expect(lengths(established().send(1))).toEqual([1]);
  });
});

describe("a window that shrinks, §3.8.6", () => {
  /** 3000 octets are out; then the peer takes its window back to `window`. */
  function shrunk(window: number): Machine {
    const machine = established({ mss: MSS, nagle: 0 });
    machine.send(3000);
    machine.arrives(acks(0, { window }));
    return machine;
  }

  test("leaves a negative usable window, in which nothing new goes (MUST-34, SHLD-15)", () => {
    const machine = shrunk(1000);
    expect(lengths(machine.send(500))).toEqual([]);
    expect(machine.tcb.sndNxt).toBe(ISS + 1 + 3000);
    // Opened again, it lets the rest go.
    expect(lengths(machine.arrives(acks(1000, { window: 9000 })))).toEqual([500]);
  });

  test("does not stop the retransmission of what lies in it (SHLD-16)", () => {
    const machine = shrunk(1000);
    expect(machine.timeout().sent).toEqual(["<SEQ=101><ACK=301><DATA=1000><CTL=ACK>"]);
    // What lies in it is acknowledged; the window is shut now.
    machine.arrives(acks(1000, { window: 0 }));
    expect(lengths(machine.timeout())).toEqual([1000]);
  });

  test("to nothing is probed with what was out, as long as it takes (MUST-35, SHLD-17, MAY-7)", () => {
    const machine = shrunk(0);
    for (let probe = 0; probe < 20; probe += 1) {
      const step = machine.timeout();
      expect(step).toMatchObject({ state: "ESTABLISHED" });
      expect(step.segments[0]).toMatchObject({ seq: ISS + 1 });
      machine.arrives(acks(0, { window: 0 }));
    }
    // Far beyond R2 and the user timeout.
    expect(machine.nowUs).toBeGreaterThan(600 * SECOND);
  });
});

describe("a probe of a shut window, §3.8.6.1 (MUST-36)", () => {
  function probed(): Machine {
    const machine = established({ mss: MSS });
    machine.arrives(acks(0, { window: 0 }));
    machine.send(3000);
    return machine;
  }

  test("is one octet of new text, past the window's edge", () => {
    expect(probed().timeout().sent).toEqual(["<SEQ=101><ACK=301><DATA=1><CTL=ACK>"]);
  });

  test("that was refused goes again as soon as the window opens, and the rest after it", () => {
    const machine = probed();
    machine.timeout();
    machine.arrives(acks(0, { window: 0 }));
    machine.timeout();
    const step = machine.arrives(acks(0, { window: 60_000 }));
    expect(step.sent[0]).toBe("<SEQ=101><ACK=301><DATA=1><CTL=ACK>");
    machine.arrives(acks(1));
    expect(machine.tcb.sndNxt).toBeGreaterThan(ISS + 1 + 1);
  });

  test("that was taken is not sent again", () => {
    const machine = probed();
    machine.timeout();
    const step = machine.arrives(acks(1, { window: 60_000 }));
    expect(step.segments[0]?.seq).toBe(ISS + 2);
  });

  test("unanswered ones reach R1 and R2 like any retransmission", () => {
    const machine = probed();
    expect(machine.untilClosed()).toEqual(["no answer yet", "timed out"]);
  });
});

describe("our own window, §3.8.6", () => {
  test("never moves its right edge to the left (SHLD-14)", () => {
    const machine = established({ receiveBuffer: 5000, mss: MSS });
    let edge = 0;
    let sent = 0;
    const look = (step: Step) => {
      for (const segment of step.segments) {
        expect(segment.ack + segment.window).toBeGreaterThanOrEqual(edge);
        edge = segment.ack + segment.window;
      }
    };
    for (let round = 0; round < 50; round += 1) {
      const step = machine.arrives(text(sent, 700));
      look(step);
      sent += step.taken;
      // The user reads seldom, and not all: the window is shut in between.
      if (round % 9 === 8) look(machine.receive(3000));
    }
    expect(sent).toBeGreaterThan(15_000);
  });

  test("may stay shut for ever; the peer's probes are answered all the same (MAY-8, MUST-66)", () => {
    const machine = established({ receiveBuffer: 10 });
    machine.arrives(text(0, 10));
    for (let probe = 0; probe < 50; probe += 1) {
      const step = machine.arrives(text(10, 1));
      expect(step).toMatchObject({ taken: 0, sent: ["<SEQ=101><ACK=311><CTL=ACK>"] });
      expect(step.segments[0]?.window).toBe(0);
    }
  });

  test("opens in steps of a segment or half the buffer, no less (MUST-39)", () => {
    const machine = established({ receiveBuffer: 4000, mss: MSS });
    for (let octet = 0; octet < 4000; octet += 1000) machine.arrives(text(octet, 1000));
    const windows: number[] = [];
    for (let read = 0; read < 30; read += 1) {
      windows.push(...machine.receive(100).segments.map((segment) => segment.window));
    }
    // Then it is no longer tight; the next ACK will say how far it is.
    expect(windows).toEqual([1000]);
    expect(machine.tcb.rcvWnd).toBe(3000);
  });
});

describe("delayed acknowledgments, §3.8.6.3 (SHLD-18)", () => {
  test("every second full segment is acknowledged at once, with timestamps as well (SHLD-19)", () => {
    const stamps = { hasTimestamps: 1, tsVal: 7 };
    const machine = established({ mss: 1460, timestamps: 1, delayedAckUs: 200_000 }, stamps);
    const acked = [0, 1, 2, 3].map(
      (n) => machine.arrives(text(n * 1448, 1448, stamps)).sent.length,
    );
    expect(acked).toEqual([0, 1, 0, 1]);
  });

  test("a series of short segments draws one ACK (MUST-58)", () => {
    const machine = established({ delayedAckUs: 200_000 });
    for (let octet = 0; octet < 9; octet += 1) {
      expect(machine.arrives(text(octet, 1)).sent).toEqual([]);
    }
    expect(machine.timeout().sent).toEqual(["<SEQ=101><ACK=310><CTL=ACK>"]);
    expect(machine.nowUs).toBe(200_000);
  });

  test("text that it lets go carries it (MUST-58)", () => {
    const machine = established();
    machine.send(5);
    machine.send(2);
    const step = machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 6, length: 5 }));
    expect(step.sent).toEqual(["<SEQ=106><ACK=306><DATA=2><CTL=PSH,ACK>"]);
  });
});
