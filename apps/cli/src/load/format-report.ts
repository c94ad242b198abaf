import type { BulkScenario, Counters, Oracle } from "@synfin/simulator/bulk";
import type {
  FirstFailure,
  HostCensus,
  Report,
  ReportInterval,
  ReportOracle,
} from "@synfin/simulator/report";
import { formatDuration } from "@synfin/simulator/view";
import { type Cell, formatTable, grouped, milliseconds, percent } from "./format-table.ts";
import { showValue } from "./values.ts";

/** A report for a person at a terminal. */
export function formatReport(report: Report, scenario: BulkScenario): string {
  return [
    head(report, scenario),
    connections(report),
    failures(report),
    capacity(report),
    times(report),
    states(report),
    counters(report),
    theory(report),
  ]
    .filter((section) => section !== "")
    .join("\n");
}

function head(report: Report, scenario: BulkScenario): string {
  const { name, title, parameters } = scenario;
  const chosen = parameters.map(
    (parameter) =>
      `${parameter.key} ${showValue(parameter, report.parameters[parameter.key] ?? 0)}`,
  );
  const runs = report.replications === 1 ? "" : `, first of ${report.replications} replications`;
  const took = `${formatDuration(report.virtualUs)} in ${report.wallSeconds.toFixed(2)} s`;
  const start =
    report.start === null
      ? ""
      : `begins with ${report.start.established} connections open and ${report.start.timeWait} in TIME-WAIT, all to the same place\n`;
  const part = report.partial ? "PARTIAL: stopped before its end\n" : "";
  return `${name}: ${title.en}
${chosen.join(", ")}
profile ${report.profile}, seed ${report.seed}${runs}, digest ${report.digest}
${took}, ${grouped(report.events)} events, ${Math.round(report.bytesPerConnection)} bytes per connection
${start}${part}`;
}

function connections({ connections: counts, segments, dropped, busiest }: Report): string {
  const of = (count: number): string => percent(count / Math.max(1, counts.opened));
  const rows: Cell[][] = [
    ["opened", counts.opened, ""],
    ["established at both ends", counts.established, of(counts.established)],
    ["closed", counts.closed, of(counts.closed)],
    ["failed", counts.failed, of(counts.failed)],
    ["segments", segments, dropped === 0 ? "" : `${grouped(dropped)} dropped`],
  ];
  const moments = Object.entries(busiest).map(([name, { count, atUs }]) => {
    const what = name === "alive" ? "open at both ends" : `at the ${name}`;
    return [`most ${what}`, count, `at ${formatDuration(atUs)}`];
  });
  return formatTable(
    [{ title: "connections" }, { title: "", format: grouped }, { title: "" }],
    [...rows, ...moments],
  );
}

function failures({ failures: byErrno, firstFailure }: Report): string {
  const rows = Object.entries(byErrno).flatMap(([errno, { firstAtUs, causes }]) =>
    Object.entries(causes).map(([cause, count]): Cell[] => [
      errno,
      cause,
      count,
      firstAtUs === null ? undefined : formatDuration(firstAtUs),
    ]),
  );
  if (firstFailure === null) return rows.length === 0 ? "Nothing failed.\n" : failureTable(rows);
  const table = rows.length === 0 ? "" : failureTable(rows);
  return `${table}${gaveWay(firstFailure)}\n`;
}

/** What an operator asks: which resource, when, and at what rate would it have held? */
function gaveWay(first: FirstFailure): string {
  const { resource, errno, counter, atUs } = first;
  const sign = errno ?? counter;
  const what = [resource, resource !== null && sign !== null ? `(${sign})` : sign];
  const named = what.filter((part) => part !== null).join(" ");
  return `First to give way: ${named} at ${formatDuration(atUs)}.${wouldHaveHeld(first)}`;
}

function wouldHaveHeld({ holdsUpToPerSecond: rate, formula }: FirstFailure): string {
  if (rate === null) return "";
  if (rate === 0) return ` It would have held at no rate (${formula}).`;
  return ` It would have held at up to ${fourDigits(rate)} connections per second (${formula}).`;
}

