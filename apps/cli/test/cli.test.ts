import { scenarios } from "@synfin/simulator";
import { describe, expect, test } from "vitest";
import { run } from "../src/cli.ts";
import { fakeIo } from "./fake-io.ts";

/** Runs a command line that must be refused, and gives its one line. */
async function refusal(...args: string[]): Promise<string> {
  const seen = fakeIo();
  expect(await run(args, seen.io)).toBe(2);
  expect(seen.stdout()).toBe("");
  const lines = seen.stderr().split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toBe("");
  return lines[0] ?? "";
}

describe("help and version", () => {
  test.each([
    [["--help"], "usage: synfin COMMAND"],
    [["-h"], "usage: synfin COMMAND"],
    [["help"], "usage: synfin COMMAND"],
    [["scenarios", "--help"], "usage: synfin scenarios"],
    [["trace", "--help"], "usage: synfin trace SCENARIO"],
    [["trace", "-h"], "usage: synfin trace SCENARIO"],
    [["load", "--help"], "usage: synfin load SCENARIO"],
    [["explore", "--help"], "usage: synfin explore"],
    [["decode", "--help"], "usage: synfin decode FILE"],
    [["check", "--help"], "usage: synfin check CAPTURE"],
    [["laws", "--help"], "usage: synfin laws [OPTIONS] -- PROGRAM"],
    [["packetdrill", "--help"], "usage: synfin packetdrill PATH"],
    [["--version"], "0.0.0-source"],
  ])("synfin %j", async (args, start) => {
    const seen = fakeIo();
    expect(await run(args, seen.io)).toBe(0);
    expect(seen.stdout().startsWith(start)).toBe(true);
    expect(seen.stderr()).toBe("");
  });

  test("no help is wider than a terminal", async () => {
    for (const args of [
      ["--help"],
      ["scenarios", "--help"],
      ["trace", "--help"],
      ["load", "--help"],
      ["explore", "--help"],
      ["check", "--help"],
      ["laws", "--help"],
      ["packetdrill", "-h"],
    ]) {
      const seen = fakeIo();
      await run(args, seen.io);
      const widest = Math.max(
        ...seen
          .stdout()
          .split("\n")
          .map((line) => line.length),
      );
      expect(widest).toBeLessThanOrEqual(80);
    }
  });
});

describe("wrong usage is one line that says what would be right", () => {
  test("no command", async () => {
    expect(await refusal()).toBe(
      "synfin: no command; give one of scenarios, trace, load, explore, decode, check, laws, packetdrill, tun, or --help",
    );
  });

  test("a mistyped command", async () => {
    expect(await refusal("trcae")).toBe(
      'synfin: unknown command "trcae" (did you mean "trace"?); there are scenarios, trace, load, explore, decode, check, laws, packetdrill, tun',
    );
  });

  test("a command that is a property of every object", async () => {
    expect(await refusal("constructor")).toContain('unknown command "constructor"');
  });

  test("an unknown option", async () => {
    expect(await refusal("scenarios", "--xml")).toContain("there are --json, --help");
  });

  test("a scenario where a list was asked for", async () => {
    expect(await refusal("scenarios", "lost-fin")).toContain("use synfin trace lost-fin");
  });
});

describe("synfin scenarios", () => {
  test("lists each with its title", async () => {
    const seen = fakeIo();
    expect(await run(["scenarios"], seen.io)).toBe(0);
    const lines = seen.stdout().trimEnd().split("\n");
    expect(lines).toHaveLength(scenarios.length);
    expect(lines.some((line) => /^lost-fin {2,}Lost FIN$/.test(line))).toBe(true);
  });

  test("--json prints them whole", async () => {
    const seen = fakeIo();
    expect(await run(["scenarios", "--json"], seen.io)).toBe(0);
    expect(JSON.parse(seen.stdout())).toEqual(JSON.parse(JSON.stringify(scenarios)));
  });
});
