import { describe, expect, test } from "vitest";
import {
  established,
  IRS,
  ISS,
  inState,
  SECOND,
  seg,
  synReceived,
  synSent,
} from "./support/machine.ts";

const MSL = 120 * SECOND;

describe("CLOSE, §3.10.4", () => {
  test("ESTABLISHED: FIN,ACK and FIN-WAIT-1", () => {
    expect(established().close()).toMatchObject({
      sent: ["<SEQ=101><ACK=301><CTL=FIN,ACK>"],
      state: "FIN-WAIT-1",
    });
  });

  test("SYN-SENT: the TCB is deleted without a word", () => {
    expect(synSent().close()).toMatchObject({ sent: [], state: "CLOSED" });
  });

  test("SYN-RECEIVED: FIN at once where nothing is queued", () => {
    expect(synReceived().close()).toMatchObject({
      sent: ["<SEQ=101><ACK=301><CTL=FIN,ACK>"],
      state: "FIN-WAIT-1",
    });
  });

  test("SYN-RECEIVED with text queued: waits for ESTABLISHED", () => {
    const machine = synReceived();
    machine.send(4);
    expect(machine.close()).toMatchObject({ sent: [], state: "SYN-RECEIVED" });
    expect(machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1 }))).toMatchObject({
      sent: ["<SEQ=101><ACK=301><DATA=4><CTL=FIN,PSH,ACK>"],
      state: "FIN-WAIT-1",
      causes: ["rcv ACK of SYN", "CLOSE"],
    });
  });

  test("the FIN follows all text: FIN-WAIT-1 at once, the FIN when the window lets it", () => {
    const machine = synSent();
    machine.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1, window: 4 }));
    expect(machine.send(5).sent).toEqual(["<SEQ=101><ACK=301><DATA=4><CTL=ACK>"]);
    expect(machine.close()).toMatchObject({ sent: [], state: "FIN-WAIT-1" });
    const step = machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 5, window: 100 }));
    expect(step.sent).toEqual(["<SEQ=105><ACK=301><DATA=1><CTL=FIN,PSH,ACK>"]);
  });

  test("CLOSE-WAIT: FIN,ACK and LAST-ACK", () => {
    expect(inState("CLOSE-WAIT").close()).toMatchObject({
      sent: ["<SEQ=101><ACK=302><CTL=FIN,ACK>"],
      state: "LAST-ACK",
    });
  });

  test.each(["FIN-WAIT-1", "FIN-WAIT-2", "CLOSING", "LAST-ACK", "TIME-WAIT"] as const)(
    "%s: connection closing, and no second FIN",
    (state) => {
      const machine = inState(state);
      expect(machine.close()).toMatchObject({ sent: [], state });
      expect(machine.result).toBe("connection closing");
    },
  );

  test("CLOSED: connection does not exist", () => {
    const machine = synSent();
    machine.close();
    machine.close();
    expect(machine.result).toBe("connection does not exist");
  });

  test("SEND after CLOSE: connection closing", () => {
    const machine = inState("FIN-WAIT-2");
    machine.send(1);
    expect(machine.result).toBe("connection closing");
  });
});

