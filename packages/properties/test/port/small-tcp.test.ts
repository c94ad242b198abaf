import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkPort, formatCoverage, type LawReport } from "@synfin/properties";
import { ProgramPort } from "@synfin/properties/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireTool } from "../../../../tools/testing/requirements.ts";
import { plantedFolder } from "../support/planted-folder.ts";

const EXAMPLE = new URL("../../examples/small-tcp/", import.meta.url);
const SOURCE = fileURLToPath(EXAMPLE);
const cc = requireTool("cc");

describe.skipIf(cc.missing)("the small TCP in C", () => {
  const { folder, remove } = plantedFolder();
  const ports: ProgramPort[] = [];

  beforeAll(() => {
    const sources = ["adapter.c", "tcp.c"].map((name) => join(SOURCE, name));
    const warnings = ["-Wall", "-Wextra", "-Werror"];
    const args = ["-std=c11", "-O2", ...warnings, "-o", join(folder, "small-tcp"), ...sources];
    const { status, stderr } = spawnSync(cc.path, args, { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  afterAll(() => {
    for (const port of ports) port.close();
    remove();
  });

  async function held(runs: number, ...args: readonly string[]): Promise<LawReport> {
    const port = new ProgramPort(join(folder, "small-tcp"), args);
    ports.push(port);
    return await checkPort({ port, seed: 1, runs, replay: (seed, path) => `${seed} ${path}` });
  }

  test("keeps every law", async () => {
    const report = await held(200);
    expect(report.failure).toBeUndefined();
    console.log(formatCoverage(report));
  });

  test("a FIN that is taken before the text in front of it is found, and its story is small", async () => {
    const { failure = "" } = await held(200, "--bug", "early-fin");
    expect(failure).toMatch(
      /^acknowledgesWhatArrived: .*<ACK=3><CTL=ACK>, but only what is before 1 has come\n/,
    );
    expect(failure).toMatch(/^faults: drop:(client|server):DATA\nat 0 µs: /m);
    expect(failure.split("\n").filter((line) => /^(at|on) /.test(line))).toHaveLength(4);
    expect(failure).toMatch(/PSH,ACK seq 1 ack 1 1 B/);
  });

  test("a connection that is forgotten instead of passing TIME-WAIT is found", async () => {
    const { failure = "" } = await held(200, "--bug", "no-time-wait");
    expect(failure).toMatch(
      /^timeWaitAcknowledgesFin: .*<CTL=RST> answers .*FIN,ACK>, which came again/,
    );
    expect(failure).toMatch(/RST seq \d+ /);
  });

  test("an unknown bug is no run", () => {
    const { status, stderr } = spawnSync(join(folder, "small-tcp"), ["--bug", "none"], {
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([2, "usage: small-tcp [--bug no-time-wait|early-fin]\n"]);
  });
});

/** How many lines there are without those that are blank or only a comment. */
function linesOfCode(path: URL): number {
  const text = readFileSync(path, "utf8").replaceAll(/\/\*.*?\*\//gs, "");
  return text.split("\n").filter((line) => line.trim() !== "").length;
}

test("an adapter takes about fifty lines, in C and in TypeScript", () => {
  const ours = new URL("../../src/port/machine-port.ts", import.meta.url);
  expect(linesOfCode(new URL("adapter.c", EXAMPLE))).toBeLessThanOrEqual(50);
  expect(linesOfCode(ours)).toBeLessThanOrEqual(60);
});

test("the TCP itself knows neither clock nor network", () => {
  const tcp = readFileSync(join(SOURCE, "tcp.c"), "utf8");
  expect([...tcp.matchAll(/#include (\S+)/g)].map(([, name]) => name)).toEqual([
    '"tcp.h"',
    "<string.h>",
  ]);
});
