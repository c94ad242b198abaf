import { noResetAnswersReset } from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches, doctored, sentBy } from "../support/doctor.ts";
import { shipped } from "../support/shipped.ts";

test("a reset that answers a reset", () => {
  const run = doctored(shipped("rst-abort"), (trace) => {
    const reset = sentBy(trace, "client", "RST");
    const atUs = reset.arrivals[0]?.atUs ?? 0;
    const swapped = {
      from: "server",
      to: "client",
      srcPort: reset.dstPort,
      dstPort: reset.srcPort,
    };
    trace.segments.push({ ...reset, ...swapped, id: "server-9", sentAtUs: atUs, arrivals: [] });
  });
  const { id } = sentBy(run.trace, "client", "RST");
  expect(breaches(noResetAnswersReset, run)).toMatchObject([
    { host: "server", segment: "server-9", message: expect.stringContaining(`answers ${id}`) },
  ]);
});

test("a reset out of nowhere", () => {
  const run = doctored(shipped("rst-abort"), (trace) => {
    trace.events = trace.events.filter((event) => event.type !== "call" || event.call !== "abort");
  });
  expect(breaches(noResetAnswersReset, run)).toMatchObject([
    { host: "client", message: expect.stringContaining("answers nothing") },
  ]);
});
