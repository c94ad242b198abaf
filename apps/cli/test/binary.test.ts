import { execFile, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";

const SYNFIN = fileURLToPath(new URL("../dist/synfin.js", import.meta.url));
const BUNDLE = fileURLToPath(new URL("../scripts/bundle.mjs", import.meta.url));
const start = promisify(execFile);

beforeAll(async () => {
  await start(process.execPath, [BUNDLE]);
});

test("the one file runs by itself", async () => {
  const { stdout } = await start(process.execPath, [SYNFIN, "trace", "lost-fin"]);
  expect(stdout).toContain("× lost");
});

test("it is executable, and knows its version", async () => {
  const { stdout } = await start(SYNFIN, ["--version"]);
  expect(stdout).toMatch(/^[0-9]+\.[0-9]+\.[0-9]+\n$/);
});

test("bad usage ends with 2 and one line", async () => {
  const end = start(process.execPath, [SYNFIN, "trace", "no-such-thing"]);
  await expect(end).rejects.toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringMatching(/^synfin: trace: unknown scenario "no-such-thing"[^\n]*\n$/),
  });
});

test("a reader that goes away early is no error", async () => {
  const child = spawn(process.execPath, [SYNFIN, "scenarios", "--json"]);
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += String(chunk);
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect([code, stderr]).toEqual([0, ""]);
});

test("a program under test that does not end keeps synfin laws from nothing", async () => {
  const deaf = `process.on("SIGTERM", () => {});
    setTimeout(() => {}, 20_000);
    require("node:readline")
      .createInterface({ input: process.stdin })
      .on("line", () => console.log("{}"));`;
  const begunMs = performance.now();
  const { stdout } = await start(process.execPath, [
    ...[SYNFIN, "laws", "--runs", "3", "--", process.execPath, "-e", deaf],
  ]);
  expect(stdout).toMatch(/laws hold in 3 runs\n$/);
  expect(performance.now() - begunMs).toBeLessThan(19_000);
}, 40_000);

test("a disk that is full is one line and 2", async () => {
  const command = `"${process.execPath}" "${SYNFIN}" scenarios --json > /dev/full`;
  await expect(start("sh", ["-c", command])).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^synfin: cannot write to standard output \(ENOSPC[^\n]*\n$/),
  });
});

test("it is its own worker: a load run on two threads is the run on one", async () => {
  const digests = [1, 2].map(async (workers) => {
    const crowd = ["steady", "--connections", "20k", "--rate", "20k", "--set", "hold=0"];
    const args = ["load", ...crowd, "--workers", String(workers), "--format", "json"];
    const { stdout } = await start(process.execPath, [SYNFIN, ...args], { maxBuffer: 1 << 24 });
    return JSON.parse(stdout).digest;
  });
  const [one, two] = await Promise.all(digests);
  expect(one).toMatch(/^[0-9a-f]{16}$/);
  expect(two).toBe(one);
});

test("Ctrl-C ends a load run of a million with what there is", async () => {
  const args = ["load", "steady", "--connections", "1M", "--rate", "20k", "--format", "json"];
  const child = spawn(process.execPath, [SYNFIN, ...args, "--expect", "opened > 0"]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    stderr += String(chunk);
  });
  // Long enough for Node to start, and far too short for a million connections.
  setTimeout(() => child.kill("SIGINT"), 3000);
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(code).toBe(1);
  expect(stderr).toContain("synfin: load: stopped before its end: the result is partial\n");
  expect(JSON.parse(stdout)).toMatchObject({ partial: true, scenario: "steady" });
});
