import { EndlessRun, MOST_TRANSMISSIONS, play, playUnlessStorm } from "@synfin/properties";
import type { Scenario } from "@synfin/simulator";
import { expect, test } from "vitest";
import { shipped } from "./support/shipped.ts";

/**
 * Two ends in SYN-RECEIVED whose numbers do not fit, made of connections that
 * their users gave up: each finds the other's segments unacceptable, and says
 * so with an ACK that the other finds unacceptable (RFC 9293 §3.10.7.4, first).
 */
const storm: Scenario = {
  format: "synfin-scenario",
  version: 1,
  name: "ack-storm",
  title: { en: "ACK storm", ko: "ACK 폭풍" },
  description: { en: "Acknowledgments without end.", ko: "끝없는 ACK." },
  hosts: [
    { name: "client", address: "192.0.2.1", isns: [100, 2_000_000_000] },
    { name: "server", address: "192.0.2.2", isns: [300, 1_000_000_000] },
  ],
  link: { delayUs: 50_000 },
  script: [
    { atUs: 0, host: "client", call: "connect", port: 80, fromPort: 50_000 },
    { atUs: 0, host: "server", call: "connect", port: 50_000, fromPort: 80 },
    { atUs: 0, host: "client", call: "close" },
    { atUs: 0, host: "server", call: "close" },
    { atUs: 1, host: "server", call: "listen", port: 80 },
    { atUs: 1, host: "client", call: "connect", port: 80, fromPort: 50_000 },
  ],
};

test("by the letter, without RFC 5961 §7, two ends can acknowledge each other until R2", () => {
  const [client, server] = storm.hosts;
  const params = { challengeAcks: 0 };
  const unthrottled: Scenario = {
    ...storm,
    hosts: [
      { ...client, params },
      { ...server, params },
    ],
  };
  expect(() => play(unthrottled, 0)).toThrow(`more than ${MOST_TRANSMISSIONS} transmissions`);
  expect(playUnlessStorm(unthrottled, 0)).toBeUndefined();
});

test("with the throttle the storm dies down", () => {
  expect(play(storm, 0).trace.segments.length).toBeLessThan(MOST_TRANSMISSIONS);
});

test("a run without end that is no storm is not passed over", () => {
  const { trace } = shipped("four-way-close");
  expect(trace.segments.length).toBeLessThan(MOST_TRANSMISSIONS);
  const text = { segment: { flags: 0x10, length: 5 } };
  const ack = { segment: { flags: 0x10, length: 0 } };
  const endless = (...tail: (typeof text)[]) =>
    new EndlessRun(tail.map((datagram) => ({ datagram })) as unknown as EndlessRun["tail"]);
  expect(endless(ack, ack).isAckStorm).toBe(true);
  expect(endless(ack, text).isAckStorm).toBe(false);
});
