import type { StateName, TcpParams } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import {
  acks,
  established,
  IRS,
  ISS,
  inState,
  Machine,
  SECOND,
  SYNCHRONIZED,
  seg,
  synSent,
  text,
} from "./support/machine.ts";

/** RCV.NXT of each machine that `inState` makes: past the peer's FIN where it has come. */
function rcvNxt(state: StateName): number {
  const finCame = ["CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT"].includes(state);
  return finCame ? IRS + 2 : IRS + 1;
}

const WINDOW = 1000;

describe.each(SYNCHRONIZED)("RFC 5961 §3, a RST in %s", (state) => {
  const at = (offset: number) => seg("RST", { seq: rcvNxt(state) + offset });
  const machine = () => inState(state, { receiveBuffer: WINDOW });

  test("at RCV.NXT: reset", () => {
    expect(machine().arrives(at(0)).state).toBe("CLOSED");
  });

  test.each([1, WINDOW - 1])("%i past it, in the window: a challenge ACK", (offset) => {
    const subject = machine();
    const { sndNxt, rcvNxt: next } = subject.tcb;
    expect(subject.arrives(at(offset))).toMatchObject({
      sent: [`<SEQ=${sndNxt}><ACK=${next}><CTL=ACK>`],
      state,
    });
  });

  test.each([-1, WINDOW, WINDOW + 50_000])("%i past it, outside: dropped in silence", (offset) => {
    expect(machine().arrives(at(offset))).toMatchObject({ sent: [], state });
  });
});

describe("RFC 5961 §3, elsewhere", () => {
  test("text on a RST does not move its number into the window (SHLD-2)", () => {
    const step = established().arrives(seg("RST", { seq: IRS - 4, length: 10 }));
    expect(step).toMatchObject({ sent: [], state: "ESTABLISHED" });
  });

  test("the peer's answer to a challenge is exact, and ends a connection that it has lost", () => {
    const machine = established();
    const [challenge] = machine.arrives(seg("RST", { seq: IRS + 500 })).segments;
    const [answer] = new Machine().arrives(challenge ?? seg("")).segments;
    expect(answer).toMatchObject({ seq: IRS + 1 });
    expect(machine.arrives(answer ?? seg("")).state).toBe("CLOSED");
  });

  test("SYN-SENT has no window: only the ACK counts (§3.2)", () => {
    expect(synSent().arrives(seg("RST,ACK", { seq: 12345, ack: ISS + 1 })).state).toBe("CLOSED");
    expect(synSent().arrives(seg("RST,ACK", { seq: 0, ack: ISS + 2 })).state).toBe("SYN-SENT");
  });

  test("SYN-RECEIVED: a RST in the window, not at RCV.NXT, draws a challenge ACK", () => {
    const step = inState("SYN-RECEIVED").arrives(seg("RST", { seq: IRS + 9 }));
    expect(step).toMatchObject({ sent: ["<SEQ=101><ACK=301><CTL=ACK>"], state: "SYN-RECEIVED" });
  });
});

describe.each(SYNCHRONIZED)("RFC 5961 §4, a SYN in %s", (state) => {
  test.each([-1000, -1, 0, 5, 70_000])(
    "%i past RCV.NXT: a challenge ACK, nothing else",
    (offset) => {
      const machine = inState(state);
      const { sndNxt, rcvNxt: next } = machine.tcb;
      expect(machine.arrives(seg("SYN", { seq: next + offset }))).toMatchObject({
        sent: [`<SEQ=${sndNxt}><ACK=${next}><CTL=ACK>`],
        state,
        signals: [],
      });
    },
  );
});

describe("RFC 5961 §5, the range of an ACK (MAY-12)", () => {
  /** 5000 octets were acknowledged, and no window was ever larger than 4000. */
  function sent5000(params: Partial<TcpParams> = {}): Machine {
    const machine = established({ mss: 1000, ...params }, { window: 4000 });
    machine.send(5000);
    machine.arrives(acks(2000, { window: 4000 }));
    machine.arrives(acks(5000, { window: 100 }));
    expect(machine.tcb.sndMaxWnd).toBe(4000);
    return machine;
  }
  const withText = (acked: number) => acks(acked, { length: 7 });

  test.each([
    [5000 - 4001, 0],
    [5000 - 4000, 7],
    [5000, 7],
    [5001, 0],
  ])("text that acknowledges %i of 5000 octets: %i octets are taken", (acked, taken) => {
    const step = sent5000().arrives(withText(acked));
    expect(step.taken).toBe(taken);
    expect(step.sent).toEqual([`<SEQ=5101><ACK=${301 + taken}><CTL=ACK>`]);
  });

  test("without RFC 5961 an old ACK is only old", () => {
    expect(sent5000({ rfc5961: 0 }).arrives(withText(0)).taken).toBe(7);
    expect(sent5000({ rfc5961: 0 }).arrives(withText(5001)).taken).toBe(0);
  });
});

describe("RFC 5961 §7, no more than so many challenge ACKs", () => {
  const rst = seg("RST", { seq: IRS + 2 });
  const syn = seg("SYN", { seq: IRS + 9000 });
  const oldSyn = seg("SYN", { seq: IRS - 9000 });
  const badAck = text(0, 0, { ack: ISS + 70_000 });

  function count(machine: Machine, times: number): number {
    let sent = 0;
    for (let time = 0; time < times; time += 1) {
      for (const segment of [rst, syn, oldSyn, badAck]) {
        sent += machine.arrives(segment).sent.length;
      }
    }
    return sent;
  }

  test("ten in five seconds, for a RST, a SYN and an ACK together", () => {
    const machine = established();
    expect(count(machine, 20)).toBe(10);
    expect(count(machine.at(5 * SECOND - 1), 20)).toBe(0);
    expect(count(machine.at(5 * SECOND), 20)).toBe(10);
  });

  test("both numbers can be set", () => {
    const machine = established({ challengeAcks: 3, challengeWindowUs: SECOND });
    expect(count(machine, 20)).toBe(3);
    expect(count(machine.at(SECOND), 20)).toBe(3);
    expect(count(established({ challengeAcks: 0 }), 20)).toBe(80);
  });

  test("other ACKs are not counted", () => {
    const machine = established();
    count(machine, 20);
    expect(machine.arrives(text(0, 5)).sent).toHaveLength(1);
    expect(machine.arrives(text(-50, 5)).sent).toHaveLength(1);
  });
});