describe("the peer's FIN, §3.10.7.4 eighth", () => {
  const fin = seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 1 });

  test("ESTABLISHED: CLOSE-WAIT, acknowledged, the user is told", () => {
    expect(established().arrives(fin)).toMatchObject({
      sent: ["<SEQ=101><ACK=302><CTL=ACK>"],
      state: "CLOSE-WAIT",
      signals: ["peer closed"],
    });
  });

  test("FIN-WAIT-1, ours not acknowledged: CLOSING", () => {
    expect(inState("FIN-WAIT-1").arrives(fin)).toMatchObject({
      sent: ["<SEQ=102><ACK=302><CTL=ACK>"],
      state: "CLOSING",
    });
  });

  test("FIN-WAIT-1, ours acknowledged by the same segment: TIME-WAIT (Figure 5, note 2)", () => {
    const step = inState("FIN-WAIT-1").arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 2 }));
    expect(step).toMatchObject({
      sent: ["<SEQ=102><ACK=302><CTL=ACK>"],
      state: "TIME-WAIT",
      causes: ["rcv ACK of FIN", "rcv FIN"],
    });
  });

  test("FIN-WAIT-2: TIME-WAIT", () => {
    const step = inState("FIN-WAIT-2").arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 2 }));
    expect(step).toMatchObject({ sent: ["<SEQ=102><ACK=302><CTL=ACK>"], state: "TIME-WAIT" });
  });

  test("behind missing text it does not count", () => {
    const machine = established();
    const step = machine.arrives(seg("FIN,ACK", { seq: IRS + 4, ack: ISS + 1 }));
    expect(step).toMatchObject({ sent: ["<SEQ=101><ACK=301><CTL=ACK>"], state: "ESTABLISHED" });
  });

  test("after its text it counts, and one ACK says both", () => {
    const step = established().arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 1, length: 10 }));
    expect(step).toMatchObject({
      sent: ["<SEQ=101><ACK=312><CTL=ACK>"],
      taken: 10,
      state: "CLOSE-WAIT",
    });
  });

  test("without the ACK bit it is dropped", () => {
    const step = established().arrives(seg("FIN", { seq: IRS + 1 }));
    expect(step).toMatchObject({ sent: [], state: "ESTABLISHED" });
  });

  test.each(["CLOSE-WAIT", "CLOSING", "LAST-ACK"] as const)(
    "once more in %s: acknowledged, nothing else",
    (state) => {
      const machine = inState(state);
      const step = machine.arrives(fin);
      expect(step).toMatchObject({ state, signals: [] });
      expect(step.sent).toHaveLength(1);
    },
  );
});

