import type { Step } from "@synfin/simulator";
import fc from "fast-check";
import { changed, PLAIN_OPENING, withParams } from "./directed.ts";
import { type Trial, trial } from "./trial.ts";

/** Far enough apart for the acknowledgment of one to be there before the next comes. */
const sendAtUs = fc.integer({ min: 1, max: 12 }).map((n) => n * 700_000);

const texts = fc.array(
  fc.record({
    atUs: sendAtUs,
    bytes: fc.integer({ min: 1, max: 3000 }),
    urgent: fc.constantFrom(true, true, false),
  }),
  { minLength: 2, maxLength: 6 },
);

const reads = fc.array(
  fc.record({ atUs: fc.integer({ min: 1, max: 30 }).map((n) => n * 300_000), bytes: fc.nat(500) }),
  { maxLength: 4 },
);

/** Room for all of it, or for so little that the window shuts. */
const receiveBuffer = fc.constantFrom(65_535, 2000, 300);

/** What was never read is there until the run is over. */
const UNTIL_US = 60_000_000;

/**
 * The client's user sends urgent text, and more of it, to one who is slow to
 * read: there is always some left to hear of (RFC 9293 §3.8.5), and the window
 * may shut before it.
 */
export const urgentTrial: fc.Arbitrary<Trial> = fc
  .record({ drawn: trial, texts, reads, receiveBuffer })
  .map(({ drawn, texts: sent, reads: taken, receiveBuffer: room }) => {
    const [client, server] = withParams(drawn.scenario.hosts, { timestamps: 0 });
    const params = { ...server.params, receiveBuffer: room };
    const sends = sent.map(({ urgent, ...text }): Step => {
      const call = { ...text, host: "client", call: "send" } as const;
      return urgent ? { ...call, urgent } : call;
    });
    return changed(drawn, {
      hosts: [client, { ...server, params, reads: false }],
      link: { delayUs: 1000 },
      faults: [],
      untilUs: UNTIL_US,
      script: [
        ...PLAIN_OPENING,
        ...sends,
        ...taken.map(({ atUs, bytes }): Step => {
          return { atUs, host: "server", call: "receive", ...(bytes === 0 ? {} : { bytes }) };
        }),
      ],
    });
  });
