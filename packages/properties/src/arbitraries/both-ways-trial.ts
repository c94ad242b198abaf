import type { Ratio, Step } from "@synfin/simulator";
import fc from "fast-check";
import { changed, PLAIN_OPENING, withParams } from "./directed.ts";
import { type Trial, trial } from "./trial.ts";

/** Segments small enough for a text to take many of them. */
const mss = fc.constantFrom(536, 100, 1460);

/** Some to some dozen segments. */
const bytes = fc.integer({ min: 1000, max: 5000 });

/** Some are lost, and what comes after them is held. */
const loss = fc.constantFrom<Ratio>([1, 20], [1, 5], [0, 1]);

/**
 * Both users send at the same time, more than one window of it, over a link that
 * loses and reorders some: full segments go out beside SACK blocks and
 * acknowledgments, in slow start and after it.
 */
export const bothWaysTrial: fc.Arbitrary<Trial> = fc
  .record({ drawn: trial, mss, loss, client: bytes, server: bytes, stamped: fc.constantFrom(0, 1) })
  .map(({ drawn, mss: size, loss: lost, client, server, stamped }) => {
    const send = (host: string, octets: number): Step => {
      return { on: "ESTABLISHED", host, call: "send", bytes: octets };
    };
    const params = { mss: size, timestamps: stamped, sack: 1, receiveBuffer: 65_535 };
    return changed(drawn, {
      hosts: withParams(drawn.scenario.hosts, params),
      link: { delayUs: 50_000, loss: lost, reorder: [1, 20] },
      script: [
        ...PLAIN_OPENING,
        ...[send("client", client), send("server", server)],
        ...[send("client", server), send("server", client)],
        { on: "CLOSE-WAIT", host: "server", call: "close" },
        { atUs: 60_000_000, host: "client", call: "close" },
      ],
    });
  });