function capacity({ capacity: all }: Report): string {
  if (all.length === 0) return "";
  const rows = all.map((one): Cell[] => [
    one.resource,
    `${fourDigits(one.holdsUpToPerSecond)}/s`,
    one.usedUpAtUs === null ? undefined : formatDuration(one.usedUpAtUs),
    one.formula,
  ]);
  const columns = ["capacity", "holds up to", "used up at", ""].map((title) => ({ title }));
  return formatTable(columns, rows);
}

function fourDigits(rate: number): string {
  return String(Number(rate.toPrecision(4)));
}

function failureTable(rows: readonly Cell[][]): string {
  const columns = ["failures", "cause", "count", "first"].map((title) => ({
    title,
    format: grouped,
  }));
  return formatTable(columns, rows);
}

function times({ histograms }: Report): string {
  const rows = Object.entries(histograms)
    .filter(([, { count }]) => count > 0)
    .map(([name, one]): Cell[] => [
      ...[name, one.count, one.p50Us, one.p90Us, one.p99Us, one.p999Us, one.maxUs],
    ]);
  if (rows.length === 0) return "";
  const parts = ["p50", "p90", "p99", "p99.9", "max"];
  return formatTable(
    [
      { title: "time", unit: "ms" },
      { title: "count", format: grouped },
      ...parts.map((title) => ({ title, format: milliseconds })),
    ],
    rows,
  );
}

function states({ census, counters: hosts, sockets }: Report): string {
  const rows = Object.keys(hosts).flatMap((host) =>
    Object.entries(census[host] as HostCensus).map(([state, { peak, peakAtUs, end }]): Cell[] => [
      ...[host, state, peak, formatDuration(peakAtUs), end],
    ]),
  );
  const summaries = Object.entries(sockets).map(([host, counts]) => {
    const list = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
    return `ss -s, ${host}, at the end: ${list.join(", ")}\n`;
  });
  const columns = ["host", "state", "most", "at", "at the end"].map((title) => ({
    title,
    format: grouped,
  }));
  return formatTable(columns, rows) + summaries.join("");
}

function counters({ counters: byHost }: Report): string {
  const hosts = Object.entries(byHost);
  const [first] = hosts;
  if (first === undefined) return "";
  const names = Object.keys(first[1]) as (keyof Counters)[];
  const rows = names
    .filter((name) => hosts.some(([, counts]) => counts[name] > 0))
    .map((name): Cell[] => [name, ...hosts.map(([, counts]) => counts[name])]);
  return formatTable(
    [{ title: "nstat" }, ...hosts.map(([title]) => ({ title, format: grouped }))],
    rows,
  );
}

function theory({ oracle, replications }: Report): string {
  const all = Object.values(oracle);
  if (all.length === 0) return "";
  const rows = all.map((one): Cell[] => [
    one.name,
    inUnit(one.unit, one.expected),
    inUnit(one.unit, one.observed),
    one.interval === null ? undefined : bounds(one, one.interval),
    one.holds === null ? "one run does not tell" : one.holds ? "holds" : "does NOT hold",
  ]);
  const columns = ["theory", "expected", "observed", "99 % interval", ""].map((title) => ({
    title,
  }));
  const claims = all.map(({ name, claim }) => `${name}: ${claim}\n`).join("");
  const hint =
    replications === 1 && all.some(({ holds }) => holds === null)
      ? "Give --replications 5 or more for intervals.\n"
      : "";
  return formatTable(columns, rows) + claims + hint;
}

function bounds({ unit }: ReportOracle, { low, high }: ReportInterval): string {
  return `${inUnit(unit, low)} to ${inUnit(unit, high)}`;
}

/** An oracle's number for a person. */
export function inUnit(unit: Oracle["unit"], value: number): string {
  if (unit === "us") return formatDuration(Math.round(value));
  if (unit === "ratio") return percent(value);
  if (unit === "ppm") return percent(value / 1_000_000);
  const number = String(Number(value.toPrecision(6)));
  return unit === "per-second" ? `${number}/s` : number;
}
