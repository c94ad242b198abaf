import type { Trace } from "@synfin/simulator";
import { checkRequest, planOf, SampleRun } from "@synfin/simulator/bulk";
import type { SampleProgress, SampleRequest } from "./protocol.ts";
import type { Running } from "./run-loop.ts";

/**
 * One connection of a crowd, with all that happened to it: the run up to its end,
 * once more.
 *
 * @throws RangeError in plain words for what cannot be run, and in the end where
 * there is no such connection
 */
export function createSample({ nth, ...request }: SampleRequest): Running<SampleProgress, Trace> {
  const checked = checkRequest(request);
  if (!checked.ok) throw new RangeError(checked.message);
  if (!(Number.isSafeInteger(nth) && nth > 0)) {
    throw new RangeError(`the connection is ${nth}; it must be an integer from 1 on`);
  }
  const { scenario, settings } = checked.value;
  const { seed, replication = 0 } = request;
  const profile = settings.profile.name;
  const plan = planOf(scenario, settings);
  const run = new SampleRun(plan, { scenario: scenario.name, seed, replication, nth, profile });
  return {
    advance: (maxEvents) => run.advance(maxEvents),
    frame: () => ({ opened: run.opened, atUs: run.nowUs }),
    result() {
      if (run.isFound) return run.trace();
      throw new RangeError(`there is no connection ${nth}: no user opened one of this number`);
    },
  };
}
