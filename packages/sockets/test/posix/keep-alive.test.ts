import { Flag } from "@synfin/core/tcp";
import { expect, test } from "vitest";
import { errno, Pair, read, SECOND, SERVER, said, text, value } from "./pair.ts";

const TWO_HOURS = 7200 * SECOND;

/** How many segments the client sends within two idle hours. */
function probes(pair: Pair): number {
  pair.pass(TWO_HOURS - 1);
  expect(pair.client.pollAt()).toBeGreaterThanOrEqual(pair.nowUs);
  const at = pair.client.pollAt();
  if (at > pair.nowUs + 1) return 0;
  pair.client.timeouts(at);
  return pair.wire.length;
}

test("SO_KEEPALIVE on a connection: a probe after two idle hours, and none without it (MUST-24)", () => {
  const plain = new Pair();
  plain.connected();
  expect(probes(plain)).toBe(0);
  const pair = new Pair();
  const { client } = pair.connected();
  value(pair.client.setsockopt(client, "SO_KEEPALIVE", 1, pair.nowUs));
  expect(probes(pair)).toBe(1);
});

test("set before connect it holds for the connection", () => {
  const pair = new Pair();
  pair.listening();
  const fd = value(pair.client.socket());
  value(pair.client.setsockopt(fd, "SO_KEEPALIVE", 1, 0));
  pair.client.connect(fd, SERVER, 80, 0, () => {});
  pair.settle();
  expect(probes(pair)).toBe(1);
});

test("a listener's holds for what it accepts", () => {
  const pair = new Pair();
  const listener = pair.listening();
  value(pair.server.setsockopt(listener, "SO_KEEPALIVE", 1, 0));
  pair.connectedAgain();
  const accept = said<number>();
  pair.server.accept(listener, 5 * SECOND, accept.answer);
  value(accept.outcome);
  expect(pair.server.pollAt()).toBe(TWO_HOURS + 5 * SECOND);
});

test("turned off there is no probe; another option does not start the idle time again", () => {
  const pair = new Pair();
  const { client } = pair.connected();
  value(pair.client.setsockopt(client, "SO_KEEPALIVE", 1, 0));
  value(pair.client.setsockopt(client, "TCP_NODELAY", 1, SECOND));
  expect(pair.client.pollAt()).toBe(TWO_HOURS);
  value(pair.client.setsockopt(client, "SO_KEEPALIVE", 0, 2 * SECOND));
  expect(pair.client.pollAt()).toBe(Number.POSITIVE_INFINITY);
});

test("a peer that is gone: nine probes, then ETIMEDOUT", () => {
  const pair = new Pair();
  const { client } = pair.connected();
  value(pair.client.setsockopt(client, "SO_KEEPALIVE", 1, 0));
  const call = read(pair, pair.client, client);
  pair.pass(TWO_HOURS + 9 * 75 * SECOND - 1, true);
  expect(call.answers).toBe(0);
  pair.pass(1, true);
  expect(errno(call.outcome)).toBe("ETIMEDOUT");
});

test("MSG_OOB sends urgent text (MUST-30)", () => {
  const pair = new Pair();
  const { client } = pair.connected();
  pair.client.send(client, text("now"), { urgent: true }, 0, () => {});
  const [sent] = pair.wire;
  expect((sent?.segment.flags ?? 0) & Flag.URG).toBe(Flag.URG);
  expect(sent?.segment.urgentPointer).toBe(3);
});
