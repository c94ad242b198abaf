import { paramProblem } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import {
  established,
  IRS,
  ISS,
  Machine,
  SECOND,
  seg,
  synReceived,
  synSent,
} from "./support/machine.ts";

describe("active OPEN, §3.10.1", () => {
  test("sends <SEQ=ISS><CTL=SYN> and enters SYN-SENT", () => {
    expect(new Machine().open()).toMatchObject({
      sent: ["<SEQ=100><CTL=SYN>"],
      state: "SYN-SENT",
      causes: ["active OPEN"],
    });
  });

  test("of a connection that exists is an error", () => {
    const machine = synSent();
    expect(machine.open()).toMatchObject({ sent: [], state: "SYN-SENT" });
    expect(machine.result).toBe("connection already exists");
  });
});

describe("SYN-SENT, §3.10.7.3", () => {
  test("SYN,ACK: ESTABLISHED, and an ACK", () => {
    const step = synSent().arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1 }));
    expect(step).toMatchObject({
      sent: ["<SEQ=101><ACK=301><CTL=ACK>"],
      state: "ESTABLISHED",
      signals: ["connected"],
    });
  });

  test("text queued before goes out with that ACK", () => {
    const machine = synSent();
    machine.send(7);
    const step = machine.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1 }));
    expect(step.sent).toEqual(["<SEQ=101><ACK=301><DATA=7><CTL=PSH,ACK>"]);
  });

  test("text on the SYN,ACK is taken", () => {
    const step = synSent().arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1, length: 5 }));
    expect(step).toMatchObject({ sent: ["<SEQ=101><ACK=306><CTL=ACK>"], taken: 5 });
  });

  test.each([ISS - 1, ISS, ISS + 2])("an ACK of %i is not of our SYN: reset", (ack) => {
    const step = synSent().arrives(seg("SYN,ACK", { seq: IRS, ack }));
    expect(step).toMatchObject({ sent: [`<SEQ=${ack}><CTL=RST>`], state: "SYN-SENT" });
  });

  test("a reset with such an ACK is dropped", () => {
    const step = synSent().arrives(seg("RST,ACK", { seq: 0, ack: ISS }));
    expect(step).toMatchObject({ sent: [], state: "SYN-SENT" });
  });

  test("a reset with our SYN's ACK: refused", () => {
    const step = synSent().arrives(seg("RST,ACK", { seq: 0, ack: ISS + 1 }));
    expect(step).toMatchObject({
      sent: [],
      state: "CLOSED",
      signals: ["connection refused"],
      causes: ["rcv RST"],
    });
  });

  test("a reset without an ACK is dropped", () => {
    expect(synSent().arrives(seg("RST", { seq: 0 })).state).toBe("SYN-SENT");
  });

  test("neither SYN nor RST: dropped", () => {
    const step = synSent().arrives(seg("ACK", { seq: IRS, ack: ISS + 1 }));
    expect(step).toMatchObject({ sent: [], state: "SYN-SENT" });
  });

  test("SYN alone: SYN-RECEIVED, <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>", () => {
    const step = synSent().arrives(seg("SYN", { seq: IRS }));
    expect(step).toMatchObject({
      sent: ["<SEQ=100><ACK=301><CTL=SYN,ACK>"],
      state: "SYN-RECEIVED",
    });
  });
});

describe("simultaneous open, Figure 7 (MUST-10)", () => {
  function crossed(trimCrossedSyn: number): Machine {
    const machine = synSent({ trimCrossedSyn });
    machine.arrives(seg("SYN", { seq: IRS }));
    return machine;
  }

  test("the crossed SYN,ACK completes it", () => {
    const step = crossed(1).arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1 }));
    expect(step).toMatchObject({ sent: [], state: "ESTABLISHED", signals: ["connected"] });
  });

  test("by the letter it draws a bare ACK, which completes it at the peer", () => {
    const step = crossed(0).arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1 }));
    expect(step).toMatchObject({ sent: ["<SEQ=101><ACK=301><CTL=ACK>"], state: "SYN-RECEIVED" });
    expect(crossed(0).arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1 })).state).toBe(
      "ESTABLISHED",
    );
  });

  test("a reset in SYN-RECEIVED from an active OPEN: refused (MUST-11)", () => {
    const step = crossed(1).arrives(seg("RST", { seq: IRS + 1 }));
    expect(step).toMatchObject({ state: "CLOSED", signals: ["connection refused"] });
  });
});

