import type { Parameter } from "@synfin/simulator/bulk";
import { LEVEL, REPORT_VERSION } from "@synfin/simulator/report";
import { ExitCode, type Io } from "../io.ts";
import { LoadFailure } from "./crew.ts";
import { readExpectation } from "./expectations.ts";
import { pointsOf, type SeriesPoint, seriesCsv, seriesSvg, seriesTable } from "./format-series.ts";
import type { LoadFormat, LoadOptions } from "./load-options.ts";
import { type Solution, solve } from "./solve.ts";
import { planSweep, runSweep } from "./sweep.ts";
import { type Series, type Trial, variable } from "./trials.ts";
import { showValue } from "./values.ts";
import { write } from "./write-out.ts";

/** `--sweep` and `--solve`: several runs that differ in one parameter. */
export async function seriesCommand(
  series: Series,
  options: LoadOptions,
  io: Io,
): Promise<ExitCode> {
  const { sweep, solve: wanted } = options;
  if (sweep !== undefined) return await sweepCommand(series, options, sweep, io);
  if (wanted !== undefined) return await solveCommand(series, options, wanted, io);
  throw new Error("synfin: neither a sweep nor a search");
}

async function sweepCommand(
  series: Series,
  { format, out }: LoadOptions,
  text: NonNullable<LoadOptions["sweep"]>,
  io: Io,
): Promise<ExitCode> {
  const plan = planSweep(series.scenario, text);
  const trials = await runSweep(series, plan);
  series.progress.clear();
  const isPartial = trials.length < plan.values.length;
  const points = someOf(series, trials);
  const content =
    shapeOf(series, plan.parameter, points, format) ??
    json(series, plan.parameter, points, { partial: isPartial });
  await write(out, content, io);
  if (!isPartial) return ExitCode.OK;
  const { length } = plan.values;
  io.stderr.write(
    `synfin: load: stopped after ${trials.length} of ${length} values: the result is partial\n`,
  );
  return ExitCode.CHECK_FAILED;
}

async function solveCommand(
  series: Series,
  { format, out }: LoadOptions,
  { key, until }: NonNullable<LoadOptions["solve"]>,
  io: Io,
): Promise<ExitCode> {
  const { scenario, chosen, crew } = series;
  const parameter = variable(scenario, "--solve", key);
  const judge = readExpectation("--until", until, scenario, chosen.settings);
  const solution = await solve(series, parameter, judge);
  series.progress.clear();
  const partial = crew.isStopped;
  const points = someOf(
    series,
    [...solution.trials].sort((a, b) => a.value - b.value),
  );
  const answer = answerOf(parameter, until, solution, partial);
  const shape = shapeOf(series, parameter, points, format);
  const { holds = null, fails = null } = solution;
  const content =
    (format === "table" ? `${shape}\n${answer}\n` : shape) ??
    json(series, parameter, points, { partial, until, holds, fails, answer });
  await write(out, content, io);
  if (partial) io.stderr.write("synfin: load: stopped before its end: the result is partial\n");
  return partial || holds === null ? ExitCode.CHECK_FAILED : ExitCode.OK;
}

/** The points, or a `LoadFailure` where a search was stopped before its first. */
function someOf(series: Series, trials: readonly Trial[]): SeriesPoint[] {
  if (trials.length > 0) return pointsOf(series, trials);
  throw new LoadFailure("stopped before the first run was over, so there is no result");
}

function shapeOf(
  series: Series,
  parameter: Parameter,
  points: readonly SeriesPoint[],
  format: LoadFormat,
): string | undefined {
  if (format === "csv") return seriesCsv(parameter, points);
  if (format === "svg") return seriesSvg(series, parameter, points);
  return format === "table" ? seriesTable(parameter, points) : undefined;
}

function answerOf(
  parameter: Parameter,
  until: string,
  { holds, fails }: Solution,
  partial: boolean,
): string {
  const { key } = parameter;
  if (partial && (holds === undefined || fails === undefined)) {
    const found = holds ?? fails;
    const what = holds === undefined ? "does not hold" : "holds";
    const at =
      found === undefined ? "" : ` "${until}" ${what} at ${key} ${showValue(parameter, found)}.`;
    return `The search was stopped before it had an answer.${at}`;
  }
  if (holds === undefined) {
    const tried = fails === undefined ? "" : `, down to ${showValue(parameter, fails)}`;
    return `"${until}" holds for no ${key}${tried}.`;
  }
  const above =
    fails === undefined
      ? "nothing higher was tried"
      : `at ${showValue(parameter, fails)} it does not hold`;
  return `"${until}" holds up to ${key} ${showValue(parameter, holds)}; ${above}.`;
}

function json(
  { scenario, seed, replications, chosen }: Series,
  { key, unit }: Parameter,
  points: readonly SeriesPoint[],
  more: object,
): string {
  const runs = points.map(({ value, report: { census: _, ...report }, failedShare }) => {
    const { mean, low, high } = failedShare;
    const interval = replications === 1 ? null : { low, high, level: LEVEL, n: replications };
    return { value, failedShare: { mean, interval }, report };
  });
  const result = {
    format: "synfin-load-series",
    version: REPORT_VERSION,
    scenario: scenario.name,
    seed,
    profile: chosen.settings.profile.name,
    key,
    unit,
    replications,
    ...more,
    points: runs,
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
