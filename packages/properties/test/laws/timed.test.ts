import { outstandingIsTimed } from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches, doctored, sentBy } from "../support/doctor.ts";
import { shipped } from "../support/shipped.ts";

test("a FIN that goes out without a timer", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    const { sentAtUs } = sentBy(trace, "client", "FIN");
    trace.events = trace.events.filter(
      (event) => event.type !== "timer" || event.atUs !== sentAtUs,
    );
  });
  const { sentAtUs } = sentBy(run.trace, "client", "FIN");
  expect(breaches(outstandingIsTimed, run)).toEqual([
    {
      law: "outstandingIsTimed",
      message: "100 to 101 is unacknowledged, and no timer runs",
      ...{ atUs: sentAtUs, host: "client" },
    },
  ]);
});

test("a timer that is not set again after it ran out", () => {
  const run = doctored(shipped("lost-syn"), (trace) => {
    const { sentAtUs } = sentBy(trace, "client", "SYN", 2);
    trace.events = trace.events.filter((event) => {
      return event.type !== "timer" || event.atUs !== sentAtUs || event.action === "expire";
    });
  });
  const { sentAtUs } = sentBy(run.trace, "client", "SYN", 2);
  expect(breaches(outstandingIsTimed, run)).toMatchObject([{ atUs: sentAtUs, host: "client" }]);
});

test("a FIN that is never sent again", () => {
  const run = doctored(shipped("lost-fin"), (trace) => {
    const again = sentBy(trace, "client", "FIN", 2);
    again.flags = ["ACK"];
  });
  const { sentAtUs } = sentBy(run.trace, "client", "FIN");
  const [broken] = breaches(outstandingIsTimed, run);
  expect(broken).toMatchObject({
    host: "client",
    message: expect.stringMatching(/^the timer ran out, and \d+ is not sent again$/),
  });
  expect(broken?.atUs).toBeGreaterThan(sentAtUs);
});

test("a shut window that no one probes", () => {
  const run = shipped("zero-window");
  const probe = run.trace.segments.find(({ from, length }) => from === "client" && length === 1);
  const silent = doctored(run, (trace) => {
    const same = trace.segments.find(({ id }) => id === probe?.id);
    if (same !== undefined) same.length = 0;
  });
  const [broken] = breaches(outstandingIsTimed, silent);
  expect(broken).toMatchObject({
    ...{ atUs: probe?.sentAtUs, host: "client" },
    message: expect.stringMatching(
      /^the timer ran out, \d+ to \d+ waits, and nothing of it is sent$/,
    ),
  });
});