describe("LISTEN, §3.10.7.2", () => {
  test("SYN: SYN-RECEIVED, <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>", () => {
    const step = new Machine().listen(seg("SYN", { seq: IRS }));
    expect(step).toMatchObject({
      sent: ["<SEQ=100><ACK=301><CTL=SYN,ACK>"],
      state: "SYN-RECEIVED",
    });
  });

  test("a reset is ignored", () => {
    expect(new Machine().listen(seg("RST"))).toMatchObject({ sent: [], state: "CLOSED" });
    expect(new Machine().listen(seg("SYN,RST"))).toMatchObject({ sent: [], state: "CLOSED" });
  });

  test.each(["ACK", "SYN,ACK", "FIN,ACK"])("%s draws <SEQ=SEG.ACK><CTL=RST>", (flags) => {
    const step = new Machine().listen(seg(flags, { seq: 5, ack: 77 }));
    expect(step).toMatchObject({ sent: ["<SEQ=77><CTL=RST>"], state: "CLOSED" });
  });

  test("a FIN without an ACK is dropped", () => {
    expect(new Machine().listen(seg("FIN", { seq: 5 }))).toMatchObject({
      sent: [],
      state: "CLOSED",
    });
  });

  test("text on the SYN is left for the peer to send again", () => {
    const step = new Machine().listen(seg("SYN", { seq: IRS, length: 20 }));
    expect(step).toMatchObject({ sent: ["<SEQ=100><ACK=301><CTL=SYN,ACK>"], taken: 0 });
  });
});

describe("SYN-RECEIVED, §3.10.7.4", () => {
  test("the ACK of our SYN: ESTABLISHED, silently", () => {
    const step = synReceived().arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1 }));
    expect(step).toMatchObject({ sent: [], state: "ESTABLISHED", signals: ["connected"] });
  });

  test("text with that ACK is taken at once", () => {
    const step = synReceived().arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, length: 9 }));
    expect(step).toMatchObject({ sent: ["<SEQ=101><ACK=310><CTL=ACK>"], taken: 9 });
  });

  test("a FIN with that ACK: two changes of state", () => {
    const step = synReceived().arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 1 }));
    expect(step).toMatchObject({
      state: "CLOSE-WAIT",
      causes: ["rcv ACK of SYN", "rcv FIN"],
      sent: ["<SEQ=101><ACK=302><CTL=ACK>"],
    });
  });

  test.each([ISS, ISS + 2])("an ACK of %i draws <SEQ=SEG.ACK><CTL=RST>", (ack) => {
    const step = synReceived().arrives(seg("ACK", { seq: IRS + 1, ack }));
    expect(step).toMatchObject({ sent: [`<SEQ=${ack}><CTL=RST>`], state: "SYN-RECEIVED" });
  });

  test("a reset returns a passive open to LISTEN, and no one is told (MUST-11)", () => {
    const step = synReceived().arrives(seg("RST", { seq: IRS + 1 }));
    expect(step).toMatchObject({ sent: [], state: "LISTEN", signals: [] });
  });

  test("an old SYN once more draws a bare ACK, by the letter", () => {
    const step = synReceived().arrives(seg("SYN", { seq: IRS }));
    expect(step).toMatchObject({ sent: ["<SEQ=101><ACK=301><CTL=ACK>"], state: "SYN-RECEIVED" });
  });

  test("a SYN in the window returns a passive open to LISTEN", () => {
    expect(synReceived().arrives(seg("SYN", { seq: IRS + 50 })).state).toBe("LISTEN");
  });

  test("without an ACK, nothing else happens", () => {
    const step = synReceived().arrives(seg("", { seq: IRS + 1, length: 4 }));
    expect(step).toMatchObject({ sent: [], state: "SYN-RECEIVED", taken: 0 });
  });
});

