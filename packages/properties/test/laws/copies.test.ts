import { copiesAddUp, type Run } from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches, doctored, sentBy } from "../support/doctor.ts";
import { shipped, varied } from "../support/shipped.ts";

test("a copy that the trace loses and the world delivers", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    for (const arrival of sentBy(trace, "client", "FIN").arrivals) arrival.verdict = "drop";
  });
  const { id } = sentBy(run.trace, "client", "FIN");
  expect(breaches(copiesAddUp, run)).toMatchObject([
    { segment: id, message: expect.stringContaining("should arrive: never; arrived: deliver") },
  ]);
});

test("a copy more than was sent", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    const { arrivals } = sentBy(trace, "client", "FIN");
    arrivals.push(...arrivals);
  });
  expect(breaches(copiesAddUp, run).map(({ message }) => message)).toContain(
    "sent once and duplicated 0 times makes 2 copies",
  );
});

test("an arrival of what no one sent", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    trace.segments.pop();
  });
  expect(breaches(copiesAddUp, run)).toMatchObject([{ message: "arrived, but was never sent" }]);
});

test("nothing is claimed of a run that no one watched", () => {
  const run = varied("four-way-close", {}, { faults: ["duplicate:client:FIN"] });
  // Nine segments, the copy of the FIN, and the acknowledgment that it draws.
  expect(total(run)).toBe(11);
  expect(total({ ...run, watched: undefined })).toBe(0);
});

function total(run: Run): number {
  return copiesAddUp.check(run).premises.get("delivered") ?? 0;
}
