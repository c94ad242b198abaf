import { findScenario, type Scenario, traceScenario } from "@synfin/simulator";
import { expect, test } from "vitest";
import { traceOf } from "../support/trace-of.ts";

/** The acknowledgment of the FIN comes in at the very microsecond of the FIN's deadline. */
const photoFinish: Scenario = {
  format: "synfin-scenario",
  version: 1,
  name: "photo-finish",
  title: { en: "Photo finish", ko: "동시 도착" },
  description: { en: "ACK and timer at once.", ko: "ACK와 타이머가 동시에." },
  hosts: [
    { name: "client", address: "192.0.2.1" },
    { name: "server", address: "192.0.2.2" },
  ],
  link: { delayUs: 50_000 },
  faults: ["delay=900ms:server:ACK"],
  script: [
    { atUs: 0, host: "server", call: "listen", port: 80 },
    { atUs: 0, host: "client", call: "connect", port: 80 },
    { on: "ESTABLISHED", host: "client", call: "close" },
  ],
};

test("a timer that an arrival stops at its deadline stops, and does not run out, RFC 6298 §5.2", () => {
  const { events, segments, states } = traceScenario(photoFinish);
  const acked = states.find(({ to }) => to === "FIN-WAIT-2");
  const timers = events.flatMap((event) => {
    const ours =
      event.type === "timer" && event.host === "client" && event.timer === "retransmission";
    return ours && event.atUs >= 100_000 ? [event] : [];
  });
  expect(timers.map(({ action, atUs }) => [action, atUs])).toEqual([
    ["stop", 100_000],
    ["start", 100_000],
    ["stop", 1_100_000],
  ]);
  expect(timers[1]?.deadlineUs).toBe(1_100_000);
  expect(acked?.atUs).toBe(1_100_000);
  expect(segments.filter(({ retransmission }) => retransmission)).toEqual([]);
});

/** What became of one timer of the client, with the time in milliseconds. */
function storyOf(name: string, timer: string): [action: string, atMs: number][] {
  return traceOf(name).events.flatMap((event) => {
    const ours = event.type === "timer" && event.host === "client" && event.timer === timer;
    return ours ? [[event.action, event.atUs / 1000] as [string, number]] : [];
  });
}

test("a shut window has the persist timer, and an open one the retransmission timer (§3.8.6.1)", () => {
  expect(storyOf("zero-window", "persist")).toEqual([
    ["start", 270],
    ["expire", 1270],
    ["start", 1270],
    ["expire", 3270],
    ["start", 3270],
    ["stop", 4050],
  ]);
  const others = storyOf("zero-window", "retransmission");
  expect(others.filter(([action]) => action === "expire")).toEqual([]);
  const atShutting = others.filter(([, atMs]) => atMs === 270);
  expect(atShutting.map(([action]) => action)).toEqual(["restart", "stop"]);
});

test("the keep-alive timer starts again with whatever is heard, and ends with the connection", () => {
  expect(storyOf("keep-alive", "keep-alive").filter(([, atMs]) => atMs < 6000)).toEqual([
    ["start", 170],
    ["expire", 5170],
    ["start", 5170],
    ["restart", 5270],
  ]);
  expect(storyOf("keep-alive", "keep-alive").at(-1)).toEqual(["expire", 13_270]);
});

test("an orphan in FIN-WAIT-2 has a timer of its own where the profile sets one", () => {
  const scenario = findScenario("stuck-in-fin-wait-2");
  if (scenario === undefined) throw new Error("there is no stuck-in-fin-wait-2");
  const { events } = traceScenario(scenario, { profile: "linux" });
  const timers = events.flatMap((event) =>
    event.type === "timer" && event.timer === "fin-wait-2" ? [event] : [],
  );
  expect(timers.map(({ action }) => action)).toEqual(["start", "expire"]);
  expect((timers[1]?.atUs ?? 0) - (timers[0]?.atUs ?? 0)).toBe(60_000_000);
});
