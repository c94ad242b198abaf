/**
 * Runs in which a law once blamed a TCP that was right about when it sends: what
 * an end has done is judged by what it knew, and a trace does not tell all of that.
 */
import {
  finGoesOutAtOnce,
  flightFitsTheNetwork,
  textGoesOutAtOnce,
  windowsAreNotSilly,
} from "@synfin/properties";
import type { Step } from "@synfin/simulator";
import { expect, test } from "vitest";
import { breaches } from "../support/doctor.ts";
import { expectRight, opened, played, stray } from "../support/story.ts";

test("an acknowledgment from past the window acknowledges nothing, so Nagle waits", () => {
  const run = played({
    seed: 240_009_472,
    server: { params: { receiveBuffer: 1000 } },
    link: { delayUs: 50_000, corrupt: [1, 5] },
    script: [
      ...opened,
      { on: "ESTABLISHED", afterUs: 100_000, host: "server", call: "send", bytes: 1 },
      { on: "ESTABLISHED", host: "client", call: "send", bytes: 1000, urgent: true },
      { on: "ESTABLISHED", host: "server", call: "send", bytes: 1 },
    ],
  });
  expect(breaches(textGoesOutAtOnce, run)).toEqual([]);
});

test("a duplicate comes in the microsecond of the first segment, and lets the second one go", () => {
  const run = played({
    seed: 16,
    client: { params: { mss: 100 } },
    link: { delayUs: 50_000, reorder: [1, 2], corrupt: [1, 2] },
    faults: ["drop:server:any"],
    script: [...opened, { atUs: 0, host: "client", call: "send", bytes: 200 }],
  });
  expectRight(flightFitsTheNetwork, "duplicate acknowledgment", run);
});

test("a bare ACK before the SYN,ACK opens nothing: a SYN that times out later is no loss of text", () => {
  const run = played({
    seed: 1_151_630_787,
    client: { params: { mss: 100 } },
    link: { delayUs: 50_000, jitterUs: 20_000, duplicate: [1, 2], corrupt: [1, 20] },
    script: [
      ...opened,
      { on: "ESTABLISHED", host: "client", call: "send", bytes: 400, urgent: true },
    ],
  });
  expectRight(flightFitsTheNetwork, "duplicate acknowledgment", run);
});

test("what was refused and is then acknowledged again opens the congestion window", () => {
  const run = played({
    seed: 1_307_004_855,
    client: { params: { receiveBuffer: 64, mss: 536 } },
    link: { delayUs: 50_000, duplicate: [1, 5], corrupt: [1, 2] },
    script: [
      ...opened,
      { on: "ESTABLISHED", host: "client", call: "send", bytes: 3216 },
      { on: "ESTABLISHED", afterUs: 125_000, host: "server", call: "send", bytes: 32 },
    ],
  });
  expectRight(flightFitsTheNetwork, "window filled", run);
});

test("a FIN waits for a window that an old segment did not open", () => {
  const run = played({
    seed: 741_224_815,
    client: { isns: [0, 1_000_000], params: { mss: 100 } },
    link: { delayUs: 700_000, duplicate: [1, 2], reorder: [1, 2] },
    faults: ["drop:server:RST"],
    script: [
      ...opened,
      { on: "ESTABLISHED", afterUs: 1000, host: "client", call: "send", bytes: 100, urgent: true },
      { on: "ESTABLISHED", afterUs: 3_001_001, host: "client", call: "close" },
      stray("SYN", { on: "ESTABLISHED", afterUs: 0 }, 101),
    ],
  });
  expect(breaches(finGoesOutAtOnce, run)).toEqual([]);
});

test("urgent text is outstanding until the last of several acknowledgments in a microsecond", () => {
  const run = played({
    seed: 0,
    client: { params: { mss: 100 } },
    link: { delayUs: 50_000 },
    faults: ["drop:server:any:2"],
    script: [
      ...opened,
      { on: "ESTABLISHED", afterUs: 1000, host: "client", call: "send", bytes: 203 },
      { on: "ESTABLISHED", host: "client", call: "send", bytes: 2398, urgent: true },
    ],
  });
  expect(breaches(windowsAreNotSilly, run)).toEqual([]);
});

