import { paramProblem } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { established, IRS, ISS, inState, SECOND, seg, synSent } from "./support/machine.ts";

describe("text arrives, §3.10.7.4 seventh", () => {
  test("at RCV.NXT: taken, acknowledged, the window shrinks by it", () => {
    const machine = established({ receiveBuffer: 100 });
    const step = machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, length: 40 }));
    expect(step).toMatchObject({ sent: ["<SEQ=101><ACK=341><CTL=ACK>"], taken: 40 });
    expect(machine.tcb.rcvWnd).toBe(60);
  });

  test("partly old: only the new part is taken", () => {
    const machine = established();
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, length: 10 }));
    const step = machine.arrives(seg("ACK", { seq: IRS + 6, ack: ISS + 1, length: 10 }));
    expect(step).toMatchObject({ sent: ["<SEQ=101><ACK=316><CTL=ACK>"], taken: 5 });
  });

  test("beyond the window: only what fits is taken", () => {
    const machine = established({ receiveBuffer: 10 });
    const step = machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, length: 25 }));
    expect(step).toMatchObject({ sent: ["<SEQ=101><ACK=311><CTL=ACK>"], taken: 10 });
  });

  test("after a gap: refused, and the ACK says what is missing (MAY-13)", () => {
    const step = established().arrives(seg("ACK", { seq: IRS + 11, ack: ISS + 1, length: 5 }));
    expect(step).toMatchObject({ sent: ["<SEQ=101><ACK=301><CTL=ACK>"], taken: 0 });
  });

  test("across the wrap at 2³²", () => {
    const machine = synSent();
    const irs = 2 ** 32 - 3;
    machine.arrives(seg("SYN,ACK", { seq: irs, ack: ISS + 1 }));
    const step = machine.arrives(seg("ACK", { seq: irs + 1, ack: ISS + 1, length: 10 }));
    expect(step).toMatchObject({ sent: ["<SEQ=101><ACK=8><CTL=ACK>"], taken: 10 });
  });
});

describe("delayed acknowledgments, §3.8.6.3", () => {
  test("half a second is already too long (MUST-40)", () => {
    expect(paramProblem("delayedAckUs", 499_999)).toBeUndefined();
    expect(paramProblem("delayedAckUs", 500_000)).toMatch(/from 0 to 499999/);
  });

  const params = { delayedAckUs: 200_000, mss: 1000 };

  test("wait, and then go out by themselves, once that time has passed (MUST-40)", () => {
    const machine = established(params);
    expect(machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, length: 10 })).sent).toEqual(
      [],
    );
    expect(machine.pollAtUs).toBe(200_000);
    expect(machine.timeout().sent).toEqual(["<SEQ=101><ACK=311><CTL=ACK>"]);
    expect(machine.pollAtUs).toBe(Number.POSITIVE_INFINITY);
  });

  test("ride on text of ours", () => {
    const machine = established(params);
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, length: 10 }));
    expect(machine.send(3).sent).toEqual(["<SEQ=101><ACK=311><DATA=3><CTL=PSH,ACK>"]);
    expect(machine.tcb.ackAtUs).toBe(-1);
  });

  test("do not wait once two full segments have come (SHLD-19)", () => {
    const machine = established(params);
    expect(machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, length: 1000 })).sent).toEqual(
      [],
    );
    const second = machine.arrives(seg("ACK", { seq: IRS + 1001, ack: ISS + 1, length: 1000 }));
    expect(second.sent).toEqual(["<SEQ=101><ACK=2301><CTL=ACK>"]);
  });

  test("do not wait for what is out of order", () => {
    const step = established(params).arrives(
      seg("ACK", { seq: IRS + 5, ack: ISS + 1, length: 10 }),
    );
    expect(step.sent).toEqual(["<SEQ=101><ACK=301><CTL=ACK>"]);
  });

  test("let a FIN,ACK say both, if the user closes meanwhile", () => {
    const machine = established(params);
    expect(machine.arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 1 })).sent).toEqual([]);
    expect(machine.close().sent).toEqual(["<SEQ=101><ACK=302><CTL=FIN,ACK>"]);
  });
});

describe("SEND and the window, §3.8.6", () => {
  test("the last segment of what was handed over carries PSH (MUST-61)", () => {
    expect(established({ nagle: 0 }).send(1500).sent).toEqual([
      "<SEQ=101><ACK=301><DATA=1460><CTL=ACK>",
      "<SEQ=1561><ACK=301><DATA=40><CTL=PSH,ACK>",
    ]);
  });

  test("nothing goes past the right edge; the rest follows when it moves", () => {
    const machine = synSent();
    machine.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1, window: 10 }));
    expect(machine.send(25).sent).toEqual(["<SEQ=101><ACK=301><DATA=10><CTL=ACK>"]);
    const step = machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 11, window: 10 }));
    expect(step.sent).toEqual(["<SEQ=111><ACK=301><DATA=10><CTL=ACK>"]);
  });

  test("an older segment does not set the window", () => {
    const machine = established();
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, length: 10, window: 4000 }));
    machine.arrives(seg("ACK", { seq: IRS + 11, ack: ISS + 1, length: 10, window: 5000 }));
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, length: 25, window: 1 }));
    expect(machine.tcb.sndWnd).toBe(5000);
  });

  test("a window that shrinks below what is out lets nothing new go (SHLD-15)", () => {
    const machine = established();
    machine.send(100);
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, window: 50 }));
    expect(machine.send(10).sent).toEqual([]);
  });
});

