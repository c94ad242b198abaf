import { type Scenario, traceScenario } from "@synfin/simulator";
import { expect, test } from "vitest";

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
