/**
 * Runs in which a law once blamed a TCP that was right: what an end has done is judged by
 * what it knew, and a trace does not tell all of that.
 */
import {
  everyOpenIsResolved,
  halfClosedStillReceives,
  lostTextIsReset,
  resetOutsideChangesNothing,
} from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches } from "../support/doctor.ts";
import { expectRight, opened, played, stray } from "../support/story.ts";

test("a RST ends the TIME-WAIT that two refused SYNs have given back, by its old number", () => {
  const run = played({
    seed: 0,
    client: { isns: [0, 1_000_000] },
    server: { params: { delayedAckUs: 0 } },
    link: { delayUs: 1000 },
    script: [
      ...opened,
      { on: "ESTABLISHED", afterUs: 7000, host: "server", call: "close" },
      { on: "CLOSE-WAIT", afterUs: 100_000, host: "client", call: "close" },
      stray("SYN", { atUs: 1_261_000 }, 299),
      stray("SYN", { atUs: 1_282_000 }, 290),
      stray("RST", { atUs: 1_400_000 }, 2),
    ],
  });
  expect(
    run.trace.states.filter(({ from, to }) => from + to === "SYN-RECEIVEDTIME-WAIT"),
  ).toHaveLength(2);
  expect(run.trace.states.at(-1)).toMatchObject({ from: "TIME-WAIT", cause: "rcv RST" });
  expectRight(resetOutsideChangesNothing, "RST ends a connection", run);
});

test("the end that took the SYN reports the failure, and its peer has taken an old one", () => {
  const run = played({
    seed: 185_517_573,
    server: { isns: [0, 1_000_000] },
    link: { delayUs: 50_000, corrupt: [1, 2] },
    script: [
      ...opened,
      { atUs: 0, host: "server", call: "close" },
      {
        ...{ atUs: 50_000, host: "server", call: "inject" },
        segment: { flags: ["SYN"], seq: 0xffff_ffff, window: 1000, srcPort: 80, dstPort: 50_000 },
      },
    ],
  });
  expectRight(everyOpenIsResolved, "failure reported", run);
});

test("text whose acknowledgment is older than any window offered is not taken", () => {
  const run = played({
    seed: 1,
    client: { params: { receiveBuffer: 64 } },
    link: { delayUs: 1000 },
    faults: ["delay=500ms:client:DATA"],
    script: [
      ...opened,
      { on: "ESTABLISHED", host: "client", call: "send", bytes: 10 },
      { on: "ESTABLISHED", afterUs: 10_000, host: "server", call: "send", bytes: 128 },
      { on: "ESTABLISHED", afterUs: 300_000, host: "server", call: "shutdown" },
    ],
  });
  expect(breaches(halfClosedStillReceives, run)).toEqual([]);
});

test("text that acknowledges what another connection sent is not taken", () => {
  const run = played({
    seed: 68_524_206,
    server: { isns: [0, 1_000_000] },
    link: { delayUs: 333_333, reorder: [1, 2] },
    script: [
      ...opened,
      { atUs: 0, host: "client", call: "send", bytes: 1 },
      { atUs: 2_000_000, host: "server", call: "shutdown" },
      { atUs: 667_000, host: "server", call: "close" },
    ],
  });
  expect(breaches(halfClosedStillReceives, run)).toEqual([]);
});

test("a window is as wide as it is, not as the units of its scale can say", () => {
  const run = played({
    seed: 0,
    client: { params: { receiveBuffer: 300, rfc5961: 0, windowScale: 3 } },
    server: { isns: [0, 1_000_000], params: { windowScale: 0 } },
    link: { delayUs: 50_000 },
    script: [
      ...opened,
      {
        ...{ on: "ESTABLISHED", host: "server", call: "inject" },
        segment: { flags: ["RST"], seq: 298, window: 1000, srcPort: 80, dstPort: 50_000 },
      },
    ],
  });
  expectRight(resetOutsideChangesNothing, "RST ends a connection", run);
});

test("text is lost without a word where the peer's FIN has come just before the CLOSE", () => {
  const run = played({
    seed: 0,
    client: { reads: false },
    link: { delayUs: 1000 },
    script: [
      ...opened,
      { on: "ESTABLISHED", host: "client", call: "shutdown" },
      { on: "ESTABLISHED", host: "server", call: "send", bytes: 1 },
      { atUs: 206_000, host: "client", call: "close" },
      { atUs: 205_000, host: "server", call: "close" },
    ],
  });
  expect(run.trace.states.some(({ atUs, to }) => atUs === 206_000 && to === "TIME-WAIT")).toBe(
    true,
  );
  expect(breaches(lostTextIsReset, run)).toEqual([]);
});
