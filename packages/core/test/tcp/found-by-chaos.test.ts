import { describe, expect, test } from "vitest";
import {
  established,
  IRS,
  ISS,
  inState,
  Machine,
  SYNCHRONIZED,
  seg,
  synSent,
} from "./support/machine.ts";

/** What `chaos.test.ts` found, each as short as it can be told. */

describe("an option of illegal length resets no more than a RST could (MUST-7)", () => {
  const params = { badOptionResets: 1 };

  test.each(SYNCHRONIZED)("outside the window it changes nothing: %s", (state) => {
    const machine = inState(state, params);
    const before = { ...machine.tcb };
    const far = { seq: IRS + 200_000, ack: machine.tcb.sndNxt, badOption: 1 };
    for (const flags of ["ACK", "SYN", "RST"]) {
      expect(machine.arrives(seg(flags, far))).toMatchObject({ sent: [], signals: [] });
    }
    expect(machine.tcb).toEqual(before);
  });

  test("nor in SYN-SENT, where it does not answer our SYN", () => {
    const machine = synSent(params);
    for (const ack of [ISS, ISS + 2]) {
      const old = seg("SYN,ACK", { seq: IRS, ack, badOption: 1 });
      expect(machine.arrives(old)).toMatchObject({ sent: [], state: "SYN-SENT" });
    }
    const answer = seg("SYN,ACK", { seq: IRS, ack: ISS + 1, badOption: 1 });
    expect(machine.arrives(answer).state).toBe("CLOSED");
  });
});

/** A connection in SYN-RECEIVED whose SYN carried three octets. */
function synWithText(params = {}): Machine {
  const machine = new Machine({ sack: 1, ...params });
  machine.listen(seg("SYN", { seq: IRS, length: 3, sackPermitted: 1 }));
  return machine;
}

describe("text on a SYN (§3.10.7.2)", () => {
  test("is taken although text from further on establishes the connection", () => {
    const machine = synWithText();
    const step = machine.arrives(seg("ACK", { seq: IRS + 11, ack: ISS + 1, length: 5 }));
    expect(step).toMatchObject({ taken: 3, sent: ["<SEQ=101><ACK=304><CTL=ACK>"] });
  });

  test("is taken together with the text that follows it", () => {
    const step = synWithText().arrives(seg("ACK", { seq: IRS + 4, ack: ISS + 1, length: 5 }));
    expect(step).toMatchObject({ taken: 8, sent: ["<SEQ=101><ACK=309><CTL=ACK>"] });
  });

  test("is in no SACK block: it lies at RCV.NXT, and no connection is there yet (RFC 2018 §2)", () => {
    const machine = synWithText();
    expect(machine.timeout().segments[0]?.sackCount).toBe(0);
    const old = seg("ACK", { seq: IRS - 1, ack: ISS + 1, length: 1 });
    expect(machine.arrives(old).segments[0]?.sackCount).toBe(0);
  });
});

test("text from beyond the peer's FIN is in no SACK block once the FIN counts (RFC 2018 §3)", () => {
  const machine = established({ sack: 1 }, { sackPermitted: 1 });
  const beyond = seg("ACK", { seq: IRS + 2, ack: ISS + 1, length: 9 });
  expect(machine.arrives(beyond).segments[0]?.sackCount).toBe(1);
  const step = machine.arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 1 }));
  expect(step).toMatchObject({ state: "CLOSE-WAIT", sent: ["<SEQ=101><ACK=302><CTL=ACK>"] });
  expect(step.segments[0]?.sackCount).toBe(0);
});

test("a SYN,ACK that is sent again offers RCV.WND, not all the room there is (SHLD-14)", () => {
  const machine = new Machine({ receiveBuffer: 4000 });
  machine.listen(seg("SYN", { seq: IRS }));
  machine.close();
  // In FIN-WAIT-1, with our SYN unacknowledged: ten octets come and are read.
  machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS, length: 10 }));
  machine.receive(10);
  const again = machine.timeout().segments[0];
  expect(again).toMatchObject({ ack: IRS + 11, window: 3990 });
  const next = machine.arrives(seg("ACK", { seq: IRS + 11, ack: ISS, length: 1 })).segments[0];
  expect((next?.ack ?? 0) + (next?.window ?? 0)).toBe(IRS + 11 + 3990);
});
