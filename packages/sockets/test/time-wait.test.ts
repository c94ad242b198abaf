import { State, SynQueueFull } from "@synfin/core/tcp";
import type { Socket } from "@synfin/sockets";
import { describe, expect, test } from "vitest";
import { HOST, HostUnderTest, ISS, PEER, SECOND, value } from "./support/host.ts";

const IRS = 100;
/** The peer's FIN had 101, ours had 301. */
const NEWER = { seq: 200 };

/** A listener whose one connection has been closed by the host first: TIME-WAIT until 240 s. */
function inTimeWait(backlog = 5, synQueueFull: number = SynQueueFull.DROP) {
  const host = new HostUnderTest({ synQueueFull });
  value(host.stack.listen(80, { backlog }));
  host.arrives("SYN", { seq: IRS });
  host.arrives("ACK", { seq: IRS + 1, ack: ISS + 1 });
  value(host.stack.close(value(host.stack.accept(80)), 0));
  host.arrives("FIN,ACK", { seq: IRS + 1, ack: ISS + 2 });
  host.take();
  expect(host.states()).toEqual({ 50000: State.TIME_WAIT });
  host.nowUs = 100 * SECOND;
  return host;
}

const only = ({ stack }: HostUnderTest): Socket | undefined => stack.sockets()[0];

describe("a SYN that TIME-WAIT takes (MAY-2)", () => {
  test("opens a new connection, with an ISS above every number of the old one", () => {
    const host = inTimeWait();
    const iss = ISS + 2 + 125_000;
    expect(host.arrives("SYN", NEWER)).toEqual([
      `${HOST}:80 > ${PEER}:50000 SYN,ACK seq ${iss} ack 201`,
    ]);
    host.arrives("ACK", { seq: 201, ack: iss + 1 });
    expect(value(host.stack.accept(80)).tcb.state).toBe(State.ESTABLISHED);
    // From now on a reset is a reset.
    host.arrives("RST", { seq: 201 });
    expect(host.states()).toEqual({});
  });

  test("and was an old duplicate: the peer resets it, and TIME-WAIT is back", () => {
    const host = inTimeWait();
    const before = { ...only(host)?.tcb };
    host.arrives("SYN", NEWER);
    expect(host.states()).toEqual({ 50000: State.SYN_RECEIVED });
    expect(host.arrives("RST", { seq: 201 })).toEqual([]);
    expect(only(host)?.tcb).toEqual(before);
    // It does what TIME-WAIT does: the peer's FIN is acknowledged, and starts 2MSL again.
    const fin = { seq: IRS + 1, ack: ISS + 2 };
    expect(host.arrives("FIN,ACK", fin)).toEqual([
      `${HOST}:80 > ${PEER}:50000 ACK seq ${ISS + 2} ack ${IRS + 2}`,
    ]);
    host.pass(239 * SECOND);
    expect(host.states()).toEqual({ 50000: State.TIME_WAIT });
    host.pass(1 * SECOND);
    expect(host.states()).toEqual({});
  });

  test("again and again, if there are more of them", () => {
    const host = inTimeWait();
    for (let time = 0; time < 3; time += 1) {
      host.arrives("SYN", NEWER);
      host.arrives("RST", { seq: 201 });
      expect(host.states()).toEqual({ 50000: State.TIME_WAIT });
    }
    host.arrives("SYN", NEWER);
    expect(host.states()).toEqual({ 50000: State.SYN_RECEIVED });
  });

  test("after 2MSL have run out there is nothing to come back to", () => {
    const host = inTimeWait();
    host.arrives("SYN", NEWER);
    host.pass(140 * SECOND);
    host.arrives("RST", { seq: 201 });
    expect(host.states()).toEqual({});
  });

  test("gives its place in the SYN queue back", () => {
    const host = inTimeWait(0);
    host.arrives("SYN", NEWER);
    expect(host.arrives("SYN", { seq: 1, srcPort: 50001 })).toEqual([]);
    host.arrives("RST", { seq: 201 });
    expect(host.arrives("SYN", { seq: 1, srcPort: 50001 })).toHaveLength(1);
  });

  test("waits like any other where the SYN queue is full", () => {
    const host = inTimeWait(0);
    host.arrives("SYN", { seq: 1, srcPort: 50001 });
    expect(host.arrives("SYN", NEWER)).toEqual([]);
    expect(host.states()[50000]).toBe(State.TIME_WAIT);
  });

  test("or takes the oldest one's place", () => {
    const host = inTimeWait(0, SynQueueFull.REPLACE);
    host.arrives("SYN", { seq: 1, srcPort: 50001 });
    host.arrives("SYN", NEWER);
    expect(host.states()).toEqual({ 50000: State.SYN_RECEIVED });
  });
});
