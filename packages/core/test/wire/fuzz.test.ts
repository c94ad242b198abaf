import { expect, test } from "vitest";
import {
  fuzzJob,
  fuzzPackets,
  fuzzStrings,
  rareAmongPackets,
  rareAmongStrings,
} from "./fuzzing.ts";

/** Every run is a new one. A million of each: `fuzz.long.test.ts`. */
const JOB = fuzzJob(200_000, "npx vitest run packages/core/test/wire/fuzz.test.ts");

test("random strings are refused, or come back to the octet", { timeout: 120_000 }, () => {
  const tally = fuzzStrings(JOB);
  console.log(`random strings (${JOB.replay}): ${tally}`);
  expect(rareAmongStrings(tally, JOB)).toEqual([]);
});

test("mutated packets are refused, or come back to the octet", { timeout: 120_000 }, () => {
  const tally = fuzzPackets(JOB);
  console.log(`mutated packets (${JOB.replay}): ${tally}`);
  expect(rareAmongPackets(tally, JOB)).toEqual([]);
});
