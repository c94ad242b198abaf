import {
  type BulkFrame,
  type BulkPlan,
  BulkRun,
  type BulkSummary,
  checkRequest,
  FrameWriter,
  type LoadRequest,
  oraclesOf,
  planOf,
  summaryOf,
} from "@synfin/simulator/bulk";
import { checkMemory, inPlainWords } from "./memory.ts";
import type { Running } from "./run-loop.ts";

/** A load scenario under way, as one who draws it wants it. */
export type LoadRun = Running<BulkFrame, BulkSummary>;

/** Turns between two looks at how much a run holds: it grows by little in so few events. */
const LOOK_EVERY = 32;

/**
 * The run that is asked for, not begun yet.
 *
 * @param budget octets that it may hold
 * @throws RangeError in plain words for what cannot be run, or not in so much memory
 */
export function createLoad(request: LoadRequest, budget: number): LoadRun {
  const checked = checkRequest(request);
  if (!checked.ok) throw new RangeError(checked.message);
  const { scenario, settings } = checked.value;
  const plan = planOf(scenario, settings);
  const run = begin(plan, { scenario: scenario.name, seed: request.seed }, budget);
  const frames = new FrameWriter(run, plan);
  let turns = 0;
  return {
    advance(maxEvents) {
      turns += 1;
      if (turns % LOOK_EVERY === 0) checkMemory(run, budget);
      return inPlainWords(() => run.advance(maxEvents));
    },
    frame: () => frames.next(),
    result: () => summaryOf(run.result(), oraclesOf(scenario, settings)),
  };
}

type Options = ConstructorParameters<typeof BulkRun>[1];

/** Looks at one cell before it makes them all: there may be more of them than fit. */
function begin(plan: BulkPlan, options: Options, budget: number): BulkRun {
  return inPlainWords(() => {
    const one = new BulkRun(plan, { ...options, shard: { index: 0, count: plan.cells } });
    checkMemory(one, budget, plan.cells);
    return new BulkRun(plan, options);
  });
}
