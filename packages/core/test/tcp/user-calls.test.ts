import {
  close,
  createOutbox,
  createTcb,
  RFC9293,
  State,
  type StateName,
  send,
} from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { acks, established, IRS, ISS, inState, Machine, seg, text } from "./support/machine.ts";

describe("OPEN, §3.10.1", () => {
  test.each([0, 2 ** 32 - 1])("takes an ISS of %d", (iss) => {
    expect(new Machine().open(iss).segments[0]?.seq).toBe(iss);
  });

  test.each([-1, 2 ** 32, 0.5, Number.NaN])("an ISS of %d is a bug of the caller", (iss) => {
    expect(() => new Machine().open(iss)).toThrow("synfin: ISS is not a 32-bit number");
  });

  test("assumes the smaller MSS until the peer has named its own (MUST-15)", () => {
    const first = new Machine();
    first.open();
    expect(first.tcb).toMatchObject({ sndMss: 536, cwnd: 4 * 536 });
    const smaller = new Machine({ mss: 400 });
    smaller.open();
    expect(smaller.tcb.sndMss).toBe(400);
  });
});

describe("SEND, §3.10.2", () => {
  test.each([0, -1, 0.5, Number.NaN])("of %d octets is a bug of the caller", (length) => {
    expect(() => established().send(length)).toThrow(
      "synfin: SEND needs a positive number of octets",
    );
  });

  test("is not urgent unless the user says so", () => {
    const { tcb, params } = established();
    const out = createOutbox();
    expect(send(tcb, 5, 0, params, out)).toBe("ok");
    expect(out.segments[0]).toMatchObject({ length: 5, urgentPointer: 0 });
    expect(tcb.sndUrgent).toBe(0);
  });

  test("has no connection to send on in CLOSED and LISTEN", () => {
    for (const state of [State.CLOSED, State.LISTEN]) {
      const tcb = { ...createTcb(), state };
      expect(send(tcb, 1, 0, RFC9293, createOutbox())).toBe("connection does not exist");
    }
  });

  test("queues up to a quarter of the sequence space, and not an octet more", () => {
    const machine = established();
    machine.send(0x3fff_ffff);
    expect(machine.result).toBe("ok");
    machine.send(1);
    expect(machine.result).toBe("insufficient resources");
  });
});

describe("RECEIVE, §3.10.3", () => {
  /** Where the peer may still send text, what it has sent fills the buffer. */
  function full(state: "ESTABLISHED" | "FIN-WAIT-1" | "FIN-WAIT-2"): Machine {
    const machine = inState(state, { receiveBuffer: 1000 });
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: machine.tcb.sndUna, length: 1000 }));
    expect(machine.tcb.rcvWnd).toBe(0);
    return machine;
  }

  test.each(["ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2"] as const)(
    "tells the peer of the room in %s",
    (state) => {
      const [update] = full(state).receive(1000).segments;
      expect(update).toMatchObject({ ack: IRS + 1001, window: 1000 });
    },
  );

  test("tells no one in CLOSE-WAIT: the peer has nothing more to send", () => {
    const machine = established({ receiveBuffer: 1000 });
    machine.arrives(text(0, 999));
    machine.arrives(seg("FIN,ACK", { seq: IRS + 1000, ack: ISS + 1 }));
    expect(machine.receive(999).sent).toEqual([]);
  });

  test("tells it in the units of the window scale", () => {
    const machine = established({ receiveBuffer: 8000, windowScale: 2 }, { windowScale: 2 });
    machine.arrives(text(0, 8000));
    expect(machine.receive(8000).segments[0]?.window).toBe(2000);
    machine.arrives(text(8000, 6800));
    expect(machine.tcb.rcvWnd).toBe(1200);
    expect(machine.receive(6800).segments[0]?.window).toBe(2000);
  });

  test("the urgent text is over once it is read, to the octet", () => {
    const machine = established();
    machine.arrives(seg("URG,ACK", { seq: IRS + 1, ack: ISS + 1, length: 5, urgentPointer: 5 }));
    machine.receive(4);
    expect(machine.tcb.rcvUrgent).toBe(1);
    machine.receive(1);
    expect(machine.tcb.rcvUrgent).toBe(0);
  });

  test("a window that has not opened by a segment or half the buffer stays (MUST-39)", () => {
    const machine = established({ receiveBuffer: 65535 });
    machine.arrives(text(0, 100));
    machine.receive(100);
    expect(machine.tcb).toMatchObject({ rcvFree: 65535, rcvWnd: 65435 });
  });

  test("a host that accepts what it has not offered counts all of its buffer", () => {
    const window = (acceptsUnoffered: number) => {
      const machine = established({ receiveBuffer: 100_000, acceptsUnoffered });
      return { rcvWnd: machine.tcb.rcvWnd, said: machine.arrives(text(0, 1)).segments[0]?.window };
    };
    expect(window(0)).toEqual({ rcvWnd: 65535, said: 65535 });
    expect(window(1)).toEqual({ rcvWnd: 100_000, said: 65535 });
  });
});

describe("CLOSE, §3.10.4", () => {
  test("in a closing state without a FIN is a bug of ours", () => {
    const tcb = { ...inState("LAST-ACK").tcb, finQueued: 0 };
    expect(() => close(tcb, 0, RFC9293, createOutbox())).toThrow(
      "synfin: a closing state without a queued FIN",
    );
  });
});

describe("what goes again in LAST-ACK", () => {
  /** Three segments and a FIN are out, and their timer has run out. */
  function lost(state: "CLOSE-WAIT" | "ESTABLISHED"): Machine {
    const machine = inState(state, { mss: 1000 });
    machine.send(3000);
    machine.close();
    expect(machine.timeout().sent).toEqual([
      `<SEQ=101><ACK=${machine.tcb.rcvNxt}><DATA=1000><CTL=ACK>`,
    ]);
    return machine;
  }

  test.each<[StateName, "CLOSE-WAIT" | "ESTABLISHED", number]>([
    ["LAST-ACK", "CLOSE-WAIT", IRS + 2],
    ["FIN-WAIT-1", "ESTABLISHED", IRS + 1],
  ])("and in %s: segment after segment, the FIN with the last", (state, from, seq) => {
    const machine = lost(from);
    const next = machine.arrives(seg("ACK", { seq, ack: ISS + 1 + 1000 }));
    expect(next).toMatchObject({
      state,
      sent: [
        `<SEQ=1101><ACK=${seq}><DATA=1000><CTL=ACK>`,
        `<SEQ=2101><ACK=${seq}><DATA=1000><CTL=FIN,PSH,ACK>`,
      ],
    });
  });

  test("once, and not for every duplicate of an ACK", () => {
    const machine = established({ mss: 1000 });
    machine.send(2000);
    machine.timeout();
    expect(machine.arrives(acks(0)).sent).toEqual([]);
  });

  test("what limited transmit lets go meanwhile does not make it forgotten (RFC 3042)", () => {
    const machine = established({ mss: 1000, initialWindow: 2 });
    machine.send(3000);
    machine.timeout();
    const fresh = machine.arrivesOften(2, acks(0));
    expect(fresh.sent).toEqual(["<SEQ=2101><ACK=301><DATA=1000><CTL=PSH,ACK>"]);
    expect(machine.arrives(acks(1000)).sent[0]).toBe("<SEQ=1101><ACK=301><DATA=1000><CTL=ACK>");
  });
});
