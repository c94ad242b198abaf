import { readCapture } from "@synfin/capture";
import { PROFILE_NAMES } from "@synfin/core/tcp";
import { findScenario, scenarios, type Trace, traceScenario } from "@synfin/simulator";
import { describe, expect, test } from "vitest";
import { run } from "../../src/cli.ts";
import { fakeIo, type Seen } from "../fake-io.ts";

async function trace(...args: string[]): Promise<Seen> {
  const seen = fakeIo();
  expect([await run(["trace", ...args], seen.io), seen.stderr()]).toEqual([0, ""]);
  return seen;
}

async function refusal(
  args: string[],
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const seen = fakeIo(files);
  expect(await run(["trace", ...args], seen.io)).toBe(2);
  expect(seen.stdout()).toBe("");
  expect(seen.stderr()).toMatch(/^synfin: trace: [^\n]+\n$/);
  return seen.stderr();
}

describe("formats", () => {
  test("text is a ladder", async () => {
    const text = (await trace("lost-fin")).stdout();
    expect(text).toContain("× lost");
    expect(text).toContain("FIN-WAIT-1");
  });

  test("json is the trace itself", async () => {
    const seen = await trace("lost-fin", "--seed", "7", "--format", "json");
    const scenario = findScenario("lost-fin");
    if (scenario === undefined) throw new Error("there is no lost-fin");
    expect(JSON.parse(seen.stdout())).toEqual(
      JSON.parse(JSON.stringify(traceScenario(scenario, { seed: 7 }))),
    );
  });

  test("svg stands alone, in the language asked for", async () => {
    const svg = (await trace("lost-fin", "--format", "svg", "--lang", "ko")).stdout();
    expect(svg.startsWith("<svg xmlns=")).toBe(true);
    expect(svg).toContain("유실");
    expect(svg).not.toMatch(/foreignObject|href=|url\(|<script/);
  });

  test("pcapng holds what the client sent and what reached it", async () => {
    const seen = await trace("lost-fin", "--format", "pcapng");
    const { records, error } = readCapture(seen.stdoutBytes());
    expect(error).toBeUndefined();
    // The lost FIN was sent by the client, so its capture has it.
    expect(records).toHaveLength(10);
  });

  test.each([
    ["client", 10],
    ["server", 9],
    ["both", 10],
  ])("seen from %s a lost FIN makes %i packets", async (vantage, count) => {
    const seen = await trace("lost-fin", "--format", "pcapng", "--vantage", vantage);
    expect(readCapture(seen.stdoutBytes()).records).toHaveLength(count);
  });

  test("a corrupted packet is captured as it came, with a comment", async () => {
    const fault = ["--fault", "corrupt:server:SYN-ACK"];
    const seen = await trace("three-way-handshake", "--format", "pcapng", ...fault);
    expect(Buffer.from(seen.stdoutBytes()).toString("latin1")).toContain(
      "corrupted on the way (server-1)",
    );
    const clean = await trace("three-way-handshake", "--format", "pcapng");
    const [, damaged] = readCapture(seen.stdoutBytes()).records;
    const [, sound] = readCapture(clean.stdoutBytes()).records;
    expect(damaged?.data).toHaveLength(sound?.data.length ?? 0);
    expect(damaged?.data).not.toEqual(sound?.data);
  });

  test("--out writes there, and its ending chooses the format", async () => {
    const seen = await trace("lost-fin", "--out", "a/b.svg");
    expect(seen.stdout()).toBe("");
    expect(String(seen.files.get("a/b.svg"))).toContain("<svg");
  });

  test("--ascii and --seq absolute", async () => {
    const text = (await trace("simultaneous-open", "--ascii", "--seq", "absolute")).stdout();
    expect([...text].every((char) => char.charCodeAt(0) < 127)).toBe(true);
    expect(text).toContain("SYN seq 100");
  });
});

describe.each(scenarios.map(({ name }) => name))("%s", (name) => {
  test.each(["text", "json", "svg", "pcapng"])("as %s", async (format) => {
    expect((await trace(name, "--format", format)).stdoutBytes().length).toBeGreaterThan(200);
  });
});

describe("seed and faults", () => {
  const digest = async (...args: string[]): Promise<string> => {
    const seen = await trace(...args, "--format", "json");
    return (JSON.parse(seen.stdout()) as Trace).digest;
  };

  test("the same is the same, another fault or seed is not", async () => {
    const plain = await digest("four-way-close", "--seed", "7");
    expect(await digest("four-way-close", "--seed", "7")).toBe(plain);
    expect(await digest("four-way-close", "--seed", "8")).not.toBe(plain);
    const fault = ["--fault", "drop:client:FIN", "--fault", "drop:server:FIN"];
    expect(await digest("four-way-close", "--seed", "7", ...fault)).not.toBe(plain);
  });

  test.each(PROFILE_NAMES)("--profile %s is that system's own run", async (profile) => {
    const scenario = findScenario("lost-syn");
    if (scenario === undefined) throw new Error("there is no lost-syn");
    const seen = await trace("lost-syn", "--profile", profile, "--format", "json");
    const found = JSON.parse(seen.stdout()) as Trace;
    expect(found.profile).toBe(profile);
    expect(found.digest).toBe(traceScenario(scenario, { profile }).digest);
  });

  test("without --profile the scenario's own holds, with it the option", async () => {
    const own = JSON.stringify({ ...findScenario("lost-fin"), profile: "macos" });
    for (const [args, profile] of [
      [[], "macos"],
      [["--profile", "rfc9293"], "rfc9293"],
    ] as const) {
      const seen = fakeIo({ "./own.json": own });
      expect(await run(["trace", "./own.json", ...args], seen.io)).toBe(0);
      expect(seen.stdout()).toContain(`seed 1 · ${profile} ·`);
    }
  });

  test("a capture names the profile", async () => {
    const seen = await trace("lost-fin", "--format", "pcapng", "--profile", "windows");
    expect(Buffer.from(seen.stdoutBytes()).toString("latin1")).toContain(
      "seed 1, profile windows, ",
    );
  });

  test("a scenario may come from a file", async () => {
    const own = { ...findScenario("lost-fin"), name: "my-own" };
    const seen = fakeIo({ "./own.json": JSON.stringify(own) });
    expect(await run(["trace", "./own.json"], seen.io)).toBe(0);
    expect(seen.stdout()).toMatch(/^my-own · seed 1/);
  });
});

describe("what is wrong is one line that says what would be right", () => {
  test.each([
    [[], "give a name from"],
    [["no-such-thing"], 'unknown scenario "no-such-thing"; "synfin scenarios" lists them all'],
    [["lost-fni"], "(did you mean lost-fin"],
    [["lost-fin", "lost-syn"], 'a second scenario "lost-syn"'],
    [["lost-fin", "--seed", "-1"], 'bad --seed "-1"; give a whole number from 0'],
    [["lost-fin", "--seed"], "--seed needs a value, but nothing follows it; write --seed VALUE"],
    [["lost-fin", "--out", "--ascii"], '--out needs a value, but "--ascii" follows it'],
    [["lost-fin", "--profile", "linus"], 'unknown --profile "linus" (did you mean linux'],
    [["lost-fin", "--profile", "xyzzyx"], '"xyzzyx"; there are rfc9293, linux, linux-pre-6.5'],
    [["lost-fin", "--seed", "1.5"], 'bad --seed "1.5"; give a whole number from 0'],
    [["lost-fin", "--seed=99999999999999999"], "give a whole number from 0"],
    [["lost-fin", "--format", "pdf"], 'bad --format "pdf"; give text, json, pcapng or svg'],
    [["lost-fin", "--vantage", "moon"], "give client, server or both"],
    [["lost-fin", "--seq", "odd"], "give relative or absolute"],
    [["lost-fin", "--fault", "drop"], "ACTION:END:KIND"],
    [["lost-fin", "--fault", "lose:client:FIN"], '"lose" should be one of drop, duplicate'],
    [["lost-fin", "--fault", "drop:client:FUN"], '"FUN" should be one of SYN, SYN-ACK'],
    [["lost-fin", "--fault", "drop:client:FIN:0"], '"0" should be a number from 1'],
    [["lost-fin", "--fault", "drop:router:FIN"], '"router" should be a host of lost-fin'],
    [["lost-fin", "--out", "/missing/x.svg"], 'cannot write --out "/missing/x.svg"'],
    [["./missing.json"], 'cannot read the scenario "./missing.json"'],
    [["lost-fin", "--bogus"], "there are --seed, --fault"],
  ])("synfin trace %j", async (args, part) => {
    expect(await refusal(args)).toContain(part);
  });

  test("a file that is no JSON, and JSON that is no scenario", async () => {
    expect(await refusal(["./a.json"], { "./a.json": "{" })).toContain("./a.json is not JSON");
    expect(await refusal(["./a.json"], { "./a.json": "{}" })).toContain("./a.json: bad scenario");
  });

  test("a binary file for a terminal", async () => {
    const seen = fakeIo({}, true);
    expect(await run(["trace", "lost-fin", "--format", "pcapng"], seen.io)).toBe(2);
    expect(seen.stderr()).toContain("add --out FILE");
  });
});
