import type { Parameter } from "@synfin/simulator/bulk";
import { hold, type Judge } from "./expectations.ts";
import { type Series, type Trial, tryValue } from "./trials.ts";

/** A value that was tried, and whether the expectation held. */
export interface SolveTrial extends Trial {
  readonly holds: boolean;
  /** What was found: `failed is 0.12% (…), expected < 0.1%`. */
  readonly text: string;
}

/** What came of a search. */
export interface Solution {
  /** The highest value that was found to hold; undefined where none did. */
  readonly holds: number | undefined;
  /** The lowest value above it that was found not to; undefined at the parameter's bound. */
  readonly fails: number | undefined;
  /** In the order in which they were tried. */
  readonly trials: readonly SolveTrial[];
}

/** Bounds closer than one thousandth of the value are close enough. */
const FINENESS = 1000;

/**
 * The highest value of a parameter for which an expectation holds: doubles or
 * halves from where the settings are until one value holds and one does not,
 * then halves the distance. Takes it that what holds at a value holds below it.
 */
export async function solve(series: Series, parameter: Parameter, judge: Judge): Promise<Solution> {
  const trials: SolveTrial[] = [];
  const { min, max } = parameter;
  let low: number | undefined;
  let high: number | undefined;
  const start = series.chosen.settings.values[parameter.key] ?? min;
  for (let next: number | undefined = start; next !== undefined; ) {
    const trial = series.crew.isStopped ? undefined : await judged(series, parameter, judge, next);
    if (trial === undefined) break;
    trials.push(trial);
    if (trial.holds) low = next;
    else high = next;
    next = nextValue(low, high, min, max);
  }
  return { holds: low, fails: high, trials };
}

/** What to try next; undefined where it is known well enough. */
function nextValue(
  low: number | undefined,
  high: number | undefined,
  min: number,
  max: number,
): number | undefined {
  if (low === undefined) {
    if (high === undefined || high <= min) return undefined;
    return Math.max(min, Math.floor(high / 2));
  }
  if (high === undefined) return low >= max ? undefined : Math.min(max, Math.max(1, 2 * low));
  const distance = high - low;
  return distance <= Math.max(1, low / FINENESS) ? undefined : low + Math.floor(distance / 2);
}

async function judged(
  series: Series,
  parameter: Parameter,
  judge: Judge,
  value: number,
): Promise<SolveTrial | undefined> {
  const trial = await tryValue(series, parameter, value);
  if (trial === undefined) return undefined;
  const { holds, findings } = hold(judge, series.scenario, trial.settings, trial.results);
  return { ...trial, holds, text: findings.map(({ text }) => text).join("; ") };
}
