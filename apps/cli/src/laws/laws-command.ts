import { blackBoxLaws, checkPort, formatCoverage, type LawReport } from "@synfin/properties";
import { ExitCode, type Io, type Program, UsageError } from "../io.ts";
import { readOptions } from "../options.ts";
import { StatusLine } from "../status-line.ts";
import { LAWS_HELP } from "./help.ts";
import { shellWord } from "./shell-word.ts";

const OPTIONS = {
  runs: { type: "string" },
  seed: { type: "string" },
  path: { type: "string" },
  list: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** What `synfin laws` was asked to do with a program. */
interface Asked {
  readonly words: readonly [string, ...string[]];
  readonly seed: number;
  readonly runs: number;
  readonly path: string | undefined;
}

/** `synfin laws`: resolves to the exit code, or rejects with a `UsageError`. */
export async function lawsCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readOptions("laws", args, OPTIONS);
  if (values["help"] === true) {
    io.stdout.write(LAWS_HELP);
    return ExitCode.OK;
  }
  const json = values["json"] === true;
  if (values["list"] === true) {
    io.stdout.write(list(json));
    return ExitCode.OK;
  }
  const asked = readAsked(values, positionals);
  const report = await hold(asked, io);
  io.stdout.write(json ? reportJson(report) : reportText(report));
  return report.failure === undefined ? ExitCode.OK : ExitCode.CHECK_FAILED;
}

async function hold({ words, seed, runs, path }: Asked, io: Io): Promise<LawReport> {
  const [command, ...rest] = words;
  // Of one case a person may want to read what the program says of itself.
  const aloud = path === undefined ? {} : { onStderr: (chunk: string) => io.stderr.write(chunk) };
  const port = io.startProgram(command, rest, aloud);
  const line = new StatusLine(io.stderr, () => performance.now());
  const onCase = (played: number, failed: number) =>
    line.show(() => progress(runs, played, failed));
  try {
    await answersAtAll(port);
    const replay = (failed: number, place: string) => {
      return `synfin laws --seed ${failed} --path ${place} -- ${words.map(shellWord).join(" ")}`;
    };
    const only = path === undefined ? {} : { path };
    return await checkPort({ port, seed, runs, replay, onCase, ...only });
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(`laws: --${error.message}`) : error;
  } finally {
    line.clear();
    port.close();
  }
}

function progress(runs: number, played: number, failed: number): string {
  if (failed === 0) return `${played} of ${runs} runs`;
  return `a run fails: made smaller ${failed - 1} times, in ${played} runs`;
}

/** A program that is none, or no adapter, is bad usage: no law has been broken yet. */
async function answersAtAll(port: Program): Promise<void> {
  try {
    await port.step({ type: "start", nowUs: 0, iss: 0 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`laws: ${reason}; give a program that answers each line with one`);
  }
}

type Values = ReturnType<typeof readOptions>["values"];

function readAsked(values: Values, [command, ...rest]: readonly string[]): Asked {
  if (command === undefined) {
    throw new UsageError("laws: no program; write synfin laws -- PROGRAM ARGUMENTS");
  }
  const path = values["path"];
  if (path !== undefined && !/^\d{1,6}(:\d+)*$/.test(String(path))) {
    throw new UsageError(`laws: --path "${path}" should be as a failure prints it: 12:0:1`);
  }
  return {
    words: [command, ...rest],
    seed: whole(values["seed"], "--seed", 1, 0, 0x7fff_ffff),
    runs: whole(values["runs"], "--runs", 200, 1, 1_000_000),
    path: path === undefined ? undefined : String(path),
  };
}

function whole(given: unknown, name: string, usual: number, least: number, most: number): number {
  if (given === undefined) return usual;
  const value = Number(given);
  if (/^\d+$/.test(String(given)) && value >= least && value <= most) return value;
  throw new UsageError(
    `laws: ${name} "${given}" should be a whole number from ${least} to ${most}`,
  );
}

function reportText(report: LawReport): string {
  const { failure, runs } = report;
  if (failure !== undefined) return `${failure}\n`;
  return `${formatCoverage(report)}\n\n${blackBoxLaws.length} laws hold in ${runs} ${runs === 1 ? "run" : "runs"}\n`;
}

function reportJson({ failure, runs, seed, premises }: LawReport): string {
  const met = Object.fromEntries(premises);
  const result = { passed: failure === undefined, failure: failure ?? null, runs, seed, met };
  return `${JSON.stringify(result, null, 2)}\n`;
}

function list(json: boolean): string {
  const laws = blackBoxLaws.map(({ name, source, says }) => ({ law: name, source, says }));
  if (json) return `${JSON.stringify(laws, null, 2)}\n`;
  return laws.map(({ law, source, says }) => `${law}\n  ${says}\n  ${source}\n`).join("\n");
}
