import type { Step } from "@synfin/simulator";
import fc from "fast-check";
import { changed, PLAIN_OPENING } from "./directed.ts";
import { type Trial, trial } from "./trial.ts";

/** RFC 9293 §3.8.3, SHLD-11. */
const R2_US = 100_000_000;

/** How often the timer runs out up to R2; longer than a minute it never is. */
const timeouts = fc.integer({ min: 3, max: 6 });

/** Where the last of them falls: a bit before R2, at it, or a bit after. */
const offUs = fc.oneof(fc.constantFrom(0, -1, 1), fc.integer({ min: -2_000_000, max: 2_000_000 }));

/**
 * Whatever the client sends after the handshake is lost, and its timer, which
 * doubles each time, runs out about when R2 is reached: just before it the text
 * goes once more, and from then on it is given up (RFC 9293 §3.8.3).
 */
export const givenUpTrial: fc.Arbitrary<Trial> = fc
  .record({ drawn: trial, timeouts, offUs, delayUs: fc.constantFrom(1000, 7, 50_000) })
  .map(({ drawn, timeouts: times, offUs: off, delayUs }) => {
    const minRtoUs = Math.ceil((R2_US + off) / (2 ** times - 1));
    const script: readonly Step[] = [
      ...PLAIN_OPENING,
      { on: "ESTABLISHED", host: "client", call: "send", bytes: 100 },
    ];
    const [client, server] = drawn.scenario.hosts.map(({ name, address, isns }) => {
      return { name, address, ...(isns === undefined ? {} : { isns }), params: { minRtoUs } };
    });
    if (client === undefined || server === undefined) return drawn;
    const faults = ["drop:client:DATA:*+"];
    return changed(drawn, { hosts: [client, server], link: { delayUs }, script, faults });
  });
