import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { ROOT } from "../runner/process.mjs";
import { covered } from "../testing/long.ts";

/** Small, and full of comparisons that matter; the rest of core takes longer than CI has. */
const FILE = "tcp/congestion.ts";
/** Two of its mutants do the same as it does; a third that no test notices is too many. */
const PINNED = 97;

const folder = mkdtempSync(join(tmpdir(), "synfin-slice-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the command says, and how it ends. */
async function stryker(...args: string[]): Promise<{ code: number; said: string }> {
  const all = ["tools/stryker/main.mjs", FILE, "--results", join(folder, "results.json"), ...args];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, all, { cwd: ROOT });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

test(`Stryker's score of ${FILE} is ${PINNED} % at least`, async () => {
  const { code, said } = await stryker("--survivors", "--at-least", String(PINNED));
  const figures = said.trimEnd().split("\n").slice(-3).join("\n");
  expect(code, said).toBe(0);
  covered(`\n${figures}`);
});

test("a score that is asked for and not reached fails", async () => {
  const { code, said } = await stryker("--at-least", "100");
  expect(said).toMatch(/The score is \d+\.\d\d %, but it should be at least 100 %\./);
  expect(code).toBe(1);
});
