import { chmodSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test, vi } from "vitest";
import { plant } from "./plant.ts";
import { requireTool } from "./requirements.ts";

test("a tool is found on the PATH, whichever folder has it", () => {
  const folder = plant({ socat: "#!/bin/sh\n" });
  chmodSync(join(folder, "socat"), 0o755);
  vi.stubEnv("PATH", ["/nowhere", folder].join(delimiter));
  expect(requireTool("socat")).toEqual({ missing: false, path: join(folder, "socat") });
  vi.unstubAllEnvs();
});

test("a missing tool is announced, and listed for the end of the run", () => {
  const list = join(plant({ "skips.txt": "" }), "skips.txt");
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  vi.stubEnv("PATH", "/nowhere").stubEnv("CI", "").stubEnv("SYNFIN_SKIPS_FILE", list);
  expect(requireTool("ip")).toEqual({ missing: true, path: "" });
  const hint = "ip is not installed; get it with: apt-get install iproute2";
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
