import { expect, test } from "vitest";
import { covered } from "../../../../tools/testing/long.ts";
import {
  fuzzJob,
  fuzzPackets,
  fuzzStrings,
  rareAmongPackets,
  rareAmongStrings,
} from "./fuzzing.ts";

/** All of them in CI's slice, too: they take a minute. */
const JOB = fuzzJob(1_000_000, "npm run test:long -- wire/fuzz.long");

test("a million random strings are refused, or come back to the octet", () => {
  const tally = fuzzStrings(JOB);
  covered(`random strings (${JOB.replay}): ${tally}`);
  expect(rareAmongStrings(tally, JOB)).toEqual([]);
});

test("a million mutated packets are refused, or come back to the octet", () => {
  const tally = fuzzPackets(JOB);
  covered(`mutated packets (${JOB.replay}): ${tally}`);
  expect(rareAmongPackets(tally, JOB)).toEqual([]);
});
