/** The report as text: one table of figures, one of targets. */
import { formatInTurns } from "./measure.mjs";
import { busyness, clockOf, isTimed } from "./targets.mjs";

/** @typedef {import("./sections.mjs").Sections} Sections */
/** @typedef {import("./turns.mjs").Timed} Timed */
/** @typedef {import("./comparator.mjs").SkippedFigure} SkippedFigure */
/** @typedef {import("./report.mjs").Report} Report */

const MILLION = 1_000_000;

/**
 * @param {Report} report
 * @returns {string} without a line break at its end
 */
export function formatReport({ machine, sections, targets }) {
  const { node, processor, cores, seconds } = machine;
  const blocks = [
    [`Node ${node} on ${cores} × ${processor}; ${seconds.toFixed(0)} s`, ...aboutClock(sections)],
    stepLines(sections),
    codecLines(sections),
    lifecycleLines(sections),
    aliveLines(sections),
    targetLines(targets),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** @param {Sections} sections */
function aboutClock(sections) {
  const busy = busyness(sections);
  if (busy === undefined) return [];
  const times = `a run took ${busy.toFixed(2)} times as long on the wall as on the processor`;
  return clockOf(sections) === "wall"
    ? [`The machine was quiet (${times}): rates and ratios are taken by the wall's clock.`]
    : [`The machine was busy (${times}): rates and ratios are taken by the processor's clock.`];
}

/** @param {Sections} sections */
function stepLines({ step }) {
  if (step === undefined) return [];
  const rows = step.map(({ name, ns, timesRow }) => [name, ns.toFixed(1), timesRow.toFixed(2)]);
  return columns([["A step, the best of many rounds", "ns", "× row"], ...rows]);
}

/** @param {Sections} sections */
function codecLines({ codec }) {
  return codec === undefined ? [] : ["Reading a packet", ...formatInTurns(codec)];
}

const LIFECYCLES = [
  ["Lifecycles in turns, medians", "connections", "/s wall", "/s cpu", "ns/event cpu"],
  ["events", "arrivals", "bytes", "digest"],
].flat();

/** @param {Sections} sections */
function lifecycleLines({ crowd, ns3, chromium = [] }) {
  const rows = [
    ...(crowd?.sizes ?? []).flatMap(({ ours, c, base }) => [base, ours, c]),
    ...(crowd === undefined ? [] : [crowd.linuxOne, crowd.linuxMany]),
    ...(ns3 === undefined ? [] : [ns3.ours, ns3.theirs]),
    ...chromium.flatMap(({ node, chromium: inChromium }) => [node, inChromium]),
  ].filter((one) => one !== undefined);
  if (rows.length === 0) return [];
  const notes = [
    "/s cpu: in a second of one core's time. events, arrivals, bytes: for each connection.",
    "An event of ours did something; the C program's are those and timers long dead.",
  ];
  if (crowd !== undefined) {
    notes.push(`Linux had ${crowd.cores} cores for many in flight; its /s wall is that of all.`);
  }
  return [...columns([LIFECYCLES, ...rows.map(lifecycleRow)]), ...notes];
}

/** @param {Timed | SkippedFigure} one */
function lifecycleRow(one) {
  if (!isTimed(one)) return [`${one.name}: skipped, ${one.skipped}`];
  const { name, connections, cpu, wall, last } = one;
  const { events, arrivals, bytesPerConnection, digest = "" } = last;
  return [
    name,
    grouped(connections),
    grouped(1e9 / wall.medianNs),
    grouped(1e9 / cpu.medianNs),
    events === undefined ? "" : ((cpu.medianNs * connections) / events).toFixed(1),
    each(events, connections),
    each(arrivals, connections),
    bytesPerConnection === undefined ? "" : bytesPerConnection.toFixed(0),
    digest,
  ];
}

/**
 * @param {number | undefined} count
 * @param {number} connections
 */
function each(count, connections) {
  return count === undefined ? "" : `${Number((count / connections).toFixed(3))}`;
}

/** @param {Sections} sections */
function aliveLines({ alive }) {
  if (alive === undefined) return [];
  const head = ["ESTABLISHED at both ends at once", "arrays", "each", "process (RSS)", "each"];
  const rows = alive.map((one) => [
    grouped(one.alive),
    `${(one.arrayBytes / MILLION).toFixed(0)} MB`,
    one.bytesPerConnection.toFixed(1),
    `${(one.rssBytes / MILLION).toFixed(0)} MB`,
    one.rssBytesPerConnection.toFixed(1),
  ]);
  return columns([head, ...rows]);
}

/** @param {Report["targets"]} targets */
function targetLines(targets) {
  if (targets.length === 0) return [];
  const rows = targets.map((target) => [
    target.name,
    target.wanted,
    measured(target),
    verdict(target),
    target.detail,
  ]);
  return columns([["Target", "wanted", "measured", "", ""], ...rows], 1);
}

/** @param {import("./targets.mjs").Target} target */
function measured({ measured: value }) {
  if (typeof value !== "number") return value ?? "–";
  return value >= 1000 ? value.toFixed(0) : `${Number(value.toPrecision(4))}`;
}

/** @param {import("./targets.mjs").Target} target */
function verdict({ met, binds }) {
  if (met === undefined) return "not measured";
  const word = met ? "met" : "MISSED";
  return binds ? word : `${word} (informs)`;
}

/** @param {import("./profile.mjs").Profile} profile */
export function formatProfile({ connections, nsPerLifecycle, samples, places }) {
  const title = `${grouped(connections)} connections, ${nsPerLifecycle.toFixed(0)} ns of the processor each, ${samples} samples`;
  const head = ["Function, by its own time", "ns", "share", "where"];
  const rows = places
    .slice(0, 40)
    .map(({ name, where, ns, share }) => [
      name,
      ns.toFixed(1),
      `${(100 * share).toFixed(1)} %`,
      where,
    ]);
  return [title, "", ...columns([head, ...rows])].join("\n");
}

/**
 * Aligned columns: the first to the left, and so are texts in the last ones.
 *
 * @param {readonly (readonly string[])[]} rows
 */
function columns(rows, leftAtEnd = 0) {
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) => {
    // A row of one cell, such as what was skipped, may be longer than its column.
    return Math.max(...rows.map((row) => (row.length === 1 ? 0 : (row[at] ?? "").length)));
  });
  return rows.map((row) => {
    const cells = row.map((cell, at) => {
      const isLeft = at === 0 || at >= count - leftAtEnd;
      return isLeft ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
    });
    return cells.join("  ").trimEnd();
  });
}

/** @param {number} value */
function grouped(value) {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");
}
