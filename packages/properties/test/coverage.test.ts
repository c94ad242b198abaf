import { Coverage } from "@synfin/properties";
import { expect, test } from "vitest";
import { shipped } from "./support/shipped.ts";

test("counts what came in which state, what the link did, and which transitions were taken", () => {
  const coverage = new Coverage();
  coverage.add(shipped("four-way-close"));
  coverage.add(shipped("lost-fin"));
  const { counts } = coverage;
  expect(counts.runs).toBe(2);
  expect(counts.events).toMatchObject({
    "LISTEN × SYN": 2,
    "SYN-SENT × SYN-ACK": 2,
    "FIN-WAIT-1 × RTO": 1,
    "TIME-WAIT × 2MSL": 2,
  });
  expect(counts.faults).toMatchObject({ drop: 1 });
  expect(counts.transitions["LISTEN to SYN-RECEIVED by rcv SYN, §3.10.7.2"]).toBe(2);
});

test("what other processes have counted is added, and a table shows it", () => {
  const coverage = new Coverage();
  coverage.add(shipped("four-way-close"));
  const once = coverage.counts;
  coverage.merge(once);
  expect(coverage.counts.runs).toBe(2);
  const text = coverage.format();
  expect(text).toMatch(/^ +SYN SYN-ACK ACK DATA FIN RST RTO probe /m);
  expect(text).toMatch(/^LISTEN +2 /m);
  expect(text).toMatch(/^\d+ of \d+ permitted transitions taken; never:$/m);
  expect(coverage.neverTaken).toContain("SYN-SENT to CLOSED by rcv RST, §3.10.7.3");
  expect(coverage.neverTaken).not.toContain("SYN-SENT to ESTABLISHED by rcv SYN,ACK, §3.10.7.3");
});
