import { type Run, retransmissionFollowsSchedule, runOf } from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches, doctored, type Writable } from "../support/doctor.ts";
import { shipped, varied } from "../support/shipped.ts";

type Timer = Extract<Writable<Run["trace"]>["events"][number], { type: "timer" }>;

/** The run with something changed in the timers that the client sets. */
function retimed(name: string, change: (timer: Timer, index: number) => void): Run {
  return doctored(shipped(name), (trace) => {
    const timers = trace.events.filter((event): event is Timer => {
      const sets = event.type === "timer" && event.deadlineUs !== undefined;
      return sets && event.timer === "retransmission" && event.host === "client";
    });
    timers.forEach(change);
  });
}

const messages = (run: Run) =>
  breaches(retransmissionFollowsSchedule, run).map(({ host, message }) => `${host}: ${message}`);

test("a first timer of half a second", () => {
  const run = retimed("four-way-close", (timer, index) => {
    if (index === 0) timer.deadlineUs = timer.atUs + 500_000;
  });
  expect(messages(run)).toEqual([
    "client: the timer is set to 500000 µs; from 1000000 to 60000000 would be right",
    "client: the first timer is set to 500000 µs, not 1000000",
  ]);
});

test("a timer that does not back off", () => {
  const run = retimed("lost-syn", (timer, index) => {
    if (index === 1) timer.deadlineUs = timer.atUs + 1_000_000;
  });
  expect(messages(run)).toContain(
    "client: the timer ran out after 1000000 µs and is set to 1000000 µs, not 2000000",
  );
});

test("whoever gives up before R2, or goes on past it", () => {
  const impatient = varied("stuck-in-close-wait", {});
  expect(messages(impatient)).toEqual([]);
  const lost = varied("lost-syn", { userTimeoutUs: 0 }, { faults: ["drop:client:SYN+"] });
  expect(messages(lost)).toEqual([]);
  const given = (synR2Us: number) => runOf(lost.trace, { params: { client: { synR2Us } } });
  expect(messages(given(300_000_000))).toEqual([
    expect.stringMatching(
      /^client: given up by R2 timeout after \d+ µs; 300000000 µs would be right$/,
    ),
  ]);
  expect(messages(given(20_000_000))[0]).toMatch(
    /^client: sent again after \d+ µs without a word from the peer, which is past R2$/,
  );
});

test("R1 that no one is told of", () => {
  const lost = varied("lost-syn", { userTimeoutUs: 0 }, { faults: ["drop:client:SYN+"] });
  const run = doctored(lost, (trace) => {
    trace.events = trace.events.filter((event) => event.type !== "signal");
  });
  expect(messages(run)).toEqual(["client: retransmission 3, and its user is not told"]);
});
