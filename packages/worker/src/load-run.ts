import {
  type BulkFrame,
  type BulkPlan,
  BulkRun,
  checkRequest,
  FrameWriter,
  type LoadRequest,
  oraclesOf,
  planOf,
  summaryOf,
  toTransfer,
} from "@synfin/simulator/bulk";
import { checkMemory, inPlainWords } from "./memory.ts";
import type { LoadOutcome } from "./protocol.ts";
import type { Running } from "./run-loop.ts";

/** A load scenario under way, as one who draws it wants it. */
export type LoadRun = Running<BulkFrame, LoadOutcome>;

/** How many connections can be told apart: as many as there is room for on a page. */
const ROLL_ROOM = 2000;

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
  const { seed, replication = 0 } = request;
  // Who wants a further run for its figures alone draws no connection of it.
  const roll = replication === 0 ? ROLL_ROOM : undefined;
  const options = { scenario: scenario.name, seed, replication, ...(roll && { roll }) };
  const run = begin(plan, options, budget);
  const frames = new FrameWriter(run, plan);
  let turns = 0;
  return {
    advance(maxEvents) {
      turns += 1;
      if (turns % LOOK_EVERY === 0) checkMemory(run, budget);
      return inPlainWords(() => run.advance(maxEvents));
    },
    frame: () => frames.next(),
    result() {
      const whole = run.result();
      return { summary: summaryOf(whole, oraclesOf(scenario, settings)), whole: toTransfer(whole) };
    },
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
