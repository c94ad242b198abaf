import { describe, expect, test } from "vitest";
import { established, IRS, ISS, inState, SECOND, seg, synSent } from "./support/machine.ts";

describe("both windows shut, both ends probing (§3.8.6.1, MUST-66)", () => {
  test("the ACK behind the peer's probe counts, and draws no answer", () => {
    const machine = established({ receiveBuffer: 10 });
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 1, length: 10 }));
    machine.send(5);
    // The peer's probe took one sequence number that we have not taken.
    const step = machine.arrives(seg("ACK", { seq: IRS + 12, ack: ISS + 6 }));
    expect(step.sent).toEqual([]);
    expect(machine.tcb.sndUna).toBe(ISS + 6);
  });
});

test("after 2³² octets SND.UNA is at ISS again, and what is lost is text, no SYN (§3.8.1)", () => {
  const machine = established();
  const { tcb } = machine;
  tcb.sndUna = tcb.sndNxt = tcb.sndEnd = tcb.rexmitNxt = ISS;
  machine.send(5);
  expect(machine.timeout().sent).toEqual(["<SEQ=100><ACK=301><DATA=5><CTL=PSH,ACK>"]);
});

test("a SYN that timed out before the other crossed it leaves 3 s, too (RFC 6298 §5.7)", () => {
  const machine = synSent();
  for (let lost = 0; lost < 3; lost += 1) machine.timeout();
  machine.arrives(seg("SYN", { seq: IRS }));
  machine.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1 }));
  expect(machine.tcb.rtoUs).toBe(3 * SECOND);
});

test("an old FIN that acknowledges what was never sent restarts no 2MSL (§3.10.7.4)", () => {
  const machine = inState("TIME-WAIT");
  const before = machine.pollAtUs;
  machine.at(50 * SECOND).arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 5000 }));
  expect(machine.pollAtUs).toBe(before);
});
