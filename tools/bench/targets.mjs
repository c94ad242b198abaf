/** What is wanted of the figures, and whether it is so. */
import { elementTargets } from "./element-targets.mjs";
import { ratioOf } from "./measure.mjs";
import { LIMITS } from "./step.mjs";
import { atLeast, atMost, equal, inform, missing } from "./target.mjs";

/** @typedef {import("./target.mjs").Target} Target */
/** @typedef {import("./target.mjs").Measurement} Measurement */
/** @typedef {import("./sections.mjs").Sections} Sections */
/** @typedef {import("./turns.mjs").Timed} Timed */
/** @typedef {import("./comparator.mjs").SkippedFigure} SkippedFigure */
/** @typedef {"wall" | "cpu"} Clock */

const MILLION = 1_000_000;
const MOST_BYTES = 384;
const MOST_ALIVE = 10_000_000;

/** The wall's clock tells the truth where it and the processor's agree so well. */
const QUIET = 1.15;

/**
 * How much longer our largest run took on the wall than on the processor. The
 * collector's helpers count for the processor, so it can be below 1.
 *
 * @param {Sections} sections
 * @returns {number | undefined}
 */
export function busyness({ crowd, ns3, chromium }) {
  const all = [...(crowd?.sizes ?? []).map(({ ours }) => ours).reverse(), ns3?.ours];
  const ours = [...all, chromium?.[0]?.node].find(isTimed);
  return ours === undefined ? undefined : ours.wall.medianNs / ours.cpu.medianNs;
}

/**
 * Which clock rates and ratios are taken by: the wall's where the machine was quiet.
 *
 * @param {Sections} sections
 * @returns {Clock}
 */
export function clockOf(sections) {
  return (busyness(sections) ?? Number.POSITIVE_INFINITY) <= QUIET ? "wall" : "cpu";
}

/**
 * @param {Sections} sections
 * @returns {Target[]} of the sections that were measured
 */
export function targetsOf(sections) {
  const clock = clockOf(sections);
  return [
    ...stepTargets(sections),
    ...exactTargets(sections),
    ...aliveTargets(sections),
    ...crowdTargets(sections, clock),
    ...ns3Targets(sections, clock),
    ...chromiumTargets(sections),
    ...elementTargets(sections.element),
  ];
}

/** @param {Sections} sections */
function stepTargets({ step }) {
  const inOrder = step?.find(({ name }) => name.startsWith("in-order"));
  if (inOrder === undefined) return [];
  const { ns, timesRow } = inOrder;
  return [
    atMost("a step of in-order text, ns", LIMITS.nsPerStep, ns),
    atMost("the same, times a row's load and store", LIMITS.timesRow, timesRow),
  ];
}

/** @param {Sections} sections */
function exactTargets({ exact }) {
  if (exact === undefined) return [];
  const { calls, connections, arrivals, digests: sameRun } = exact.calls;
  const each = Object.values(calls).reduce((sum, count) => sum + count, 0) / connections;
  const counted = Object.entries(calls).map(([name, count]) => `${count / connections} ${name}`);
  const seven = equal("calls of segmentArrives per lifecycle", 7, each, counted.join(", "));
  const told = equal("arrivals per lifecycle, as the simulator counts", 7, arrivals / connections);
  const digests = exact.digests.map(({ connections: size, plain, paranoid, times }) => {
    const detail = `takes ${times.toFixed(1)} times as long`;
    return equal(`digest in paranoid mode at ${size}`, plain, paranoid, detail);
  });
  const same = equal("digest of the run that was counted", sameRun.built, sameRun.modules);
  return [seven, told, same, ...digests];
}

/** @param {Sections} sections */
function aliveTargets({ alive }) {
  if (alive === undefined) return [];
  const bytes = alive.flatMap(({ connections, bytesPerConnection, rssBytesPerConnection }) => [
    atMost(`bytes per connection of ${connections} alive, by its arrays`, MOST_BYTES, {
      value: bytesPerConnection,
      detail: "aiming at 256",
    }),
    inform(
      atMost("the same, by the growth of the process (RSS)", MOST_BYTES, rssBytesPerConnection),
    ),
  ]);
  const most = alive.find(({ connections }) => connections === MOST_ALIVE);
  const name = "ESTABLISHED at both ends at once, in one process";
  return [...bytes, atLeast(name, MOST_ALIVE, most?.alive ?? "--all measures it")];
}

