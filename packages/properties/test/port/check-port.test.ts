import {
  checkPort,
  formatCoverage,
  machinePort,
  noDataAfterFin,
  PORT_LEAST,
  type Port,
  type PortInput,
  type PortOutput,
  type PortTrials,
  portTrial,
} from "@synfin/properties";
import fc from "fast-check";
import { expect, test } from "vitest";
import { settings } from "../support/settings.ts";

const FILE = "packages/properties/test/port/check-port.test.ts";

function trials(port: Port, runs: number): PortTrials {
  return { port, ...settings(FILE, 1, runs) };
}

/** Our machine, but something is done to each of its answers. */
function changed(change: (output: PortOutput, input: PortInput) => unknown): Port {
  const machine = machinePort();
  return {
    step: async (input) => change(await machine.step(input), input) as PortOutput,
  };
}

test("our own machine keeps the laws of a black box, and they are not empty", async () => {
  const report = await checkPort(trials(machinePort(), 300));
  expect(report.failure).toBeUndefined();
  console.log(formatCoverage(report));
  for (const premise of Object.keys(PORT_LEAST))
    expect(report.premises.get(premise)).toBeGreaterThan(0);
});

test("a TCP that does nothing has proved nothing", async () => {
  const { failure = "" } = await checkPort(trials({ step: () => ({}) }, 200));
  expect(failure).toMatch(/^this check proves too little:\n/);
  expect(failure).toContain(
    "unansweredIsSentAgain: SYN sent again: met 0 times in 200 runs, not 24",
  );
});

test("of a TCP that is held to some of the laws only their premises are asked", async () => {
  const laws = [noDataAfterFin];
  const whole = await checkPort({ ...trials(machinePort(), 200), laws });
  expect(whole.failure).toBeUndefined();
  expect([...whole.premises.keys()]).toEqual([
    "noDataAfterFin: sent after FIN",
    "noDataAfterFin: FIN sent again",
  ]);
  const idle = await checkPort({ ...trials({ step: () => ({}) }, 200), laws });
  expect(idle.failure).toBe(
    [
      "this check proves too little:",
      "noDataAfterFin: sent after FIN: met 0 times in 200 runs, not 60",
      "noDataAfterFin: FIN sent again: met 0 times in 200 runs, not 6",
    ].join("\n"),
  );
});

/** A machine that takes a FIN for text that it has not got: it says one octet too much of it. */
const boastful = changed((output, input) => {
  const fin = input.type === "segment" && input.flags.includes("FIN");
  const segments = output.segments?.map((one) => ({
    ...one,
    ack: (one.ack + (fin ? 1 : 0)) >>> 0,
  }));
  return { ...output, segments };
});

test("a broken law is a small script, its ladder, and one command", async () => {
  const { failure = "" } = await checkPort(trials(boastful, 200));
  expect(failure).toMatch(
    /^acknowledgesWhatArrived: segment (client|server)-\d+, at \1, at \d+ µs: /,
  );
  expect(failure).toMatch(
    /^the TCP under test is the (client|server)\nseed 0\nlink: delayUs 50000$/m,
  );
  const script = failure.split("\n").filter((line) => /^(at|on) /.test(line));
  expect(script).toHaveLength(3);
  expect(failure).toMatch(/· (client|server) is the TCP under test · digest [0-9a-f]{16}/);
  expect(failure).toMatch(/│.* FIN,ACK seq 1 ack 1 /);
  expect(failure).toMatch(
    /^again: SYNFIN_SEED=1 SYNFIN_PATH=[\d:]+ npx vitest run packages\/properties\/test\/port\/check-port.test.ts$/m,
  );
});

test("the seed and the path play the same case again", async () => {
  const { failure = "" } = await checkPort(trials(boastful, 200));
  const path = /SYNFIN_PATH=([\d:]+)/.exec(failure)?.[1] ?? "";
  const again = await checkPort({ ...trials(boastful, 200), path });
  const story = (text = "") =>
    text.slice(text.indexOf("the TCP under test"), text.indexOf("again:"));
  expect(story(again.failure)).toBe(story(failure));
  expect(again.runs).toBe(1);
  const mended = await checkPort({ ...trials(machinePort(), 200), path });
  expect(mended.failure).toBeUndefined();
  expect(mended.runs).toBe(1);
  expect(Math.max(...mended.premises.values())).toBeLessThan(100);
});

