import { findScenario, traceScenario } from "@synfin/simulator";
import { expect, test } from "vitest";
import {
  formatDuration,
  formatEndpoint,
  lossTimeUs,
  moments,
  nearestNames,
  shownNumbers,
  stateAt,
  stays,
} from "../../src/view/index.ts";
import { crossedSynTrace, lostFinTrace } from "./hand-made.ts";

test("moments come in order, each time once, and hold every happening that makes one", () => {
  const trace = lostFinTrace();
  const steps = moments(trace);
  const times = steps.map(({ atUs }) => atUs);
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  const types = steps.flatMap(({ happenings }) => happenings.map(({ type }) => type));
  expect(types.filter((type) => type === "sent")).toHaveLength(trace.segments.length);
  expect(types.filter((type) => type === "lost")).toHaveLength(1);
  expect(types.filter((type) => type === "arrival")).toHaveLength(trace.segments.length - 1);
  expect(types.filter((type) => type === "state")).toHaveLength(trace.states.length);
});

test("causes stand before their effects", () => {
  const [first] = moments(crossedSynTrace());
  expect(first?.happenings.map(({ type }) => type)).toEqual([
    "call",
    "call",
    "state",
    "state",
    "sent",
    "sent",
  ]);
});

test("a loss happens on the way, not at its end", () => {
  const trace = lostFinTrace();
  const lost = trace.segments.find(({ arrivals }) => arrivals[0]?.verdict === "drop");
  const [arrival] = lost?.arrivals ?? [];
  if (lost === undefined || arrival === undefined) throw new Error("nothing was lost");
  expect(lossTimeUs(lost, arrival)).toBeGreaterThan(lost.sentAtUs);
  expect(lossTimeUs(lost, arrival)).toBeLessThan(arrival.atUs);
});

test("relative numbers count from each end's own initial one", () => {
  const numbers = shownNumbers(lostFinTrace(), "relative");
  expect(numbers.get("client-1")?.seq).toBe(0);
  expect(numbers.get("server-1")).toEqual({ seq: 0, ack: 1 });
  expect(numbers.get("client-5")).toEqual({ seq: 101, ack: 1 });
  expect(shownNumbers(lostFinTrace(), "absolute").get("server-1")).toEqual({
    seq: 9000,
    ack: 1001,
  });
});

test("relative numbers go on counting across the wrap at 2³²", () => {
  const trace = lostFinTrace();
  const wrapped = {
    ...trace,
    hosts: trace.hosts.map((host) => ({ ...host, isns: [0xffff_fffe] })),
    segments: trace.segments.map((segment) => ({
      ...segment,
      seq: (segment.seq - (segment.from === "client" ? 1000 : 9000) - 2) >>> 0,
    })),
  };
  expect(shownNumbers(wrapped, "relative").get("client-5")?.seq).toBe(101);
});

test("the state at a time includes what happens then", () => {
  const trace = lostFinTrace();
  expect(stateAt(trace, "server", -1)).toBe("CLOSED");
  expect(stateAt(trace, "server", 24_999)).toBe("LISTEN");
  expect(stateAt(trace, "server", 25_000)).toBe("SYN-RECEIVED");
  expect(stateAt(trace, "client", trace.endedAtUs)).toBe("CLOSED");
});

test("stays join without a gap", () => {
  const list = stays(lostFinTrace(), "client");
  expect(list.map(({ state }) => state)).toEqual([
    "CLOSED",
    "SYN-SENT",
    "ESTABLISHED",
    "FIN-WAIT-1",
    "FIN-WAIT-2",
    "TIME-WAIT",
    "CLOSED",
  ]);
  for (const [index, stay] of list.slice(1).entries()) {
    expect(stay.fromUs).toBe(list[index]?.untilUs);
  }
});

test("an IPv6 address keeps apart from its port", () => {
  expect(formatEndpoint("192.0.2.1", 80)).toBe("192.0.2.1:80");
  expect(formatEndpoint("2001:db8::1", 80)).toBe("[2001:db8::1]:80");
});

test.each([
  ["lost-fni", "lost-fin"],
  ["fin", "lost-fin"],
  ["simultaneous", "simultaneous-open"],
  ["open-simultaneous", "simultaneous-open"],
  ["xyzzy-plugh-quux", undefined],
])("%s is nearest to %s", (typed, nearest) => {
  const names = ["four-way-close", "lost-fin", "lost-syn", "simultaneous-open", "rst-abort"];
  expect(nearestNames(typed, names)[0]).toBe(nearest);
});

test.each([
  [0, "0 s"],
  [12, "12 µs"],
  [25_000, "25 ms"],
  [1_025_000, "1.025 s"],
  [63_021_000, "63.02 s"],
  [240_000_000, "240 s"],
])("%i µs reads %s", (us, text) => {
  expect(formatDuration(us)).toBe(text);
});

test("a listener that goes with its host makes no second change of state", () => {
  const scenario = findScenario("stuck-in-fin-wait-2");
  if (scenario === undefined) throw new Error("there is no such scenario");
  const trace = traceScenario(scenario);
  const recorded = trace.states.filter(({ cause }) => cause === "reboot");
  expect(recorded.map(({ from }) => from)).toEqual(["CLOSE-WAIT", "LISTEN"]);
  const shown = moments(trace)
    .at(-1)
    ?.happenings.flatMap((one) => (one.type === "state" ? [one.state] : []));
  expect(shown).toEqual(recorded.slice(0, 1));
});
