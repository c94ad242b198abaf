import { expect, test } from "vitest";
import { runChaos } from "./support/chaos/run-chaos.ts";

/**
 * Segments near every edge, in every state, between user calls and timeouts:
 * whatever comes, the machine throws nothing, its invariants hold, and each
 * segment that it sends is within what RFC 9293 allows, by the judgement of
 * code that shares nothing with it. Every run is a new one; a failure says how
 * to have it again. `chaos.long.test.ts` goes on for ten million steps.
 */
const STEPS = Number(process.env["SYNFIN_CHAOS_STEPS"] ?? 150_000);
/** How often each state has to have met each event; of a short run nothing is asked. */
const LEAST = Math.floor(STEPS / 50_000);
const seed = Number(process.env["SYNFIN_FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 32));
const REPLAY = `SYNFIN_FUZZ_SEED=${seed} npx vitest run packages/core/test/tcp/chaos.test.ts`;

test(`${STEPS} steps of chaos`, { timeout: 120_000 }, () => {
  try {
    const coverage = runChaos(seed, STEPS);
    console.log(`${coverage.steps} steps (${REPLAY})\n${coverage.table()}`);
    expect(coverage.seldom(LEAST)).toEqual([]);
  } catch (error) {
    throw new Error(`${REPLAY}: ${String(error)}`, { cause: error });
  }
});