test("the probes of a shut window tell of no loss, so slow start goes on when it opens", () => {
  const run = played({
    seed: 0,
    client: { params: { timestamps: 0 } },
    server: {
      params: { delayedAckUs: 40_000, mss: 100, receiveBuffer: 2000, timestamps: 0 },
      reads: false,
    },
    link: { delayUs: 1000 },
    script: [
      ...opened,
      ...[475, 2811, 106].map((bytes): Step => {
        return { atUs: 700_000, host: "client", call: "send", bytes, urgent: true };
      }),
      { atUs: 3_900_000, host: "server", call: "receive" },
    ],
  });
  expectRight(flightFitsTheNetwork, "timed out", run);
});

test("urgent text is outstanding until an acknowledgment of it is taken, not until one comes", () => {
  const run = played({
    seed: 1_551_727_436,
    server: { params: { receiveBuffer: 64 } },
    link: { delayUs: 50_000, loss: [1, 2], duplicate: [1, 2] },
    script: [
      ...opened,
      { on: "ESTABLISHED", afterUs: 25_000, host: "server", call: "send", bytes: 1 },
      { atUs: 276_000, host: "server", call: "send", bytes: 1 },
      { on: "ESTABLISHED", afterUs: 25_000, host: "client", call: "send", bytes: 64, urgent: true },
      { on: "ESTABLISHED", host: "server", call: "send", bytes: 1, urgent: true },
    ],
  });
  expect(breaches(windowsAreNotSilly, run)).toEqual([]);
});

test("what is sent again as the window opens is no fast retransmit", () => {
  const run = played({
    seed: 431_087_791,
    client: { params: { delayedAckUs: 40_000, receiveBuffer: 300 } },
    server: { params: { mss: 100 } },
    link: { delayUs: 1000, jitterUs: 20_000, duplicate: [1, 5] },
    faults: ["duplicate:server:any:3"],
    script: [
      ...opened,
      { on: "ESTABLISHED", afterUs: 1000, host: "server", call: "send", bytes: 1000 },
      {
        ...{ on: "ESTABLISHED", host: "server", call: "inject" },
        segment: { flags: ["SYN"], seq: 0, window: 1000, srcPort: 80, dstPort: 50_000 },
      },
    ],
  });
  expectRight(flightFitsTheNetwork, "duplicate acknowledgment", run);
});

test("a user sends in the microsecond of a timeout, before it", () => {
  const run = played({
    seed: 0,
    client: { params: { mss: 100 } },
    server: { params: { mss: 100 } },
    link: { delayUs: 1000 },
    faults: ["drop:client:DATA"],
    script: [
      ...opened,
      { on: "ESTABLISHED", afterUs: 67_000, host: "client", call: "send", bytes: 119 },
      { atUs: 1_069_000, host: "client", call: "send", bytes: 81 },
    ],
  });
  expectRight(flightFitsTheNetwork, "timed out", run);
});

test("a challenge ACK of TIME-WAIT is no word of the connection that takes its place", () => {
  const run = played({
    seed: 0,
    client: { isns: [0, 1_000_000] },
    server: { params: { receiveBuffer: 5000 } },
    link: { delayUs: 1000 },
    script: [
      ...opened,
      { on: "ESTABLISHED", afterUs: 1000, host: "client", call: "close" },
      { on: "ESTABLISHED", host: "server", call: "close" },
      stray("RST", { atUs: 36_000 }, 3),
      stray("SYN", { atUs: 36_000 }, 2),
    ],
  });
  expect(breaches(windowsAreNotSilly, run)).toEqual([]);
  const [server] = run.ends.filter(({ host, bornAtUs }) => host === "server" && bornAtUs > 30_000);
  expect(server?.sent[0]?.flags).toEqual(["SYN", "ACK"]);
});
