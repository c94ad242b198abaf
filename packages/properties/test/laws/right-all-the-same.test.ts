/**
 * Runs in which a law once blamed a TCP that was right: what an end has done is judged by
 * what it knew, and a trace does not tell all of that.
 */
import {
  everyOpenIsResolved,
  finGoesOutAtOnce,
  flightFitsTheNetwork,
  halfClosedStillReceives,
  keepAliveKeepsItsTimes,
  type Law,
  play,
  type Run,
  resetOutsideChangesNothing,
  retransmissionFollowsSchedule,
  textGoesOutAtOnce,
  windowsAreNotSilly,
} from "@synfin/properties";
import {
  SCENARIO_VERSION,
  type Scenario,
  type ScenarioHost,
  type Step,
  type When,
} from "@synfin/simulator";
import { expect, test } from "vitest";
import { breaches } from "../support/doctor.ts";

type Traits = Pick<ScenarioHost, "isns" | "params" | "reads">;

interface Story {
  readonly seed: number;
  readonly client?: Traits;
  readonly server?: Traits;
  readonly link: Scenario["link"];
  readonly faults?: readonly string[];
  readonly script: readonly Step[];
}

const connect: Step = { atUs: 0, host: "client", call: "connect", port: 80, fromPort: 50_000 };
const opened: readonly Step[] = [{ atUs: 0, host: "server", call: "listen", port: 80 }, connect];

function played({ seed, client = {}, server = {}, link, faults = [], script }: Story): Run {
  const scenario: Scenario = {
    ...{ format: "synfin-scenario", version: SCENARIO_VERSION, name: "random" },
    ...{ title: { en: "Story", ko: "이야기" }, description: { en: "A story.", ko: "이야기." } },
    hosts: [
      { name: "client", address: "192.0.2.1", ...client },
      { name: "server", address: "192.0.2.2", ...server },
    ],
    ...{ link, faults, script },
  };
  return play(scenario, seed);
}

/** The run breaks nothing, and the law had something to say about it. */
function expectRight(law: Law<Run>, premise: string, run: Run): void {
  expect(breaches(law, run)).toEqual([]);
  expect(law.check(run).premises.get(premise)).toBeGreaterThan(0);
}

/** A segment of the client's that no one has sent now: an old duplicate, or an attacker's. */
function stray(flag: "SYN" | "RST", when: When, seq: number): Step {
  const segment = { seq, window: 1000, srcPort: 50_000, dstPort: 80 };
  return { ...when, host: "client", call: "inject", segment: { flags: [flag], ...segment } };
}

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
