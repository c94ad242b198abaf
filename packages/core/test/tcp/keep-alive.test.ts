import { PARAM_BOUNDS, RFC9293 } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import {
  acks,
  established,
  IRS,
  ISS,
  inState,
  Machine,
  SECOND,
  seg,
  synSent,
  text,
} from "./support/machine.ts";

const HOUR = 3600 * SECOND;

function alive(params = {}): Machine {
  const machine = established(params);
  machine.keepAlive(true);
  return machine;
}

describe("keep-alive, §3.8.4 (MAY-5)", () => {
  test("is off unless the user turns it on (MUST-25), and off again when he turns it off (MUST-24)", () => {
    const machine = established();
    expect(machine.pollAtUs).toBe(Number.POSITIVE_INFINITY);
    machine.keepAlive(true);
    expect(machine.pollAtUs).toBe(2 * HOUR);
    machine.keepAlive(false);
    expect(machine.pollAtUs).toBe(Number.POSITIVE_INFINITY);
  });

  test("waits two hours by default, no less (MUST-28)", () => {
    expect(RFC9293.keepAliveIdleUs).toBeGreaterThanOrEqual(2 * HOUR);
  });

  test("waits as long as it is told (MUST-27)", () => {
    expect(alive({ keepAliveIdleUs: 60 * SECOND }).pollAtUs).toBe(60 * SECOND);
  });

  test("a probe is an empty segment that is not acceptable (SHLD-12)", () => {
    const machine = alive();
    expect(machine.timeout().sent).toEqual(["<SEQ=100><ACK=301><CTL=ACK>"]);
    // At the other end, in the same place: it draws an ACK, and nothing else.
    const peer = established();
    const probe = seg("ACK", { seq: IRS, ack: ISS + 1 });
    expect(peer.arrives(probe).sent).toEqual(["<SEQ=101><ACK=301><CTL=ACK>"]);
  });

  test("a probe with one octet of garbage is answered as well (MAY-6)", () => {
    const step = established().arrives(seg("ACK", { seq: IRS, ack: ISS + 1, length: 1 }));
    expect(step).toMatchObject({ sent: ["<SEQ=101><ACK=301><CTL=ACK>"], taken: 0 });
  });

  test("whatever the peer sends starts the idle time again: text, or an ACK (MUST-26)", () => {
    const machine = alive();
    machine.at(1 * HOUR).arrives(text(0, 1));
    expect(machine.tcb.keepAliveAtUs).toBe(3 * HOUR);
    machine.at(2 * HOUR).arrives(seg("ACK", { seq: IRS + 2, ack: ISS + 1 }));
    expect(machine.tcb.keepAliveAtUs).toBe(4 * HOUR);
  });

  test("no probe while text is outstanding (MUST-26)", () => {
    const machine = alive({ keepAliveIdleUs: 2 * SECOND });
    machine.send(5);
    const sent: string[] = [];
    while (machine.nowUs < 60 * SECOND) sent.push(...machine.timeout().sent);
    expect(sent).not.toContain("<SEQ=105><ACK=301><CTL=ACK>");
    expect(new Set(sent)).toEqual(new Set(["<SEQ=101><ACK=301><DATA=5><CTL=PSH,ACK>"]));
  });

  test("one unanswered probe is no proof of death, nine are (MUST-29)", () => {
    const machine = alive();
    const sent: number[] = [];
    let last = machine.timeout();
    while (machine.tcb.state !== 0) {
      sent.push(machine.nowUs / SECOND);
      last = machine.timeout();
    }
    expect(sent).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => 7200 + n * 75));
    expect(last).toMatchObject({ signals: ["timed out"], causes: ["keep-alive timeout"] });
    expect(PARAM_BOUNDS.keepAliveProbes.min).toBeGreaterThan(1);
  });

  test("an answer starts it all again (MUST-29)", () => {
    const machine = alive();
    for (let probe = 0; probe < 8; probe += 1) machine.timeout();
    machine.arrives(acks(0));
    expect(machine.tcb.keepAliveProbes).toBe(0);
    expect(machine.pollAtUs).toBe(machine.nowUs + 2 * HOUR);
  });

  test("a host that has lost the connection answers a probe with a reset", () => {
    const machine = alive();
    const [probe] = machine.timeout().segments;
    const [answer] = new Machine().arrives(probe ?? seg("")).segments;
    expect(answer).toMatchObject({ seq: IRS + 1 });
    expect(machine.arrives(answer ?? seg(""))).toMatchObject({ signals: ["connection reset"] });
  });

  test("turned on before the handshake, it begins with the connection", () => {
    const machine = synSent();
    machine.keepAlive(true);
    machine.at(5 * SECOND).arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1 }));
    expect(machine.pollAtUs).toBe(5 * SECOND + 2 * HOUR);
    const passive = inState("SYN-RECEIVED");
    passive.keepAlive(true);
    passive.at(5 * SECOND).arrives(acks(0));
    expect(passive.pollAtUs).toBe(5 * SECOND + 2 * HOUR);
  });

  test("goes on after our FIN is acknowledged, and ends with TIME-WAIT", () => {
    const machine = alive();
    machine.close();
    machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 2 }));
    expect(machine.pollAtUs).toBe(2 * HOUR);
    machine.arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 2 }));
    expect(machine.pollAtUs).toBe(240 * SECOND);
    machine.arrives(seg("ACK", { seq: IRS + 2, ack: ISS + 2 }));
    expect(machine.tcb.keepAliveAtUs).toBe(-1);
  });

  test("beside the user timeout option, it waits longer than the user timeout (RFC 5482 §4.2)", () => {
    const params = { keepAliveIdleUs: 60 * SECOND, advertisedUserTimeout: 300 };
    expect(alive(params).pollAtUs).toBeGreaterThan(300 * SECOND);
  });
});
