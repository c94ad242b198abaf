import {
  type BulkPlan,
  BulkRun,
  type BulkTransfer,
  checkSettings,
  findBulkScenario,
  planOf,
  toTransfer,
} from "@synfin/simulator/bulk";
import type { Running } from "../run-loop.ts";
import type { BulkProgress, BulkRequest } from "./bulk-protocol.ts";

/** The shard that is asked for, not begun yet. Throws a RangeError for what cannot be run. */
export function createShard(request: BulkRequest): Running<BulkProgress, BulkTransfer> {
  const { scenario: name, choice, ...options } = request;
  const scenario = findBulkScenario(name);
  if (scenario === undefined) throw new RangeError(`there is no load scenario "${name}"`);
  const settings = checkSettings(scenario, choice);
  if (!settings.ok) throw new RangeError(settings.message);
  const plan = planOf(scenario, settings.value);
  const run = new BulkRun(plan, { scenario: name, ...options });
  return {
    advance: (maxEvents) => run.advance(maxEvents),
    frame: () => progressOf(run, plan, options.shard.count),
    result: () => toTransfer(run.result()),
  };
}

function progressOf(
  run: BulkRun,
  { untilUs, connections }: BulkPlan,
  shards: number,
): BulkProgress {
  let opened = 0;
  let ended = 0;
  for (const { tally } of run.cells) {
    opened += tally.opened;
    ended += tally.closed + tally.failed;
  }
  const virtualUs = run.nowUs;
  const byTime = Number.isFinite(untilUs) ? virtualUs / untilUs : undefined;
  const byCount = connections && (shards * (opened + ended)) / (2 * connections);
  const share = byTime ?? byCount;
  return { opened, virtualUs, share: share === undefined ? undefined : Math.min(1, share) };
}
