import {
  BULK_SCENARIOS,
  type BulkScenario,
  findBulkScenario,
  planOf,
} from "@synfin/simulator/bulk";
import { censusCsv, reportOf } from "@synfin/simulator/report";
import { nearestNames } from "@synfin/simulator/view";
import { ExitCode, type Io, UsageError } from "../io.ts";
import { censusPicture } from "./census-picture.ts";
import { Crew, type Done, LoadFailure } from "./crew.ts";
import { hold, type Judge, readExpectation } from "./expectations.ts";
import { formatReport } from "./format-report.ts";
import { choiceFromSystem } from "./from-system.ts";
import { LOAD_HELP, scenarioHelp, scenarioList } from "./help.ts";
import { isSampleFormat, type LoadOptions, parseLoadOptions } from "./load-options.ts";
import { ProgressLine } from "./progress-line.ts";
import { formatSample, takeSample } from "./sample.ts";
import { seriesCommand } from "./series-command.ts";
import { settingsOf } from "./settings-of.ts";
import type { Series } from "./trials.ts";
import { write } from "./write-out.ts";

/** `synfin load`: resolves to the exit code, or rejects with a `UsageError`. */
export async function loadCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const options = parseLoadOptions(args);
  if (options.scenario === undefined) {
    io.stdout.write(options.help ? LOAD_HELP : scenarioList());
    return ExitCode.OK;
  }
  const scenario = scenarioNamed(options.scenario);
  if (options.help) {
    io.stdout.write(scenarioHelp(scenario));
    return ExitCode.OK;
  }
  if (options.format === "pcapng" && options.out === undefined && io.stdout.isTTY) {
    throw new UsageError(
      "load: a pcapng file is binary and would upset the terminal; add --out FILE, or pipe it into another program",
    );
  }
  const base = await choiceFromSystem(scenario, options, io);
  const chosen = settingsOf(scenario, base, options.assignments);
  const crew = new Crew(io, options.workers ?? io.cores);
  const { seed, replications } = options;
  const progress = new ProgressLine(io.stderr, () => performance.now());
  const series: Series = { scenario, chosen, seed, replications, crew, progress };
  const forget = io.onInterrupt(() => crew.stop());
  try {
    return await dispatch(series, options, io);
  } catch (error) {
    progress.clear();
    if (!(error instanceof LoadFailure)) throw error;
    io.stderr.write(`synfin: load: ${error.message}\n`);
    return ExitCode.CHECK_FAILED;
  } finally {
    forget();
    await crew.close();
  }
}

async function dispatch(series: Series, options: LoadOptions, io: Io): Promise<ExitCode> {
  if (options.sweep !== undefined || options.solve !== undefined) {
    return await seriesCommand(series, options, io);
  }
  const { scenario, chosen } = series;
  const judges = options.expect.map((text) =>
    readExpectation("--expect", text, scenario, chosen.settings),
  );
  const isSample = isSampleFormat(options.format);
  const startedMs = performance.now();
  const done = isSample && judges.length === 0 ? undefined : await runOnce(series);
  const wallSeconds = (performance.now() - startedMs) / 1000;
  const sample = isSample ? await sampleOf(series, options) : undefined;
  series.progress.clear();
  const content = sample?.content ?? render(series, options, done, wallSeconds);
  await write(options.out, content, io);
  const isPartial = done?.partial === true || sample?.partial === true;
  if (isPartial) io.stderr.write("synfin: load: stopped before its end: the result is partial\n");
  const failed = done === undefined ? false : !allHold(judges, series, done, io);
  return isPartial || failed ? ExitCode.CHECK_FAILED : ExitCode.OK;
}

async function runOnce({
  scenario,
  chosen,
  seed,
  replications,
  crew,
  progress,
}: Series): Promise<Done> {
  const { cells } = planOf(scenario, chosen.settings);
  const { choice } = chosen;
  return await crew.run({ scenario: scenario.name, choice, seed, replications, cells }, (now) =>
    progress.show(now),
  );
}

async function sampleOf(
  { scenario, chosen, seed, crew, progress }: Series,
  { sample: nth, format }: LoadOptions,
): Promise<{ readonly content: string | Uint8Array; readonly partial: boolean }> {
  const isStopped = (): boolean => crew.isStopped;
  const sample = await takeSample({ scenario, chosen, seed, nth, progress, isStopped });
  return { content: formatSample(sample, format), partial: sample.partial };
}

function render(
  { scenario, chosen }: Series,
  { format }: LoadOptions,
  done: Done | undefined,
  wallSeconds: number,
): string {
  const [first] = done?.results ?? [];
  if (done === undefined || first === undefined) throw new Error("synfin: nothing was run");
  if (format === "csv") return censusCsv(first);
  if (format === "svg") return censusPicture(first, scenario);
  const report = reportOf({ scenario, settings: chosen.settings, ...done, wallSeconds });
  return format === "json"
    ? `${JSON.stringify(report, null, 2)}\n`
    : formatReport(report, scenario);
}

/** Says on standard error what does not hold. */
function allHold(
  judges: readonly Judge[],
  { scenario, chosen }: Series,
  { results }: Done,
  io: Io,
): boolean {
  const found = judges.flatMap((judge) => {
    return hold(judge, scenario, chosen.settings, results).findings.filter(({ holds }) => !holds);
  });
  for (const { text } of found) io.stderr.write(`synfin: load: does not hold: ${text}\n`);
  return found.length === 0;
}

function scenarioNamed(name: string): BulkScenario {
  const found = findBulkScenario(name);
  if (found !== undefined) return found;
  const names = BULK_SCENARIOS.map((one) => one.name);
  const near = nearestNames(name, names);
  const hint = near.length === 0 ? "" : ` (did you mean ${near.join(" or ")}?)`;
  throw new UsageError(
    `load: unknown scenario "${name}"${hint}; "synfin load --list" lists them all`,
  );
}
