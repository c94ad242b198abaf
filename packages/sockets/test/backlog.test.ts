import { SynQueueFull } from "@synfin/core/tcp";
import { onHandshakeAck, onSyn } from "@synfin/sockets";
import { describe, expect, test } from "vitest";

const { DROP, REPLACE, COOKIE } = SynQueueFull;

const policy = (backlog: number, synQueueFull: number = DROP, acceptOverflowResets = 0) => ({
  backlog,
  synQueueFull,
  acceptOverflowResets,
});
const counts = (halfOpen: number, waiting: number) => ({ halfOpen, waiting });

describe("a SYN for a listener, RFC 4987", () => {
  test.each([
    ["room in both queues", 3, counts(3, 3), ["take", "take", "take"]],
    ["one more than the backlog is half-open", 3, counts(4, 0), ["drop", "replace", "cookie"]],
    ["one more than the backlog waits", 3, counts(0, 4), ["drop", "drop", "drop"]],
    ["both are full", 3, counts(4, 4), ["drop", "drop", "drop"]],
    ["a backlog of 0 has room for one handshake", 0, counts(0, 0), ["take", "take", "take"]],
    ["and for no second", 0, counts(1, 0), ["drop", "replace", "cookie"]],
    ["no limit", Number.POSITIVE_INFINITY, counts(1e9, 1e9), ["take", "take", "take"]],
  ])("%s", (_what, backlog, now, expected) => {
    const verdicts = [DROP, REPLACE, COOKIE].map((full) => onSyn(policy(backlog, full), now));
    expect(verdicts).toEqual(expected);
  });
});

describe("the ACK that completes a handshake", () => {
  test("is taken while no more than the backlog wait", () => {
    expect(onHandshakeAck(policy(2), counts(9, 2))).toBe("establish");
  });

  test("is ignored where one more does; or reset, if the host is told to", () => {
    expect(onHandshakeAck(policy(2), counts(0, 3))).toBe("ignore");
    expect(onHandshakeAck(policy(2, DROP, 1), counts(0, 3))).toBe("reset");
  });
});
