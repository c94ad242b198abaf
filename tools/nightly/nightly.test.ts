import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PLANTED } from "../mutants/laws/planted.mjs";
import { mutate } from "../mutants/mutant.mjs";
import { bundleForNode } from "../runner/bundle.mjs";
import { ROOT } from "../runner/process.mjs";
import { readNightlyOptions } from "./options.mjs";
import { runNightly } from "./run.mjs";

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(...args: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(ROOT, "tools/nightly/main.mjs"), ...args]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data: Buffer) => {
    stdout += data;
  });
  child.stderr.on("data", (data: Buffer) => {
    stderr += data;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

describe("the nightly command", { timeout: 120_000 }, () => {
  test("says which seed it starts from, and in the end what it covered", async () => {
    const { ended } = start("--minutes", "0.02", "--seed", "5", "--workers", "2");
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining("seed 5,") });
    expect(stdout).toMatch(/^ +SYN SYN-ACK ACK DATA FIN RST RTO /m);
    expect(stdout).toMatch(/^ESTABLISHED +\d/m);
    expect(stdout).toMatch(/^what the link did: deliver \d+, drop \d+, duplicate \d+, /m);
    expect(stdout).toMatch(/^\d+ of \d+ permitted transitions taken; never:$/m);
    expect(stdout).toMatch(/^ +\d+ {2}everyFinAcknowledged: FIN acknowledged$/m);
    expect(stdout).toMatch(
      /^\d+ runs from seed 5 in [\d.]+ s, \d+ a second; \d+ storms passed over\nno law is broken$/m,
    );
  });

  test("so many runs from a seed are the same runs, however many play them", async () => {
    const played = [1, 2].map(async (workers) => {
      const args = ["--runs", "120", "--seed", "9", "--workers", String(workers), "--json"];
      const { code, stdout, stderr } = await start(...args).ended;
      expect(code).toBe(0);
      expect(stderr).toContain("seed 9, 120 runs,");
      const { seconds, ...summary } = JSON.parse(stdout);
      expect(summary.runs + summary.skipped).toBe(150);
      return summary;
    });
    const [alone, together] = await Promise.all(played);
    expect(together).toEqual(alone);
  });

  test("Ctrl-C ends it with what there is", async () => {
    const { child, ended } = start("--minutes", "30", "--workers", "1", "--json");
    await new Promise((resolve) => child.stderr?.once("data", resolve));
    setTimeout(() => child.kill("SIGINT"), 4000);
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({ passed: true, failure: null });
    expect(summary.runs).toBeGreaterThan(0);
    expect(summary.neverTaken.length).toBeGreaterThan(0);
  });
});

describe("a broken law", { timeout: 120_000 }, () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "synfin-nightly-test-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("ends it with 1, a ladder, and a command that plays the case again", async () => {
    const mutant = PLANTED.find(({ what }) => what === "a FIN is not counted by its sender");
    const mutated = mutant === undefined ? { problem: "gone" } : mutate(ROOT, mutant);
    if (mutant === undefined || "problem" in mutated) throw new Error("the mutant is gone");
    const script = join(folder, "worker.mjs");
    const instead = { path: join(ROOT, mutant.file), text: mutated.text };
    await bundleForNode(join(ROOT, "tools/nightly/worker.ts"), script, instead);
    const first = await nightly(script, ["--minutes", "1", "--seed", "3", "--workers", "2"]);
    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(/^\w+: (segment \S+, )?at (client|server), at \d+ µs: /m);
    expect(first.stdout).toMatch(/^ +[\d.]+ .*connect\(\).*│/m);
    const [, seed = "", path = ""] =
      /^again: npm run nightly -- --seed (\d+) --path ([\d:]+)$/m.exec(first.stdout) ?? [];
    const again = await nightly(script, ["--minutes", "1", "--seed", seed, "--path", path]);
    expect(again.code).toBe(1);
    const ladder = /^ +[\d.]+ .*connect\(\)[\s\S]*?\n\nagain: /m.exec(first.stdout)?.[0] ?? "none";
    expect(again.stdout).toContain(ladder.replace(/\n\nagain: $/, ""));
  });
});

async function nightly(script: string, args: readonly string[]) {
  let stdout = "";
  const write = (text: string) => {
    stdout += text;
  };
  const around = { stdout: { write }, stderr: { write: () => {} }, on: () => {}, off: () => {} };
  const code = await runNightly(script, readNightlyOptions(args, 1), around);
  return { code, stdout };
}

test.each([
  [["--minutes", "0"], '--minutes "0" should be a number above 0, and at most 1440'],
  [["--runs", "0"], '--runs "0" should be a whole number from 1 to 1000000000'],
  [["--seed", "-1"], /seed/],
  [["--seed=1e3"], '--seed "1e3" should be a whole number from 0 to 2147483647'],
  [["--path", "x"], '--path "x" should be as a broken law prints it: 12:0:1'],
  [["--workers", "0"], '--workers "0" should be a whole number from 1 to 256'],
])("bad usage: %j", (args, message) => {
  expect(() => readNightlyOptions(args, 1)).toThrow(message);
});

test("a fresh seed where none is given, and ten minutes", () => {
  expect(readNightlyOptions([], 77)).toMatchObject({ seed: 77, minutes: 10, json: false });
  expect(readNightlyOptions(["--runs", "5"], 77)).toMatchObject({ runs: 5, minutes: undefined });
});