test.each(["0:9999:0", "0:9999"])("a path that leads nowhere: %s", async (path) => {
  await expect(checkPort({ ...trials(machinePort(), 200), path })).rejects.toThrow(
    `path "${path}" leads to no case of seed 1, but it should be as a failure prints it`,
  );
});

test.each([
  ["no object", () => 7, "the answer is 7, but it should be an object"],
  [
    "a misspelt field",
    () => ({ segmnts: [] }),
    "segmnts is [], but it should be one of segments, ",
  ],
  [
    "a negative sequence number",
    () => ({ segments: [{ seq: -1, ack: 0, flags: "SYN", window: 1 }] }),
    "segments[0].seq is -1, but it should be a whole number from 0 to 4294967295",
  ],
  [
    "an unknown control bit",
    () => ({ segments: [{ seq: 1, ack: 0, flags: "SYN|ACK", window: 1 }] }),
    'segments[0].flags is "SYN|ACK", but it should be names out of FIN, SYN, ',
  ],
  ["half an octet", () => ({ received: "616" }), 'received is "616", but it should be hexadecimal'],
  [
    "an event of its own",
    () => ({ events: ["done"] }),
    'events[0] is "done", but it should be one',
  ],
  [
    "a state that is none",
    () => ({ state: "OPEN" }),
    'state is "OPEN", but it should be one of CLOS',
  ],
  ["an error that is no text", () => ({ error: 5 }), "error is 5, but it should be a text"],
  [
    "a time that has passed",
    (input: PortInput) => ({ wakeAtUs: input.type === "time" ? input.nowUs : 5_000_000 }),
    "wakeAtUs is 5000000, but it should be 5000001 or later",
  ],
])("an answer that is none: %s", async (_, answer, right) => {
  const { failure = "" } = await checkPort(
    trials(
      changed((_output, input) => answer(input)),
      5,
    ),
  );
  expect(failure).toMatch(/^the answer to \{"type":"/);
  expect(failure).toContain(right);
});

test("where a TCP in this process throws is told", async () => {
  const buggy = changed((output, { type }) => {
    if (type === "segment") throw new RangeError("no such state");
    return output;
  });
  const { failure = "" } = await checkPort(trials(buggy, 5));
  expect(failure).toMatch(
    /^the answer to \{"type":"segment".*\} is a throw: RangeError: no such state\n {4}at .*check-port\.test\.ts:\d+:\d+/,
  );
});

test("a TCP that never comes to rest is stopped", async () => {
  const restless = changed((output, { type, nowUs }) => {
    const { segments = [] } = output;
    const more = { seq: 0, ack: 0, flags: "ACK", window: 0 };
    return { ...output, wakeAtUs: nowUs + 1000, segments: type === "time" ? [more] : segments };
  });
  const cases = fc.constantFrom(...fc.sample(portTrial, { seed: 1, numRuns: 1 }));
  const { failure = "" } = await checkPort({ ...trials(restless, 1), cases });
  expect(failure).toMatch(/^more than 2000 segments by \d+ µs: this run does not end\n/);
  const sleepless = changed((output, { nowUs }) => ({ ...output, wakeAtUs: nowUs + 1 }));
  const silent = await checkPort({ ...trials(sleepless, 1), cases });
  expect(silent.failure).toMatch(
    /^more than 20000 calls, arrivals and timers by \d+ µs: this run does not end\n/,
  );
});

test("the ladder shows the numbers that the law names, wherever they begin", async () => {
  const cases = portTrial.filter(({ scenario }) => {
    return scenario.hosts.every(({ isns: [iss = 0] = [] }) => iss > 5_000);
  });
  const { failure = "" } = await checkPort({ ...trials(boastful, 20), cases });
  const [, seq, ack] = /<SEQ=(\d+)><ACK=(\d+)><CTL=ACK>, but only/.exec(failure) ?? [];
  expect(failure).toMatch(new RegExp(`│.* ACK seq ${seq} ack ${ack} .*│`));
});
