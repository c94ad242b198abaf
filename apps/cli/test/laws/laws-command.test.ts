import { machinePort, type PortInput, type PortOutput } from "@synfin/properties";
import type { ProgramOptions } from "@synfin/properties/node";
import { expect, test } from "vitest";
import { run } from "../../src/cli.ts";
import type { Program } from "../../src/io.ts";
import { fakeIo } from "../fake-io.ts";

/** What a run of `synfin laws` printed, how it ended, and which program it started. */
interface Seen {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly started: readonly string[];
  readonly closed: number;
}

type Answer = (input: PortInput) => PortOutput | Promise<PortOutput>;

async function laws(
  args: readonly string[],
  answer: Answer = machinePort().step,
  isTTY = false,
): Promise<Seen> {
  const seen = fakeIo({}, isTTY);
  const started: string[] = [];
  let closed = 0;
  const startProgram = (
    command: string,
    words: readonly string[],
    { onStderr }: ProgramOptions = {},
  ): Program => {
    started.push(command, ...words);
    onStderr?.("a word of its own\n");
    const close = () => {
      closed += 1;
    };
    return { step: answer, close };
  };
  const exitCode = await run(["laws", ...args], { ...seen.io, startProgram });
  return { exitCode, stdout: seen.stdout(), stderr: seen.stderr(), started, closed };
}

test("a TCP that keeps the laws", async () => {
  const seen = await laws(["--runs", "100", "--", "./tcp", "--fast"]);
  expect(seen).toMatchObject({ exitCode: 0, stderr: "", started: ["./tcp", "--fast"], closed: 1 });
  expect(seen.stdout).toMatch(/^100 runs, seed 1\n +\d+ {2}acknowledgedIsDelivered: /);
  expect(seen.stdout).toMatch(/\n\n12 laws hold in 100 runs\n$/);
});

/** Forgets the FIN that it was asked to send. */
const machine = machinePort();
const forgetful: Answer = (input) => {
  if (input.type === "call" && input.call === "shutdown") return { wakeAtUs: null };
  return machine.step(input);
};

test("one that does not: the law, the ladder, and the command that plays it again", async () => {
  const seen = await laws(["--", "./tcp", "--name", "it's mine"], forgetful);
  expect(seen).toMatchObject({ exitCode: 1, stderr: "", closed: 1 });
  expect(seen.stdout).toMatch(
    /^(everyCloseSendsFin|unansweredIsSentAgain): at (client|server), at \d+ µs: /,
  );
  expect(seen.stdout).toMatch(/^ +[\d.]+ .*shutdown\(\).*│/m);
  const [again = ""] = /synfin laws --seed 1 --path [\d:]+ -- .*/.exec(seen.stdout) ?? [];
  expect(again).toMatch(/ -- \.\/tcp --name 'it'\\''s mine'$/);
  const path = / --path (\S+)/.exec(again)?.[1] ?? "";
  const once = await laws(["--seed", "1", "--path", path, "--", "./tcp"], forgetful);
  const story = (text: string) =>
    text.slice(text.indexOf("the TCP under test"), text.indexOf("again:"));
  expect(story(once.stdout)).toBe(story(seen.stdout));
  expect(once.stderr).toBe("a word of its own\n");
});

/** Takes the line of a terminal away. */
const CLEAR = "\r\u001B[K";

test("on a terminal a line shows how far it is, and is taken away", async () => {
  const holds = await laws(["--runs", "100", "--", "./tcp"], undefined, true);
  expect(holds.stderr.split(CLEAR).slice(0, 2)).toEqual(["", "1 of 100 runs"]);
  expect(holds.stderr.endsWith(CLEAR)).toBe(true);
  const slow: Answer = async (input) => {
    if (input.type === "start") await new Promise((resolve) => setTimeout(resolve, 60));
    return forgetful(input);
  };
  const { stderr } = await laws(["--", "./tcp"], slow, true);
  expect(stderr.split(CLEAR).at(-2)).toMatch(
    /^a run fails: made smaller [1-9]\d* times, in \d+ runs$/,
  );
});

test("one that does next to nothing has proved nothing", async () => {
  const seen = await laws(["--", "./tcp"], () => ({}));
  expect(seen.exitCode).toBe(1);
  expect(seen.stdout).toMatch(/^this check proves too little:\n/);
});

test("--json is one object", async () => {
  const { stdout } = await laws(["--json", "--runs", "20", "--seed", "3", "--", "./tcp"]);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ passed: true, failure: null, runs: 20, seed: 3 });
  expect(result.met["everyCloseSendsFin: user closed"]).toBeGreaterThan(0);
  const broken = await laws(["--json", "--", "./tcp"], forgetful);
  expect(JSON.parse(broken.stdout)).toMatchObject({
    passed: false,
    failure: expect.stringContaining("again: "),
  });
});

test("--list names every law, what it says and where it is written", async () => {
  const { stdout, exitCode } = await laws(["--list"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    "noDataAfterFin\n  Once a FIN is sent nothing new is sent, and the FIN stays where it is.\n  RFC 9293 §3.6, ",
  );
  expect(JSON.parse((await laws(["--list", "--json"])).stdout)).toHaveLength(12);
});

test.each([
  [[], "laws: no program; write synfin laws -- PROGRAM ARGUMENTS"],
  [["--runs", "0", "--", "x"], 'laws: --runs "0" should be a whole number from 1 to 1000000'],
  [
    ["--seed", "1e3", "--", "x"],
    'laws: --seed "1e3" should be a whole number from 0 to 2147483647',
  ],
  [
    ["--path", "1000000", "--", "x"],
    'laws: --path "1000000" should be as a failure prints it: 12:0:1',
  ],
  [["--path", "one", "--", "x"], 'laws: --path "one" should be as a failure prints it: 12:0:1'],
  [
    ["--run", "5", "--", "x"],
    "laws: unknown option '--run'; there are --runs, --seed, --path, --list, --json, --help",
  ],
])("bad usage: synfin laws %j", async (args, message) => {
  expect(await laws(args)).toMatchObject({
    exitCode: 2,
    stdout: "",
    stderr: `synfin: ${message}\n`,
  });
});

test("a path that leads nowhere is bad usage, too", async () => {
  const seen = await laws(["--path", "0:9999", "--", "./tcp"]);
  expect(seen).toMatchObject({ exitCode: 2, stdout: "", closed: 1 });
  expect(seen.stderr).toContain(
    'synfin: laws: --path "0:9999" leads to no case of seed 1, but it should be as a failure prints it\n',
  );
});

test("a program that does not answer is bad usage, too", async () => {
  const seen = await laws(["--", "./tcp"], () => Promise.reject(new Error('cannot start "./tcp"')));
  expect(seen).toMatchObject({
    ...{ exitCode: 2, stdout: "", closed: 1 },
    stderr: 'synfin: laws: cannot start "./tcp"; give a program that answers each line with one\n',
  });
});
