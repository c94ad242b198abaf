/**
 * Runs in which a law once blamed a TCP that was right about its timers: what
 * an end has done is judged by what it knew, and a trace does not tell all of that.
 */
import { keepAliveKeepsItsTimes, retransmissionFollowsSchedule } from "@synfin/properties";
import { expect, test } from "vitest";
import { connect, expectRight, opened, played, stray } from "../support/story.ts";

test("a round trip makes the timeout as long as what was left of the last one", () => {
  const run = played({
    seed: 0,
    client: { params: { mss: 100 } },
    server: { params: { delayedAckUs: 200_000 } },
    link: { delayUs: 700_000 },
    script: [...opened, { atUs: 0, host: "client", call: "send", bytes: 800 }],
  });
  expectRight(retransmissionFollowsSchedule, "timer set", run);
});

test("the first copy of the ACK comes too early, and the second one opens the connection", () => {
  const run = played({
    seed: 12,
    link: { delayUs: 333_333, duplicate: [1, 2], reorder: [1, 2] },
    script: [connect, { atUs: 1000, host: "server", call: "connect", port: 50_000, fromPort: 80 }],
  });
  expectRight(retransmissionFollowsSchedule, "timer set", run);
});

test("keep-alive leaves the watch to a timer that has just had the other name", () => {
  const run = played({
    seed: 1,
    client: { params: { receiveBuffer: 64 } },
    server: { params: { keepAliveIdleUs: 500_000 } },
    link: { delayUs: 1000 },
    faults: ["drop:server:DATA:2+"],
    script: [
      ...opened,
      { on: "ESTABLISHED", host: "server", call: "keep-alive" },
      { on: "ESTABLISHED", afterUs: 1000, host: "server", call: "send", bytes: 128 },
    ],
  });
  expectRight(keepAliveKeepsItsTimes, "idle time begun", run);
});

test("the timer of the SYN and that of the first text run out at the same time", () => {
  const run = played({
    seed: 2_147_483_640,
    server: { params: { delayedAckUs: 0, timestamps: 1, nagle: 0 } },
    link: { delayUs: 333_333, loss: [1, 2], reorder: [1, 2] },
    faults: ["corrupt:client:SYN", "reorder:client:SYN+"],
    script: [...opened, { atUs: 2_640_000, host: "client", call: "send", bytes: 4622 }],
  });
  expectRight(retransmissionFollowsSchedule, "timer backed off", run);
});

test("a bare ACK before the text is no reason to doubt its round trip", () => {
  const run = played({
    seed: 0,
    client: { params: { mss: 100 } },
    server: { params: { delayedAckUs: 200_000, receiveBuffer: 300 } },
    link: { delayUs: 700_000 },
    script: [
      ...opened,
      { atUs: 0, host: "client", call: "send", bytes: 300 },
      { on: "ESTABLISHED", host: "client", call: "close" },
    ],
  });
  expectRight(retransmissionFollowsSchedule, "timer set", run);
});

test("a second copy of a FIN whose window is shut answers no probe", () => {
  const run = played({
    seed: 253_654_428,
    client: { params: { delayedAckUs: 200_000, userTimeoutUs: 5_000_000 } },
    server: { params: { receiveBuffer: 64 }, reads: false },
    link: { delayUs: 50_000, loss: [1, 20], duplicate: [1, 5] },
    script: [
      ...opened,
      { on: "ESTABLISHED", host: "server", call: "send", bytes: 1 },
      { on: "ESTABLISHED", host: "client", call: "send", bytes: 65 },
      { atUs: 3_275_000, host: "server", call: "shutdown" },
    ],
  });
  expectRight(retransmissionFollowsSchedule, "probe answered", run);
});

test("what is left of the timer is left of the one that was set last", () => {
  const run = played({
    seed: 0,
    server: { params: { mss: 536 } },
    link: { delayUs: 700_000 },
    script: [
      ...opened,
      { on: "ESTABLISHED", afterUs: 300_000, host: "client", call: "send", bytes: 2144 },
    ],
  });
  expectRight(retransmissionFollowsSchedule, "timer set", run);
});

test("a SYN that is not acknowledged in CLOSING has the patience of a SYN", () => {
  const run = played({
    seed: 283_136_908,
    server: { isns: [0, 1_000_000] },
    link: { delayUs: 50_000, loss: [1, 5], corrupt: [1, 5] },
    script: [
      ...opened,
      { atUs: 200_000, host: "client", call: "close" },
      { atUs: 200_000, host: "server", call: "close" },
      stray("SYN", { atUs: 200_000 }, 0),
      {
        ...{ atUs: 50_000, host: "server", call: "inject" },
        segment: { flags: ["SYN"], seq: 0xffff_ffff, window: 1000, srcPort: 80, dstPort: 50_000 },
      },
    ],
  });
  expect(run.ends.find(({ host }) => host === "server")?.states.at(-1)?.from).toBe("CLOSING");
  expectRight(retransmissionFollowsSchedule, "given up", run);
});

test("a FIN acknowledges the SYN of an end that was closed before it was open", () => {
  const run = played({
    seed: 0,
    link: { delayUs: 50_000, corrupt: [1, 2] },
    script: [
      ...opened,
      { atUs: 4_000_000, host: "client", call: "close" },
      { atUs: 50_000, host: "server", call: "close" },
      stray("SYN", { on: "ESTABLISHED" }, 0),
    ],
  });
  expectRight(retransmissionFollowsSchedule, "timer backed off", run);
});
