import type { Parameter } from "@synfin/simulator/bulk";
import { type SweepAxis, type SweepPoint, sweepSvg } from "@synfin/simulator/plot";
import {
  formatCsv,
  LEVEL,
  type Report,
  type ReportOracle,
  reportOf,
} from "@synfin/simulator/report";
import { confidence } from "@synfin/simulator/stats";
import { inUnit } from "./format-report.ts";
import { type Cell, type Column, formatTable, grouped, percent } from "./format-table.ts";
import type { Series, Trial } from "./trials.ts";
import { showValue } from "./values.ts";

/** One point of a series as it is printed. */
export interface SeriesPoint {
  readonly value: number;
  readonly report: Report;
  /** The share of calls and connections that failed, over the replications. */
  readonly failedShare: SweepPoint;
}

export function pointsOf(series: Series, trials: readonly Trial[]): SeriesPoint[] {
  return trials.map(({ value, settings, results }) => {
    const { scenario } = series;
    const report = reportOf({ scenario, settings, results, partial: false, wallSeconds: 0 });
    const shares = results.map(
      ({ connections: { failed, opened } }) => failed / Math.max(1, opened),
    );
    const { mean, low, high } = confidence(shares, LEVEL);
    return { value, report, failedShare: { x: value, mean, low, high } };
  });
}

const BAR = 24;

/** A table with a bar for each point: the share that failed. */
export function seriesTable(parameter: Parameter, points: readonly SeriesPoint[]): string {
  const oracle = commonOracle(points);
  const columns: Column[] = [
    { title: parameter.key },
    ...["opened", "established", "failed"].map((title) => ({ title, format: grouped })),
    { title: "share" },
    ...(oracle === undefined ? [] : [{ title: oracle }, { title: "theory" }]),
    { title: "" },
  ];
  const rows = points.map(({ value, report, failedShare }): Cell[] => {
    const { opened, established, failed } = report.connections;
    const theory = oracle === undefined ? undefined : report.oracle[oracle];
    return [
      showValue(parameter, value),
      ...[opened, established, failed, percent(failedShare.mean)],
      ...(theory === undefined
        ? []
        : [inUnit(theory.unit, theory.observed), inUnit(theory.unit, theory.expected)]),
      "█".repeat(Math.round(failedShare.mean * BAR)),
    ];
  });
  return formatTable(columns, rows);
}

/** Every oracle of every point has its columns, so the fields are those of all points together. */
export function seriesCsv(parameter: Parameter, points: readonly SeriesPoint[]): string {
  const oracles = [...new Set(points.flatMap(({ report }) => Object.keys(report.oracle)))];
  const header = [
    parameter.key,
    ...["opened", "established", "closed", "failed", "failedShare", "firstFailureAtUs"],
    ...oracles.flatMap((name) =>
      ["expected", "observed", "low", "high"].map((c) => `${name} ${c}`),
    ),
    "digest",
  ];
  const rows = points.map(({ value, report }) => {
    const { opened, established, closed, failed, failedShare } = report.connections;
    return [
      ...[value, opened, established, closed, failed, failedShare, report.firstFailure?.atUs],
      ...oracles.flatMap((name) => oracleFields(report.oracle[name])),
      report.digest,
    ];
  });
  return formatCsv(header, rows);
}

function oracleFields(oracle: ReportOracle | undefined): (number | undefined)[] {
  const { expected, observed, interval } = oracle ?? {};
  return [expected, observed, interval?.low, interval?.high];
}

/** The plot: what theory speaks of, where it does, or else the share that failed. */
export function seriesSvg(
  { scenario, replications }: Series,
  parameter: Parameter,
  points: readonly SeriesPoint[],
): string {
  const name = commonOracle(points);
  const oracles =
    name === undefined ? [] : points.flatMap(({ report }) => report.oracle[name] ?? []);
  const isShare = oracles[0] === undefined || oracles[0].unit === "ratio";
  const places = points.map((point, index): SweepPoint => {
    const x = onAxis(parameter, point.value);
    const oracle = oracles[index];
    if (oracle === undefined) return { ...point.failedShare, x };
    const { observed: mean, interval } = oracle;
    return { x, mean, low: interval?.low ?? Number.NaN, high: interval?.high ?? Number.NaN };
  });
  const sure = replications === 1 ? "one run each" : "99 % interval";
  const line = oracles.map(({ expected }, index) => [places[index]?.x ?? 0, expected] as const);
  return sweepSvg(places, {
    title: `${scenario.name}: ${scenario.title.en}`,
    x: axisOf(parameter),
    y: { label: name ?? "failed", kind: isShare ? "share" : "number" },
    points: `simulated, ${sure}`,
    ...(name === undefined ? {} : { theory: { name: "theory", line } }),
  });
}

/** The first oracle that every point has, shares before others. */
function commonOracle(points: readonly SeriesPoint[]): string | undefined {
  const names = Object.keys(points[0]?.report.oracle ?? {}).filter((name) =>
    points.every(({ report }) => report.oracle[name] !== undefined),
  );
  return names.find((name) => points[0]?.report.oracle[name]?.unit === "ratio") ?? names[0];
}

/** Times in seconds and shares in parts of one, as the axis writes them. */
function onAxis({ unit }: Parameter, value: number): number {
  return unit === "us" || unit === "ppm" ? value / 1_000_000 : value;
}

function axisOf({ key, unit }: Parameter): SweepAxis {
  if (unit === "ppm") return { label: key, kind: "share" };
  const names = { us: "s", "per-second": "1/s", octets: "octets", count: "" } as const;
  const name = unit === "choice" || unit === "switch" ? "" : names[unit];
  return { label: name === "" ? key : `${key} (${name})` };
}
