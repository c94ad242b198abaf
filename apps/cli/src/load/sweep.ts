import type { Parameter } from "@synfin/simulator/bulk";
import { UsageError } from "../io.ts";
import type { SweepText } from "./load-options.ts";
import { type Series, type Trial, tryValue, variable } from "./trials.ts";
import { readBounded } from "./values.ts";

/** The values of a sweep, in order. */
export interface SweepPlan {
  readonly parameter: Parameter;
  readonly values: readonly number[];
}

const MOST_POINTS = 1000;

/** Reads `--sweep`. Throws a `UsageError` that names what is wrong. */
export function planSweep(scenario: Series["scenario"], sweep: SweepText): SweepPlan {
  const { key } = sweep;
  const parameter = variable(scenario, "--sweep", key);
  const [from, to] = [sweep.from, sweep.to].map((text) => {
    const read = readBounded(parameter, text);
    if ("value" in read) return read.value;
    throw new UsageError(`load: --sweep ${key} is "${text}", but it should be ${read.wanted}`);
  });
  const step = readBounded({ ...parameter, min: 1 }, sweep.step);
  if ("wanted" in step) {
    throw new UsageError(
      `load: --sweep ${key} steps by "${sweep.step}", but it should be ${step.wanted}`,
    );
  }
  if (from === undefined || to === undefined || from > to) {
    throw new UsageError(
      `load: --sweep ${key} goes from "${sweep.from}" to "${sweep.to}"; give the lower value first`,
    );
  }
  const points = Math.floor((to - from) / step.value) + 1;
  if (points > MOST_POINTS) {
    throw new UsageError(
      `load: --sweep ${key} has ${points} values; give a step with at most ${MOST_POINTS}`,
    );
  }
  const values = Array.from({ length: points }, (_, index) => from + index * step.value);
  return { parameter, values };
}

/** Runs each value in turn, until all are done or it is stopped. */
export async function runSweep(series: Series, { parameter, values }: SweepPlan): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const value of values) {
    if (series.crew.isStopped) break;
    const trial = await tryValue(series, parameter, value);
    if (trial !== undefined) trials.push(trial);
  }
  return trials;
}
