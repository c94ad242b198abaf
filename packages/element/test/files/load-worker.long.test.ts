import { PROFILE_NAMES } from "@synfin/core/tcp";
import { BULK_SCENARIOS } from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import { covered, LONG_SEED, longRuns } from "../../../../tools/testing/long.ts";
import { fewOf, runBoth } from "./worker-text.ts";

test("every load scenario runs in the worker of tcp-load.js as in the source [point 10]", async () => {
  const some = BULK_SCENARIOS.slice(0, longRuns(BULK_SCENARIOS.length));
  for (const { name } of some) {
    const [built, source] = await runBoth(name, { values: fewOf(name) });
    expect(built, name).toEqual(source);
  }
  covered(`${some.length} scenarios, the same results`);
});

test("whatever is chosen for the first scenario, its worker needs one part at most [point 8]", async () => {
  const steady = BULK_SCENARIOS.find(({ name }) => name === "steady");
  const runs = longRuns(200);
  for (let run = 0; run < runs; run += 1) {
    const seed = (LONG_SEED + run) % 2 ** 32;
    // A value from each parameter's whole range, the small ones as often as the large.
    const values = (steady?.parameters ?? []).map(({ key, min, max }, index) => {
      const part = ((seed * (index + 3) * 2654435761) % 2 ** 32) / 2 ** 32;
      return [key, Math.round(min + (max - min) * part ** 6)];
    });
    const profile = PROFILE_NAMES[run % PROFILE_NAMES.length];
    const few = { ...Object.fromEntries(values), connections: 1 + (seed % 1000) };
    const [built, source] = await runBoth("steady", { profile, values: few }, seed);
    expect(built, `${seed}`).toEqual(source);
  }
  covered(`${runs} choices of the first scenario from seed ${LONG_SEED}, the same results`);
});
