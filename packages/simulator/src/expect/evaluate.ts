import { formatDuration } from "../view/duration.ts";
import { nearestNames } from "../view/nearest.ts";
import type { Comparison, Expectation, ExpectResult, Operator, Quantity } from "./expectation.ts";
import type { Lookup, Metric, MetricKind } from "./metric.ts";

/** What became of one comparison. Times are microseconds, shares are parts of one. */
export interface Finding {
  readonly holds: boolean;
  readonly left: number;
  readonly right: number;
  /** For a person: `failed is 0.12% (12 of 10000), expected < 0.1%`. */
  readonly text: string;
}

/** Whether all of an expectation holds, and what each comparison found. */
export interface Evaluation {
  readonly holds: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Compares what was expected with what came out. An error names what the
 * result has no number for, or a unit that does not suit it. Both depend on
 * which names there are and not on their values, so evaluating before a run
 * finds them in time.
 */
export function evaluateExpectation(
  expectation: Expectation,
  lookup: Lookup,
): ExpectResult<Evaluation> {
  const findings: Finding[] = [];
  for (const comparison of expectation) {
    const result = evaluateOne(comparison, lookup);
    if (!result.ok) return result;
    findings.push(result.value);
  }
  return { ok: true, value: { holds: findings.every(({ holds }) => holds), findings } };
}

function evaluateOne(comparison: Comparison, lookup: Lookup): ExpectResult<Finding> {
  const { left: name, operator, right } = comparison;
  const metric = lookup.find(name);
  if (metric === undefined) {
    const near = nearestNames(name.text, lookup.names());
    const hint = near.length === 0 ? "" : `; near it are ${near.join(", ")}`;
    const message = `bad expectation: "${name.text}" is no number of this run${hint}`;
    return { ok: false, message, at: name.at };
  }
  if (!SUITING[metric.kind].includes(right.kind)) {
    const message = `bad expectation: "${right.text}" does not suit ${name.text}, which is ${WANTED[metric.kind]}`;
    return { ok: false, message, at: right.at };
  }
  const whole = metric.kind === "count" && right.kind === "share" ? lookup.opened() : 1;
  // Cross-multiplied, so that 1 of 1000 is 0.1 % exactly.
  const holds = HOLDS[operator](metric.value * right.denominator, right.numerator * whole);
  const shown = `${name.text} is ${show(metric, right, whole)}`;
  return {
    ok: true,
    value: {
      holds,
      left: whole === 0 ? 0 : metric.value / whole,
      right: right.numerator / right.denominator,
      text: `${shown}, expected ${operator} ${right.text}`,
    },
  };
}

const SUITING: Readonly<Record<MetricKind, readonly Quantity["kind"][]>> = {
  count: ["plain", "share"],
  time: ["time"],
  rate: ["rate", "plain"],
  ratio: ["share", "plain"],
  number: ["plain"],
};

const WANTED: Readonly<Record<MetricKind, string>> = {
  count: "a count: give a number such as 100 or 10k, or a share of what was opened such as 0.1%",
  time: "a time: give one such as 250ms, 5s or 2min",
  rate: "a rate: give one such as 470/s",
  ratio: "a share: give one such as 0.1%",
  number: "a plain number: give one without a unit",
};

const HOLDS: Readonly<Record<Operator, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

function show({ value, kind }: Metric, right: Quantity, whole: number): string {
  if (Number.isNaN(value)) return "nothing, for there was none";
  if (kind === "time") return formatDuration(value);
  if (kind === "rate") return `${short(value)}/s`;
  if (right.kind !== "share") return short(value);
  if (kind === "ratio") return `${short(value * 100)}%`;
  return `${short(whole === 0 ? 0 : (value / whole) * 100)}% (${value} of ${whole})`;
}

/** Up to six significant figures: whole numbers stay as they are. */
function short(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}