describe("the ACK of our FIN", () => {
  test("FIN-WAIT-1: FIN-WAIT-2, and no timer runs", () => {
    const machine = inState("FIN-WAIT-1");
    const step = machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 2 }));
    expect(step).toMatchObject({ sent: [], state: "FIN-WAIT-2", signals: ["close acknowledged"] });
    expect(machine.pollAtUs).toBe(Number.POSITIVE_INFINITY);
  });

  test("FIN-WAIT-1: an ACK of the text before it is not enough", () => {
    const machine = established();
    machine.send(5);
    machine.close();
    expect(machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 6 })).state).toBe("FIN-WAIT-1");
    expect(machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 7 })).state).toBe("FIN-WAIT-2");
  });

  test("CLOSING: TIME-WAIT", () => {
    const step = inState("CLOSING").arrives(seg("ACK", { seq: IRS + 2, ack: ISS + 2 }));
    expect(step).toMatchObject({ sent: [], state: "TIME-WAIT" });
  });

  test("CLOSING, not acknowledged: the rest of the segment is ignored (§3.10.7.4, fifth)", () => {
    const segment = seg("FIN,ACK", { seq: IRS + 2, ack: ISS + 1, length: 5 });
    const step = inState("CLOSING").arrives(segment);
    expect(step).toMatchObject({ sent: [], state: "CLOSING", taken: 0 });
  });

  test("CLOSING, text acknowledged: what waited behind it goes out", () => {
    const machine = established();
    machine.send(9000);
    machine.close();
    const crossed = machine.arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 1 }));
    expect(crossed.state).toBe("CLOSING");
    const step = machine.arrives(seg("ACK", { seq: IRS + 2, ack: ISS + 1461 }));
    expect(step.state).toBe("CLOSING");
    expect(step.sent[0]).toMatch(/DATA=1460/);
  });

  test("LAST-ACK: CLOSED", () => {
    const machine = inState("LAST-ACK");
    const step = machine.arrives(seg("ACK", { seq: IRS + 2, ack: ISS + 2 }));
    expect(step).toMatchObject({ sent: [], state: "CLOSED", signals: ["close acknowledged"] });
    expect(machine.pollAtUs).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("half-close, §3.6.1", () => {
  test("FIN-WAIT-2 still takes and acknowledges text", () => {
    const step = inState("FIN-WAIT-2").arrives(
      seg("ACK", { seq: IRS + 1, ack: ISS + 2, length: 30 }),
    );
    expect(step).toMatchObject({ sent: ["<SEQ=102><ACK=331><CTL=ACK>"], taken: 30 });
  });

  test("CLOSE-WAIT still sends", () => {
    expect(inState("CLOSE-WAIT").send(8).sent).toEqual(["<SEQ=101><ACK=302><DATA=8><CTL=PSH,ACK>"]);
  });

  test("CLOSE-WAIT takes no more text: its peer has sent a FIN", () => {
    const step = inState("CLOSE-WAIT").arrives(
      seg("ACK", { seq: IRS + 2, ack: ISS + 1, length: 3 }),
    );
    expect(step.taken).toBe(0);
  });

  test("CLOSE-WAIT waits for its user for ever", () => {
    expect(inState("CLOSE-WAIT").pollAtUs).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("TIME-WAIT, §3.6.1", () => {
  test("lasts 2MSL (MUST-13)", () => {
    const machine = inState("TIME-WAIT");
    expect(machine.pollAtUs).toBe(2 * MSL);
    expect(machine.timeout()).toMatchObject({ state: "CLOSED", causes: ["2MSL timeout"] });
  });

  const again = seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 2 });

  test("the peer's FIN once more is acknowledged and restarts it", () => {
    const machine = inState("TIME-WAIT").at(50 * SECOND);
    expect(machine.arrives(again)).toMatchObject({
      sent: ["<SEQ=102><ACK=302><CTL=ACK>"],
      state: "TIME-WAIT",
    });
    expect(machine.pollAtUs).toBe(50 * SECOND + 2 * MSL);
  });

  test("by the letter it is acknowledged and does not restart it", () => {
    const machine = inState("TIME-WAIT", { oldFinRestartsTimeWait: 0 }).at(50 * SECOND);
    expect(machine.arrives(again).sent).toEqual(["<SEQ=102><ACK=302><CTL=ACK>"]);
    expect(machine.pollAtUs).toBe(2 * MSL);
  });

  test("old text is acknowledged and does not restart it", () => {
    const machine = inState("TIME-WAIT").at(50 * SECOND);
    machine.arrives(seg("ACK", { seq: IRS, ack: ISS + 2, length: 1 }));
    expect(machine.pollAtUs).toBe(2 * MSL);
  });

  test("a reset ends it early, unless RFC 1337 F1 ignores it", () => {
    const rst = seg("RST", { seq: IRS + 2 });
    expect(inState("TIME-WAIT").arrives(rst)).toMatchObject({
      state: "CLOSED",
      causes: ["rcv RST"],
    });
    expect(inState("TIME-WAIT", { rfc1337: 1 }).arrives(rst).state).toBe("TIME-WAIT");
  });
});

describe("a lost FIN (§3.8.1)", () => {
  test("goes out again after 1, 3, 7, 15, 31, 63 s, and is given up at 123 s (R2)", () => {
    const machine = established();
    machine.close();
    const times: number[] = [];
    while (machine.tcb.state !== 0) {
      const step = machine.timeout();
      times.push(machine.nowUs / SECOND);
      if (step.state === "FIN-WAIT-1") {
        expect(step.sent).toEqual(["<SEQ=101><ACK=301><CTL=FIN,ACK>"]);
      }
    }
    expect(times).toEqual([1, 3, 7, 15, 31, 63, 123]);
  });

  test("LAST-ACK retransmits as well", () => {
    expect(inState("LAST-ACK").timeout().sent).toEqual(["<SEQ=101><ACK=302><CTL=FIN,ACK>"]);
  });

  test("goes again together with text that was lost before it", () => {
    const machine = established();
    machine.send(5);
    machine.close();
    expect(machine.timeout().sent).toEqual(["<SEQ=101><ACK=301><DATA=5><CTL=FIN,PSH,ACK>"]);
  });
});
