import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkPort, machinePort } from "@synfin/properties";
import { type ProgramOptions, ProgramPort } from "@synfin/properties/node";
import { expect, onTestFinished, test } from "vitest";
import { plant } from "../../../../tools/testing/plant.ts";

/** A port behind a program of Node's, which is handed each line that comes. */
function program(onLine: string, options: ProgramOptions = {}): ProgramPort {
  const folder = plant({});
  const source = `require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
    const input = JSON.parse(line);
    ${onLine}
  });`;
  writeFileSync(join(folder, "port.cjs"), source);
  const port = new ProgramPort(process.execPath, ["port.cjs"], { folder, ...options });
  onTestFinished(() => port.close());
  return port;
}

const START = { type: "start", nowUs: 0, iss: 1 } as const;

test("a line for each input, and a line for each answer", async () => {
  const port = program("console.log(JSON.stringify({ error: line }));");
  expect(await port.step(START)).toEqual({ error: '{"type":"start","nowUs":0,"iss":1}' });
  const segment = { seq: 7, ack: 0, flags: "SYN", window: 9, mss: 1460, text: "" };
  const { error = "" } = await port.step({ type: "segment", nowUs: 5, ...segment });
  expect(JSON.parse(error)).toEqual({ type: "segment", nowUs: 5, ...segment });
});

test.each([
  [
    "ends",
    "console.error('no such call'); process.exit(3);",
    / ended with exit code 3 instead of an answer; on stderr it said: no such call$/,
  ],
  [
    "is silent",
    "",
    /^no answer to \{"type":"start".*\} within 300 ms; an answer has to be flushed$/,
  ],
  [
    "writes no JSON",
    "console.log('SYN sent');",
    /^the answer to \{.*\} is "SYN sent", but it should be one line of JSON$/,
  ],
])("a program that %s", async (_, onLine, message) => {
  const answerWithinMs = onLine === "" ? 300 : 20_000;
  await expect(program(onLine, { answerWithinMs }).step(START)).rejects.toThrow(message);
});

test("what a program says on stderr can be followed", async () => {
  let said = "";
  const onStderr = (chunk: string) => {
    said += chunk;
  };
  const port = program("console.error(input.type, line.length); console.log('{}');", { onStderr });
  await port.step(START);
  await expect.poll(() => said).toBe("start 34\n");
});

test("a program that says more than it was asked", async () => {
  const port = program("console.log('{}'); console.log('{ }');");
  await port.step(START);
  await expect
    .poll(() => port.step({ type: "time", nowUs: 1 }).catch(String))
    .toMatch(/though nothing had been asked/);
});

test("a program that is not there", async () => {
  const port = new ProgramPort("./no-such-tcp");
  await expect(port.step(START)).rejects.toThrow(/^cannot start "\.\/no-such-tcp" \(.*ENOENT/);
});

test("a program that has ended is started again with the next run", async () => {
  const port = program("if (input.type === 'time') process.exit(1); console.log('{}');");
  await port.step(START);
  await expect(port.step({ type: "time", nowUs: 1 })).rejects.toThrow("exit code 1");
  await expect(port.step({ type: "time", nowUs: 1 })).rejects.toThrow("has ended");
  expect(await port.step(START)).toEqual({});
});

test("a program that breaks the rules fails the check, with what it did", async () => {
  const port = program("console.log(JSON.stringify({ wakeAtUs: -5 }));");
  const { failure } = await checkPort({ port, seed: 1, runs: 3, replay: () => "again" });
  expect(failure).toMatch(
    /^the answer to \{"type":"start".*\}: wakeAtUs is -5, but it should be a whole/,
  );
  expect(machinePort().step(START)).toMatchObject({ wakeAtUs: null });
});
