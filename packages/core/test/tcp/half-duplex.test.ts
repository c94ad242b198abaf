import { PROFILES, State } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import {
  established,
  IRS,
  ISS,
  inState,
  type Machine,
  SECOND,
  seg,
  synReceived,
} from "./support/machine.ts";

const ackOfFin = seg("ACK", { seq: IRS + 1, ack: ISS + 2 });

/** Closed both ways by its user; the peer has acknowledged our FIN. */
function orphan(params = {}): Machine {
  const machine = established(params);
  machine.closeBoth();
  machine.arrives(ackOfFin);
  return machine;
}

describe("CLOSE in both directions, §3.6.1 (MAY-1)", () => {
  test("sends the same FIN as CLOSE", () => {
    expect(established().closeBoth()).toMatchObject({
      sent: ["<SEQ=101><ACK=301><CTL=FIN,ACK>"],
      state: "FIN-WAIT-1",
    });
  });

  test("text that arrives afterwards is lost, and a reset says so (SHLD-3)", () => {
    const step = orphan().arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 2, length: 5 }));
    expect(step).toMatchObject({
      sent: ["<SEQ=102><CTL=RST>"],
      state: "CLOSED",
      taken: 0,
      causes: ["rcv text after CLOSE"],
    });
  });

  test("so it is before our FIN is acknowledged, and with a FIN behind the text (SHLD-3)", () => {
    const machine = established();
    machine.closeBoth();
    const step = machine.arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 1, length: 5 }));
    expect(step).toMatchObject({ sent: ["<SEQ=101><CTL=RST>"], state: "CLOSED" });
  });

  test("old text is only acknowledged", () => {
    const machine = established();
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, length: 5 }));
    machine.receive(5);
    machine.closeBoth();
    const step = machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 2, length: 5 }));
    expect(step).toMatchObject({ sent: ["<SEQ=102><ACK=306><CTL=ACK>"], state: "FIN-WAIT-1" });
  });

  test("the peer's FIN alone ends it in the usual way", () => {
    const step = orphan().arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 2 }));
    expect(step.state).toBe("TIME-WAIT");
  });

  test("CLOSE in one direction goes on receiving", () => {
    const step = inState("FIN-WAIT-2").arrives(
      seg("ACK", { seq: IRS + 1, ack: ISS + 2, length: 5 }),
    );
    expect(step).toMatchObject({ taken: 5, state: "FIN-WAIT-2" });
  });

  test("a host may be told to take such text in silence", () => {
    const machine = orphan({ resetAfterClose: 0 });
    const step = machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 2, length: 5 }));
    expect(step.state).toBe("FIN-WAIT-2");
  });
});

describe("an orphan in FIN-WAIT-2", () => {
  const params = { orphanFinWait2Us: 60 * SECOND };

  test("waits for ever by the letter", () => {
    expect(orphan().pollAtUs).toBe(Number.POSITIVE_INFINITY);
  });

  test("is gone after the time that the parameters give it", () => {
    const machine = orphan(params);
    expect(machine.pollAtUs).toBe(60 * SECOND);
    expect(machine.timeout()).toMatchObject({
      state: "CLOSED",
      sent: [],
      causes: ["FIN-WAIT-2 timeout"],
    });
  });

  test("waits from the CLOSE of both ways on, if that comes later", () => {
    const machine = inState("FIN-WAIT-2", params).at(7 * SECOND);
    expect(machine.pollAtUs).toBe(Number.POSITIVE_INFINITY);
    machine.closeBoth();
    expect(machine.pollAtUs).toBe(67 * SECOND);
  });

  test("that reaches TIME-WAIT stays for 2MSL", () => {
    const machine = orphan(params);
    machine.arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 2 }));
    expect(machine.pollAtUs).toBe(240 * SECOND);
  });
});

describe("an orphan whose FIN no one acknowledges", () => {
  const params = { ...PROFILES.linux.params, receiveBuffer: 65535 };

  test("is given up by Linux after 102.2 s, 8 retransmissions, at an RTO of 200 ms", () => {
    const machine = established(params);
    machine.tcb.rtoUs = SECOND / 5;
    machine.closeBoth();
    let sent = 0;
    while (machine.tcb.state !== State.CLOSED) sent += machine.timeout().sent.length;
    expect({ sent, atUs: machine.nowUs }).toEqual({ sent: 8, atUs: 102_200_000 });
  });

  test("may take as long as any connection where the parameters name no time", () => {
    const machine = established({ ...params, orphanR2Us: 0 });
    machine.tcb.rtoUs = SECOND / 5;
    machine.closeBoth();
    machine.untilClosed();
    expect(machine.nowUs).toBe(924_600_000);
  });

  test("has its time for itself: a connection that is only shut down keeps R2", () => {
    const machine = established(params);
    machine.tcb.rtoUs = SECOND / 5;
    machine.close();
    machine.untilClosed();
    expect(machine.nowUs).toBe(924_600_000);
  });
});

describe("an option of illegal length (MUST-7)", () => {
  const bad = (flags: string) => seg(flags, { seq: IRS + 1, ack: ISS + 1, badOption: 1 });

  test("is survived: the segment is dropped, in every state", () => {
    for (const state of ["SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "TIME-WAIT"] as const) {
      const machine = inState(state);
      const before = { ...machine.tcb };
      expect(machine.arrives(bad("ACK"))).toMatchObject({ sent: [], state, signals: [] });
      expect(machine.tcb).toEqual(before);
    }
  });

  test("resets the connection where the parameters say so", () => {
    const step = established({ badOptionResets: 1 }).arrives(bad("ACK"));
    expect(step).toMatchObject({
      sent: ["<SEQ=101><CTL=RST>"],
      state: "CLOSED",
      signals: ["connection reset"],
      causes: ["rcv option of illegal length"],
    });
    expect(synReceived({ badOptionResets: 1 }).arrives(bad("ACK")).state).toBe("LISTEN");
  });

  test("on a SYN opens nothing", () => {
    const machine = inState("TIME-WAIT");
    expect(machine.arrives(bad("SYN")).state).toBe("TIME-WAIT");
  });
});
