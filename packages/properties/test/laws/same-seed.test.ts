import { play, type Run, sameSeedSameDigest } from "@synfin/properties";
import { findScenario } from "@synfin/simulator";
import { expect, test } from "vitest";
import { breaches, doctored, found, sentBy } from "../support/doctor.ts";
import { shipped } from "../support/shipped.ts";

const first = shipped("four-way-close").trace;

function changed(run: Run, digest: string) {
  return doctored(run, (trace) => {
    trace.digest = digest;
  }).trace;
}

test("a replay that differs by one microsecond in one arrival", () => {
  const second = doctored(shipped("four-way-close"), (trace) => {
    for (const arrival of sentBy(trace, "client", "FIN").arrivals) arrival.atUs += 1;
  }).trace;
  const fin = sentBy(second, "client", "FIN");
  expect(breaches(sameSeedSameDigest, { first, second })).toMatchObject([
    { segment: fin.id, host: "client", message: expect.stringContaining("arrivals.0.atUs") },
  ]);
});

test("a replay with another digest", () => {
  const second = changed(shipped("four-way-close"), "0123456789abcdef");
  expect(breaches(sameSeedSameDigest, { first, second })).toMatchObject([
    { message: expect.stringContaining("digest") },
  ]);
});

test("a digest that does not see a fault", () => {
  const scenario = found(findScenario("four-way-close"), "four-way close");
  const run = play({ ...scenario, faults: ["drop:client:FIN"] }, 1);
  const change = "one fault more";
  expect(breaches(sameSeedSameDigest, { first, second: run.trace, change })).toEqual([]);
  const blind = changed(run, first.digest);
  expect(breaches(sameSeedSameDigest, { first, second: blind, change })).toMatchObject([
    { host: "client", message: expect.stringContaining(`the digest is ${first.digest} in spite`) },
  ]);
});

test("a digest that depends on more than the run", () => {
  const second = changed(shipped("four-way-close"), "0123456789abcdef");
  expect(breaches(sameSeedSameDigest, { first, second, change: "a fault" })).toMatchObject([
    { message: expect.stringContaining("two digests") },
  ]);
});

test("a fault that strikes nothing is counted as such", () => {
  const scenario = found(findScenario("four-way-close"), "four-way close");
  const second = play({ ...scenario, faults: ["drop:client:RST"] }, 1).trace;
  const { premises } = sameSeedSameDigest.check({ first, second, change: "a fault" });
  expect(premises.get("a fault, without effect")).toBe(1);
});
