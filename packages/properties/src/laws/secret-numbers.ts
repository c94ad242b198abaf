import { defineLaw, type Law } from "../law.ts";
import type { Run } from "../run/run.ts";

/** Two runs of one scenario that chooses no numbers, under two seeds. */
export interface SeedPair {
  readonly first: Run;
  readonly second: Run;
}

/**
 * Initial sequence numbers have a part that no one can compute: another secret
 * gives other numbers to the same connection at the same time (RFC 9293
 * §3.4.1, MUST-9; RFC 6528 §3). Two that are the same by chance are one in 2³².
 */
export const isnIsSecret: Law<SeedPair> = defineLaw({
  name: "isnIsSecret",
  source: "RFC 9293 §3.4.1 MUST-9, SHLD-1; RFC 6528 §3",
  says: "Another secret gives another initial sequence number.",
  premises: ["number drawn twice"],
  examine({ first, second }, notes) {
    for (const { name, isns } of first.trace.hosts) {
      const [one] = isns;
      const [two] = second.trace.hosts.find((host) => host.name === name)?.isns ?? [];
      if (first.chosenIsns(name) > 0 || one === undefined || two === undefined) continue;
      notes.met("number drawn twice");
      if (one === two) notes.broken(`its ISN is ${one} under both seeds`, { host: name });
    }
  },
});
