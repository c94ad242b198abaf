import type { Step } from "@synfin/simulator";
import fc from "fast-check";
import { changed, PLAIN_OPENING, withParams } from "./directed.ts";
import { type Trial, trial } from "./trial.ts";

/** When the client opens anew: within the TIME-WAIT of the server, or behind it. */
const againAtUs = fc.constantFrom(1_500_000, 2_500_000, 4_000_000, 9_000_000);

/** An old SYN of the client's: by how much it is past the first one's number. */
const oldSyn = fc.constantFrom(undefined, 300, 5000, -5000, 0x4000_0000);

/**
 * The server closes first and is in TIME-WAIT when the same ports are used
 * again, by the client or by an old SYN that no one means (RFC 9293 §3.6.1,
 * MAY-2), over a link that loses every other segment or none.
 */
export const reopenedTrial: fc.Arbitrary<Trial> = fc
  .record({
    drawn: trial,
    againAtUs,
    old: oldSyn,
    mslUs: fc.constantFrom(1_000_000, 120_000_000),
    loss: fc.constantFrom(0, 1),
    stamped: fc.constantFrom(0, 0, 1),
  })
  .map(({ drawn, againAtUs: atUs, old, mslUs, loss, stamped }) => {
    const { scenario } = drawn;
    const isn = scenario.hosts[0].isns?.[0] ?? 0;
    const script: readonly Step[] = [
      ...PLAIN_OPENING,
      { on: "ESTABLISHED", host: "server", call: "close" },
      { on: "CLOSE-WAIT", host: "client", call: "close" },
      old === undefined
        ? { atUs, host: "client", call: "connect", port: 80, fromPort: 50_000 }
        : oldSynStep(atUs, isn + old),
    ];
    return changed(drawn, {
      hosts: withParams(scenario.hosts, { mslUs, timestamps: stamped, delayedAckUs: 0 }),
      link: { delayUs: 1000, loss: [loss, 2] },
      script,
      faults: [],
    });
  });

function oldSynStep(atUs: number, seq: number): Step {
  const segment = {
    flags: ["SYN"],
    seq: seq >>> 0,
    window: 1000,
    srcPort: 50_000,
    dstPort: 80,
  } as const;
  return { atUs, host: "client", call: "inject", segment };
}