/**
 * @param {Sections} sections
 * @param {Clock} clock
 */
function crowdTargets({ crowd }, clock) {
  if (crowd === undefined) return [];
  const { sizes, linuxMany, linuxOne } = crowd;
  const million = sizes.find(({ connections }) => connections === MILLION);
  const ours = million?.ours ?? { name: "synfin", skipped: `${MILLION} were not measured` };
  const rate = isTimed(ours) ? 1e9 / ours[clock].medianNs : ours.skipped;
  const detail = "aiming at 1000000";
  return [
    atLeast(`lifecycles/s at ${MILLION}, by ${clock}`, 350_000, { value: rate, detail }),
    atLeast(`times Linux, one at a time, by ${clock}`, 15, timesFaster(ours, linuxOne, clock)),
    inform(
      atLeast("times Linux, many in flight, per core, by cpu", 15, {
        ...timesFaster(ours, linuxMany, "cpu"),
      }),
    ),
    atLeast(`times the C limit at ${MILLION}, by ${clock}`, 0.25, {
      ...timesFaster(ours, million?.c ?? { name: "C", skipped: "not measured" }, clock),
    }),
    growthTarget(sizes, clock),
  ];
}

/**
 * @param {import("./sections.mjs").CrowdSection["sizes"]} sizes
 * @param {Clock} clock
 */
function growthTarget(sizes, clock) {
  const name = `cost of a lifecycle at 10000000 / at 100000, by ${clock}`;
  const huge = sizes.find(({ connections }) => connections === 10_000_000);
  if (huge?.base === undefined || !isTimed(huge.base) || !isTimed(huge.ours)) {
    return atMost(name, 1.5, "--all measures it");
  }
  return atMost(name, 1.5, timesFaster(huge.base, huge.ours, clock));
}

/**
 * @param {Sections} sections
 * @param {Clock} clock
 */
function ns3Targets({ ns3 }, clock) {
  if (ns3 === undefined) return [];
  const name = `times ns-3 at ${isTimed(ns3.ours) ? ns3.ours.connections : "?"}, by ${clock}`;
  return [atLeast(name, 50, timesFaster(ns3.ours, ns3.theirs, clock))];
}

/** @param {Sections} sections */
function chromiumTargets({ chromium = [] }) {
  return chromium.map(({ connections, node, chromium: inChromium }) => {
    const name = `digest in Chromium's worker at ${connections}`;
    if (!isTimed(node)) throw new Error("Node was not measured");
    if (!isTimed(inChromium)) return { ...equal(name, "", ""), ...missing(inChromium.skipped) };
    return equal(name, node.last.digest ?? "", inChromium.last.digest ?? "");
  });
}

/**
 * How many times as fast one is, from rounds that are neighbours in time.
 *
 * @param {Timed | SkippedFigure} one
 * @param {Timed | SkippedFigure} other
 * @param {Clock} clock
 * @returns {Measurement}
 */
function timesFaster(one, other, clock) {
  if (!isTimed(one)) return { value: one.skipped, detail: "" };
  if (!isTimed(other)) return { value: other.skipped, detail: "" };
  const { times, least, most } = ratioOf(other[clock], one[clock]);
  const [ours, theirs] = [one[clock].medianNs, other[clock].medianNs].map(microseconds);
  const spread = least === most ? "" : ` (${least.toPrecision(3)} to ${most.toPrecision(3)})`;
  return { value: times, detail: `${theirs} / ${ours} µs each${spread}` };
}

/** @param {number} ns */
function microseconds(ns) {
  return ns < 1_000_000 ? (ns / 1000).toPrecision(3) : (ns / 1000).toFixed(0);
}

/** @param {Timed | SkippedFigure | undefined} one @returns {one is Timed} */
export function isTimed(one) {
  return one !== undefined && "cpu" in one;
}
