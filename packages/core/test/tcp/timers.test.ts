import { createTcb, pollAt, type Tcb } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import {
  acks,
  established,
  Machine,
  SECOND,
  synReceived,
  synSent,
  text,
} from "./support/machine.ts";

const TIMERS: readonly (keyof Tcb)[] = [
  "retransmitAtUs",
  "timeWaitAtUs",
  "ackAtUs",
  "userTimeoutAtUs",
  "keepAliveAtUs",
  "finWait2AtUs",
];

describe("when the machine wants to be called", () => {
  test("never, while no timer runs", () => {
    expect(pollAt(createTcb())).toBe(Number.POSITIVE_INFINITY);
  });

  const pairs = TIMERS.flatMap((one) =>
    TIMERS.filter((other) => other !== one).map((other) => [one, other] as const),
  );

  test.each(pairs)("at %s where %s is later, and at time 0 as well", (one, other) => {
    expect(pollAt({ ...createTcb(), [one]: 5, [other]: 9 })).toBe(5);
    expect(pollAt({ ...createTcb(), [one]: 0, [other]: 9 })).toBe(0);
  });

  test("never for keep-alive where there is no connection", () => {
    const machine = new Machine();
    machine.keepAlive(true);
    expect(machine.pollAtUs).toBe(Number.POSITIVE_INFINITY);
  });

  test("when the first text has waited for its ACK as long as it may, not the last", () => {
    const machine = established({ delayedAckUs: 200_000 });
    machine.arrives(text(0, 1));
    machine.at(150_000).arrives(text(1, 1));
    expect(machine.pollAtUs).toBe(200_000);
  });

  test("two full segments do not wait; without timestamps they are full at the MSS", () => {
    const machine = established({ mss: 1460, delayedAckUs: 200_000 });
    machine.arrives(text(0, 1459));
    expect(machine.arrives(text(1459, 1460)).sent).toEqual([]);
    expect(machine.arrives(text(2919, 1)).sent).toHaveLength(1);
  });
});

describe("a timer that ran out with nothing outstanding", () => {
  test("is no sign of congestion: the probe of a shut window leaves CWND alone", () => {
    const machine = established({ mss: 1000 });
    machine.arrives(acks(0, { window: 0 }));
    machine.send(3000);
    const { cwnd, ssthresh } = machine.tcb;
    machine.timeout();
    expect(machine.tcb).toMatchObject({ cwnd, ssthresh });
  });
});

describe("a SYN that is given up at a time of its own (FreeBSD's keepinit)", () => {
  const exact = { synR2Exact: 1, synR2Us: 2.5 * SECOND };

  test("is not tried at its next timeout", () => {
    const machine = synSent(exact);
    machine.timeout();
    expect(machine.pollAtUs).toBe(2.5 * SECOND);
  });

  test("is the client's: a SYN,ACK has a time of its own", () => {
    const machine = synReceived(exact);
    machine.timeout();
    expect(machine.pollAtUs).toBe(3 * SECOND);
  });

  test("says nothing of text", () => {
    const machine = established(exact);
    machine.send(5);
    machine.timeout();
    expect(machine.pollAtUs).toBe(3 * SECOND);
  });
});
