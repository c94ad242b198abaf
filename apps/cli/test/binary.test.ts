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
