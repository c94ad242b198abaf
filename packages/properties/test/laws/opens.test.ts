import { everyOpenIsResolved, oldSynOpensNothing } from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches, changeTo, doctored, sentBy } from "../support/doctor.ts";
import { shipped } from "../support/shipped.ts";

test("an OPEN whose peer is never ESTABLISHED, and no one reports a failure", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    const came = changeTo(trace, "server", "ESTABLISHED");
    trace.states = trace.states.filter(
      (change) => change.host === "client" || change.atUs < came.atUs,
    );
  });
  expect(breaches(everyOpenIsResolved, run)).toMatchObject([
    { host: "client", message: expect.stringContaining("its peer was not ESTABLISHED") },
  ]);
  expect(breaches(everyOpenIsResolved, shipped("four-way-close"))).toEqual([]);
});

test("a SYN that crosses another and changes nothing", () => {
  const plain = shipped("simultaneous-open");
  expect(everyOpenIsResolved.check(plain).premises.get("SYNs crossed")).toBe(2);
  const run = doctored(plain, (trace) => {
    changeTo(trace, "client", "SYN-RECEIVED").atUs += 1;
  });
  expect(breaches(everyOpenIsResolved, run)).toMatchObject([
    { host: "client", message: expect.stringContaining("came in SYN-SENT and changed nothing") },
  ]);
});

test("two ends that are ESTABLISHED, one of them with an old SYN", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    const syn = sentBy(trace, "client", "SYN");
    trace.segments.splice(1, 0, { ...syn, id: "client-0", seq: 7, injected: true });
    const taken = trace.states.find(({ to }) => to === "SYN-RECEIVED");
    if (taken !== undefined) taken.segment = "client-0";
  });
  expect(breaches(oldSynOpensNothing, run)).toMatchObject([
    { message: expect.stringMatching(/is ESTABLISHED with IRS \d+, and server with ISS \d+/) },
  ]);
  expect(breaches(oldSynOpensNothing, shipped("old-duplicate-syn"))).toEqual([]);
});
