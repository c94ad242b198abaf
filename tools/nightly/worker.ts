/**
 * Plays random connections, batch after batch, and holds each to the laws, until it is
 * told to stop or a law is broken. A child of `main.mjs`, which bundles it.
 */
import { setImmediate } from "node:timers/promises";
import {
  Coverage,
  checkLaws,
  describeTrial,
  playUnlessStorm,
  runLaws,
  SKIPPED,
  type Trial,
  trial,
} from "@synfin/properties";
import { textLadder } from "@synfin/simulator/view";
import type { NightlyReport, NightlyTask } from "./messages.ts";

/** So few that a second is enough for them, and a stop is heard soon. */
const BATCH = 50;

function replay(seed: number, path: string): string {
  return `npm run nightly -- --seed ${seed} --path ${path}`;
}

function describe(drawn: Trial): string {
  return `${describeTrial(drawn)}\n\n${ladderOf(drawn)}`;
}

function ladderOf({ scenario, seed }: Trial): string {
  try {
    const run = playUnlessStorm(scenario, seed);
    return run === undefined ? "(a storm of acknowledgments)" : textLadder(run.trace);
  } catch (error) {
    return `(no ladder: ${error instanceof Error ? error.message : error})`;
  }
}

function playBatch(seed: number, path: string | undefined): NightlyReport {
  const coverage = new Coverage();
  const { failure, premises } = checkLaws({
    ...{ laws: runLaws, cases: trial, seed, runs: BATCH, describe, replay },
    ...(path === undefined ? {} : { path }),
    subject: ({ scenario, seed: drawn }) => {
      const run = playUnlessStorm(scenario, drawn);
      if (run !== undefined) coverage.add(run);
      return run;
    },
  });
  const skipped = premises.get(SKIPPED) ?? 0;
  const told = { counts: coverage.counts, premises: Object.fromEntries(premises), skipped };
  return failure === undefined ? told : { ...told, failure };
}

async function work({ seed, step, path, runs, first }: NightlyTask): Promise<void> {
  let stopped = false;
  process.on("message", () => {
    stopped = true;
  });
  const end = runs === undefined ? Number.POSITIVE_INFINITY : first + Math.ceil(runs / BATCH);
  for (let batch = seed; !stopped && batch < end; batch += step) {
    const report = playBatch(batch, path);
    process.send?.(report);
    if (report.failure !== undefined || path !== undefined) break;
    await setImmediate();
  }
  process.disconnect?.();
}

// Ctrl-C is for the parent, who asks for what there is.
process.on("SIGINT", () => {});
await work(JSON.parse(process.argv[2] ?? "{}"));
