import { nothingPastTheWindow, receiveSpaceNeverGoesBack } from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches, comeBackToTimeWait, doctored, sentBy } from "../support/doctor.ts";
import { shipped } from "../support/shipped.ts";

test("an acknowledgment that goes back", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    sentBy(trace, "client", "ACK", 2).ack -= 2;
  });
  const { id, sentAtUs } = sentBy(run.trace, "client", "ACK", 2);
  expect(breaches(receiveSpaceNeverGoesBack, run)).toMatchObject([
    { segment: id, atUs: sentAtUs, message: expect.stringContaining("ACK 299 after ACK 300") },
  ]);
});

test("a window that is taken back", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    sentBy(trace, "client", "FIN").window -= 1;
  });
  const [broken] = breaches(receiveSpaceNeverGoesBack, run);
  expect(broken).toMatchObject({ host: "client", segment: sentBy(run.trace, "client", "FIN").id });
});

test("an end to which TIME-WAIT came back offered for two connections", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    sentBy(trace, "client", "ACK", 2).ack -= 2;
    comeBackToTimeWait(trace, "client");
  });
  expect(breaches(receiveSpaceNeverGoesBack, run)).toEqual([]);
});

test("text past the window, by one octet more than a probe may be", () => {
  const offers = (window: number) =>
    doctored(shipped("four-way-close"), (trace) => {
      for (const segment of trace.segments) if (segment.from === "server") segment.window = window;
    });
  expect(breaches(nothingPastTheWindow, offers(51))).toEqual([]);
  const { id } = sentBy(offers(49).trace, "client", "DATA");
  expect(breaches(nothingPastTheWindow, offers(49))).toMatchObject([
    { host: "client", segment: id, message: expect.stringContaining("50 octets is 1 past 99") },
  ]);
});

test("one octet past a shut window is a probe", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    sentBy(trace, "server", "SYN-ACK").window = 0;
    const data = sentBy(trace, "client", "DATA");
    data.length = 1;
    trace.segments = trace.segments.slice(0, trace.segments.indexOf(data) + 1);
  });
  const findings = nothingPastTheWindow.check(run);
  expect(findings.breaches).toEqual([]);
  expect(findings.premises.get("probe")).toBe(1);
});
