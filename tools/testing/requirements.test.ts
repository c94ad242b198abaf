import { chmodSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test, vi } from "vitest";
import { plant } from "./plant.ts";
import { requireThat, requireTool } from "./requirements.ts";

test("a tool is found on the PATH, whichever folder has it", () => {
  const folder = plant({ tshark: "#!/bin/sh\n" });
  chmodSync(join(folder, "tshark"), 0o755);
  vi.stubEnv("PATH", ["/nowhere", folder].join(delimiter));
  expect(requireTool("tshark")).toEqual({ missing: false, path: join(folder, "tshark") });
  vi.unstubAllEnvs();
});

test("a missing tool is announced, and listed for the end of the run", () => {
  const list = join(plant({ "skips.txt": "" }), "skips.txt");
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  vi.stubEnv("PATH", "/nowhere").stubEnv("CI", "").stubEnv("SYNFIN_SKIPS_FILE", list);
  expect(requireTool("chromium", "")).toEqual({ missing: true, path: "" });
  const hint = "chromium is not installed; get it with: apt-get install chromium";
  expect(warn.mock.calls).toEqual([[`SKIPPED TESTS: ${hint}`]]);
  expect(readFileSync(list, "utf8")).toBe(`${hint}\n`);
  vi.unstubAllEnvs();
  warn.mockRestore();
});

test("in CI a missing tool is an error", () => {
  vi.stubEnv("PATH", "/nowhere").stubEnv("CI", "true");
  expect(() => requireTool("tshark")).toThrow("tshark is not installed; get it with: apt-get");
  vi.unstubAllEnvs();
});

test("what no package brings is asked for in the same way", () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  vi.stubEnv("CI", "").stubEnv("SYNFIN_SKIPS_FILE", undefined);
  expect(requireThat(true, "never said").missing).toBe(false);
  expect(requireThat(false, "this needs root").missing).toBe(true);
  expect(warn.mock.calls).toEqual([["SKIPPED TESTS: this needs root"]]);
  vi.stubEnv("CI", "true");
  expect(() => requireThat(false, "this needs root")).toThrow("this needs root (CI=true");
  vi.unstubAllEnvs();
  warn.mockRestore();
});