describe("zero-window probes, §3.8.6.1 (MUST-36)", () => {
  function shut() {
    const machine = established();
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, window: 0 }));
    machine.send(5);
    return machine;
  }

  test("the first goes out after one RTO (SHLD-29), then ever later (SHLD-30)", () => {
    const machine = shut();
    const times: number[] = [];
    for (let probe = 0; probe < 4; probe += 1) {
      expect(machine.timeout().sent).toEqual([
        expect.stringContaining("<SEQ=101><ACK=301><DATA=1>"),
      ]);
      times.push(machine.nowUs / SECOND);
      machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, window: 0 }));
    }
    expect(times).toEqual([1, 3, 7, 15]);
  });

  test("go on for as long as they are answered (MUST-37)", () => {
    const machine = shut();
    for (let probe = 0; probe < 30; probe += 1) {
      expect(machine.timeout().state).toBe("ESTABLISHED");
      machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, window: 0 }));
    }
    expect(machine.nowUs).toBeGreaterThan(1000 * SECOND);
  });

  test("end with R2 when no one answers", () => {
    const machine = shut();
    while (machine.tcb.state !== 0) machine.timeout();
    expect(machine.nowUs / SECOND).toBe(123);
  });

  test("are no longer needed once the window opens", () => {
    const machine = shut();
    const step = machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, window: 100 }));
    expect(step.sent).toEqual(["<SEQ=101><ACK=301><DATA=5><CTL=PSH,ACK>"]);
    expect(machine.tcb.retransmitAtUs).toBe(machine.nowUs + machine.tcb.rtoUs);
  });

  test("carry the FIN where there is no text left", () => {
    const machine = established();
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, window: 0 }));
    expect(machine.close()).toMatchObject({ sent: [], state: "FIN-WAIT-1" });
    expect(machine.timeout().sent).toEqual(["<SEQ=101><ACK=301><CTL=FIN,ACK>"]);
  });
});

describe("RECEIVE, §3.10.3 and §3.8.6.2.2", () => {
  test("opens a shut window with an ACK, by at least a segment or half the buffer", () => {
    const machine = established({ receiveBuffer: 2000, mss: 500 });
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, length: 2000 }));
    expect(machine.receive(499).sent).toEqual([]);
    expect(machine.tcb.rcvWnd).toBe(0);
    expect(machine.receive(1).sent).toEqual(["<SEQ=101><ACK=2301><CTL=ACK>"]);
    expect(machine.tcb.rcvWnd).toBe(500);
  });

  test("says nothing while there is room enough", () => {
    const machine = established({ receiveBuffer: 10_000, mss: 500 });
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, length: 600 }));
    expect(machine.receive(600).sent).toEqual([]);
    expect(machine.tcb.rcvWnd).toBe(10_000);
  });

  test("of more than was received is a bug of the caller", () => {
    expect(() => established().receive(1)).toThrow("more was read than had been received");
  });
});

describe("retransmission of text, §3.8.1 and RFC 6298", () => {
  test("the front goes again, the timer doubles", () => {
    const machine = established();
    machine.send(3000);
    expect(machine.timeout().sent).toEqual(["<SEQ=101><ACK=301><DATA=1460><CTL=ACK>"]);
    expect(machine.nowUs).toBe(1 * SECOND);
    machine.timeout();
    expect(machine.nowUs).toBe(3 * SECOND);
  });

  test("an ACK of part restarts the timer for the rest (RFC 6298 §5.3)", () => {
    const machine = established();
    machine.send(3000);
    machine.at(400_000).arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1461 }));
    expect(machine.tcb.retransmitAtUs).toBe(400_000 + machine.tcb.rtoUs);
    expect(machine.timeout().sent).toEqual(["<SEQ=1561><ACK=301><DATA=1460><CTL=ACK>"]);
  });

  test("an ACK of all stops it (RFC 6298 §5.2)", () => {
    const machine = established();
    machine.send(10);
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 11 }));
    expect(machine.pollAtUs).toBe(Number.POSITIVE_INFINITY);
  });

  test("the user timeout aborts where it is shorter than R2", () => {
    const machine = established({ userTimeoutUs: 5 * SECOND });
    machine.send(10);
    let last = machine.timeout();
    while (machine.tcb.state !== 0) last = machine.timeout();
    expect(machine.nowUs).toBe(5 * SECOND);
    expect(last).toMatchObject({ signals: ["timed out"], causes: ["user timeout"] });
  });
});

test("SEND where there is no connection", () => {
  const machine = inState("LAST-ACK");
  machine.arrives(seg("ACK", { seq: IRS + 2, ack: ISS + 2 }));
  machine.send(1);
  expect(machine.result).toBe("connection does not exist");
});

test("SEND of more than half the sequence space: insufficient resources", () => {
  const machine = synSent();
  machine.send(0x4000_0000);
  expect(machine.result).toBe("insufficient resources");
});