describe("a lost SYN (RFC 6298, §3.8.3)", () => {
  test("goes out at 0, 1, 3, 7, 15, 31, 63 and 123 s, and is given up at 183 s (MUST-23)", () => {
    const machine = synSent();
    const times: number[] = [];
    while (machine.tcb.state !== 0) {
      const step = machine.timeout();
      times.push(machine.nowUs / SECOND);
      if (step.state === "SYN-SENT") expect(step.sent).toEqual(["<SEQ=100><CTL=SYN>"]);
      else expect(step).toMatchObject({ sent: [], signals: ["timed out"], causes: ["R2 timeout"] });
    }
    expect(times).toEqual([1, 3, 7, 15, 31, 63, 123, 183]);
  });

  test("tells the user after R1 retransmissions (SHLD-9)", () => {
    const machine = synSent();
    const signals = [machine.timeout(), machine.timeout(), machine.timeout()].map((s) => s.signals);
    expect(signals).toEqual([[], [], ["no answer yet"]]);
  });

  test("leaves 3 s as the timeout for data (RFC 6298 §5.7)", () => {
    const machine = synSent();
    machine.timeout();
    machine.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1 }));
    expect(machine.tcb.rtoUs).toBe(3 * SECOND);
  });

  test("SYN,ACK is retransmitted as well", () => {
    expect(synReceived().timeout().sent).toEqual(["<SEQ=100><ACK=301><CTL=SYN,ACK>"]);
  });
});

describe("the MSS option, §3.7.1", () => {
  test("is on our SYN and on our SYN,ACK (MUST-14, SHLD-5, MAY-3), and on nothing else (MUST-65)", () => {
    const active = new Machine({ mss: 1200 });
    expect(active.open().segments.map((segment) => segment.mss)).toEqual([1200]);
    const ack = active.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1 }));
    expect(ack.segments.map((segment) => segment.mss)).toEqual([0]);
    const passive = new Machine({ mss: 1200 }).listen(seg("SYN", { seq: IRS }));
    expect(passive.segments.map((segment) => segment.mss)).toEqual([1200]);
  });

  test("sets the size of our segments", () => {
    const machine = synSent({ nagle: 0 });
    machine.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1, mss: 1000 }));
    expect(machine.send(2500).sent).toEqual([
      "<SEQ=101><ACK=301><DATA=1000><CTL=ACK>",
      "<SEQ=1101><ACK=301><DATA=1000><CTL=ACK>",
      "<SEQ=2101><ACK=301><DATA=500><CTL=PSH,ACK>",
    ]);
  });

  test("leaves room for the headers of IP and TCP (MUST-67)", () => {
    expect(paramProblem("mss", 65535 - 40)).toBeUndefined();
    expect(paramProblem("mss", 65535 - 39)).toMatch(/from 64 to 65495/);
  });

  test("is no reason to send more than we could receive ourselves (MUST-16)", () => {
    expect(established({ mss: 1000 }, { mss: 9000 }).tcb.sndMss).toBe(1000);
  });

  test("absurdly small, is not believed: options would leave no room for text", () => {
    const machine = established({ timestamps: 1 }, { mss: 1, hasTimestamps: 1, tsVal: 1 });
    expect(machine.tcb.sndMss).toBe(64);
    expect(machine.send(52).segments.map((segment) => segment.length)).toEqual([52]);
  });

  test("absent, is taken as 536, or as 1220 over IPv6 (MUST-15)", () => {
    const machine = synSent();
    machine.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1 }));
    expect(machine.tcb.sndMss).toBe(536);
    const v6 = synSent({ defaultMss: 1220 });
    v6.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1 }));
    expect(v6.tcb.sndMss).toBe(1220);
  });

  test("established() of these tests has one of 1460", () => {
    expect(established().tcb.sndMss).toBe(1460);
  });
});
