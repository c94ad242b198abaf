import { describe, expect, test } from "vitest";
import { acks, established, IRS, ISS, inState, Machine, seg, text } from "./support/machine.ts";

describe("sending urgent text, §3.8.5 (MUST-30)", () => {
  test("the pointer is the offset of the octet after it (MUST-62)", () => {
    const [segment] = established().send(5, true).segments;
    expect(segment).toMatchObject({ seq: ISS + 1, urgentPointer: 5, length: 5 });
    expect(established().send(5, true).sent).toEqual([
      "<SEQ=101><ACK=301><DATA=5><CTL=PSH,URG,ACK>",
    ]);
  });

  test("may be of any length: every segment before its end points there (MUST-31)", () => {
    const machine = established({ mss: 1000, initialWindow: 100 });
    const { segments } = machine.send(3500, true);
    expect(segments.map((segment) => segment.urgentPointer)).toEqual([3500, 2500, 1500, 500]);
  });

  test("an end too far away for the field is shown as far as the field goes (MUST-31)", () => {
    const machine = established(
      { mss: 1000, initialWindow: 200, windowScale: 2 },
      { windowScale: 2 },
    );
    machine.arrives(acks(0));
    const { segments } = machine.send(70_000, true);
    expect(segments[0]?.urgentPointer).toBe(65535);
    expect(segments[10]?.urgentPointer).toBe(60_000);
  });

  test("text after the urgent text is not marked", () => {
    const machine = established({ mss: 1000, nagle: 0 });
    machine.send(10, true);
    expect(machine.send(10).sent).toEqual(["<SEQ=111><ACK=301><DATA=10><CTL=PSH,ACK>"]);
  });

  test("what waits before it is marked, too, and does not wait for an ACK", () => {
    const machine = established({ mss: 1000 });
    machine.send(10);
    machine.send(20);
    const step = machine.send(5, true);
    expect(step.sent).toEqual(["<SEQ=111><ACK=301><DATA=25><CTL=PSH,URG,ACK>"]);
    expect(step.segments[0]?.urgentPointer).toBe(25);
  });

  test("a retransmission is marked as well; once acknowledged, nothing is", () => {
    const machine = established();
    machine.send(5, true);
    expect(machine.timeout().sent).toEqual(["<SEQ=101><ACK=301><DATA=5><CTL=PSH,URG,ACK>"]);
    machine.arrives(acks(5));
    expect(machine.tcb.sndUrgent).toBe(0);
  });
});

describe("receiving urgent text, §3.8.5 and §3.10.7.4 sixth", () => {
  const urgent = (offset: number, length: number, urgentPointer: number) =>
    seg("URG,ACK", { seq: IRS + 1 + offset, ack: ISS + 1, length, urgentPointer });

  test("only the URG bit makes it urgent, whatever the pointer says", () => {
    const machine = established();
    expect(machine.arrives(text(5, 5)).signals).toEqual([]);
    expect(machine.arrives(text(10, 5, { urgentPointer: 9 })).signals).toEqual([]);
    expect(machine.urgentAhead).toBe(0);
  });

  test("is urgent wherever the numbers stand when the first comes", () => {
    const seq = 0x9000_0000;
    const machine = established({}, { seq });
    const first = seg("URG,ACK", { seq: seq + 1, ack: ISS + 1, urgentPointer: 50 });
    expect(machine.arrives(first).signals).toEqual(["urgent data"]);
    expect(machine.urgentAhead).toBe(50);
  });

  test("the user is told at once, before the text is there (MUST-32)", () => {
    const machine = established();
    const step = machine.arrives(urgent(0, 0, 50));
    expect(step).toMatchObject({ signals: ["urgent data"], taken: 0 });
    expect(machine.urgentAhead).toBe(50);
  });

  test("and again whenever the pointer advances, but not when it does not (MUST-32)", () => {
    const machine = established();
    expect(machine.arrives(urgent(0, 10, 20)).signals).toEqual(["urgent data"]);
    expect(machine.arrives(urgent(10, 5, 10)).signals).toEqual([]);
    expect(machine.arrives(urgent(15, 5, 10)).signals).toEqual(["urgent data"]);
  });

  test("the user can learn how much of it is still to be read (MUST-33)", () => {
    const machine = established();
    machine.arrives(urgent(0, 10, 25));
    expect(machine.urgentAhead).toBe(25);
    machine.receive(10);
    expect(machine.urgentAhead).toBe(15);
    machine.arrives(text(10, 20));
    expect(machine.urgentAhead).toBe(15);
    machine.receive(20);
    expect(machine.urgentAhead).toBe(0);
    expect(machine.tcb.rcvUrgent).toBe(0);
  });

  test("works across the wrap at 2³²", () => {
    const machine = established({}, { seq: 2 ** 32 - 11 });
    const step = machine.arrives(
      seg("URG,ACK", { seq: 2 ** 32 - 10, ack: ISS + 1, urgentPointer: 30 }),
    );
    expect(step.signals).toEqual(["urgent data"]);
    expect(machine.tcb.rcvUp).toBe(20);
    expect(machine.urgentAhead).toBe(30);
  });

  test("counts even where the window is shut (MUST-66)", () => {
    const machine = established({ receiveBuffer: 10 });
    machine.arrives(text(0, 10));
    expect(machine.arrives(urgent(10, 0, 5)).signals).toEqual(["urgent data"]);
    expect(machine.urgentAhead).toBe(15);
  });

  test("on the SYN,ACK counts from its text on", () => {
    const machine = new Machine();
    machine.open();
    const synAck = seg("SYN,URG,ACK", { seq: IRS, ack: ISS + 1, length: 4, urgentPointer: 4 });
    expect(machine.arrives(synAck)).toMatchObject({
      taken: 4,
      signals: ["connected", "urgent data"],
    });
    expect(machine.tcb.rcvUp).toBe(IRS + 5);
  });

  test("after the peer's FIN it is ignored", () => {
    const step = inState("CLOSE-WAIT").arrives({ ...urgent(1, 0, 9) });
    expect(step.signals).toEqual([]);
  });
});
