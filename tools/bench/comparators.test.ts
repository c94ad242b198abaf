import { chmodSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { plant } from "../testing/plant.ts";
import { requireTool } from "../testing/requirements.ts";
import { asOutcome } from "./comparator.mjs";
import { removeCompiled } from "./compile.mjs";
import { eventLoop } from "./event-loop.mjs";
import { loopback } from "./loopback.mjs";
import { ns3 } from "./ns3.mjs";
import { STEADY } from "./steady.mjs";

const cc = requireTool("cc");
const CONNECTIONS = 500;

afterAll(removeCompiled);

test.skipIf(cc.missing)(
  "in the limit each lifecycle has seven arrivals and eight events more",
  async () => {
    const figure = await eventLoop({ connections: CONNECTIONS });
    expect(figure).toMatchObject({ connections: CONNECTIONS, arrivals: 7 * CONNECTIONS });
    expect(figure).toMatchObject({
      events: 15 * CONNECTIONS,
      digest: expect.stringMatching(HEX_16),
    });
  },
);

test.skipIf(cc.missing)("the limit's digest depends on the run and on nothing else", async () => {
  const digest = await digestOf({ connections: CONNECTIONS });
  expect(await digestOf({ connections: CONNECTIONS })).toBe(digest);
  expect(await digestOf({ connections: CONNECTIONS, perCell: 64 })).toBe(digest);
  for (const [name, value] of Object.entries(STEADY)) {
    const workload = { ...STEADY, [name]: 0.9 * value };
    expect(await digestOf({ connections: CONNECTIONS, workload }), name).not.toBe(digest);
  }
  expect(await digestOf({ connections: CONNECTIONS + 1 })).not.toBe(digest);
});

test.skipIf(cc.missing)("the limit takes every end that a workload can have", async () => {
  const workload = { ratePerSecond: 3, holdUs: 0, delayUs: 0, twoMslUs: 0 };
  expect(await eventLoop({ connections: 50, workload })).toMatchObject({ arrivals: 350 });
  const slow = { ...STEADY, delayUs: 600_000 };
  await expect(eventLoop({ connections: 1, workload: slow })).rejects.toThrow("600000");
});

test.skipIf(cc.missing)("Linux opens every connection, and closes it from both sides", async () => {
  const figure = await loopback({ connections: 300, pairs: 2, seconds: 20 });
  expect(figure).toMatchObject({ connections: 300, closed: 300, connectionsReset: 0 });
});

test.skipIf(cc.missing)("Linux opens one connection at a time, each after the last", async () => {
  const figure = await loopback({ connections: 300, oneAtATime: true, seconds: 20 });
  const name = "Linux over loopback, one connection at a time";
  expect(figure).toMatchObject({ name, closed: 300, mostInFlight: 1, connectionsReset: 0 });
});

test("where nothing can be compiled, each says what to install", async () => {
  const searchPath = "/nowhere";
  const missingC = "cc is not installed; get it with: apt-get install gcc libc6-dev";
  expect(await eventLoop({ connections: 1, searchPath })).toMatchObject({ skipped: missingC });
  expect(await loopback({ searchPath })).toMatchObject({ skipped: missingC });
  const missingNs3 = "c++ is not installed; get it with: apt-get install g++ libns3-dev";
  expect(await ns3({ searchPath })).toMatchObject({ name: "ns-3", skipped: missingNs3 });
});

test("a compiler without its headers is not enough, and the answer says so", async () => {
  const said = "<command-line>: fatal error: stdio.h: No such file or directory";
  const searchPath = plantCompiler(`echo "${said}" >&2; exit 1`);
  const missing = "stdio.h is not installed; get it with: apt-get install gcc libc6-dev";
  expect(await eventLoop({ connections: 1, searchPath })).toMatchObject({ skipped: missing });
});

test("a compiler that fails for another reason is no compiler that is missing", async () => {
  const searchPath = plantCompiler('echo "out of memory" >&2; exit 1');
  await expect(eventLoop({ connections: 1, searchPath })).rejects.toThrow("out of memory");
});

test("a program of ours that does not compile is a bug, and no reason to skip", async () => {
  const searchPath = plantCompiler('case "$*" in *-fsyntax-only*) ;; *) exit 1 ;; esac');
  await expect(eventLoop({ connections: 1, searchPath })).rejects.toThrow("event-loop.c");
});

test("a figure is measured by the processor's time, and a skipped one not at all", () => {
  const figure = { name: "C", connections: 10, lifecyclesPerSecond: 5, seconds: 2, cpuSeconds: 1 };
  expect(asOutcome(figure)).toEqual({ operations: 10, ns: 1e9 });
  expect(asOutcome({ name: "C", skipped: "no cc" })).toEqual({ skipped: "no cc" });
});

/** A folder with a compiler in it that does what this line of shell says. */
function plantCompiler(line: string): string {
  const folder = plant({ cc: `#!/bin/sh\n${line}\n` });
  chmodSync(join(folder, "cc"), 0o755);
  return folder;
}

const HEX_16 = /^[0-9a-f]{16}$/;

async function digestOf(options: Parameters<typeof eventLoop>[0]): Promise<string> {
  const figure = await eventLoop(options);
  if ("skipped" in figure) throw new Error(figure.skipped);
  return figure.digest;
}
