import { defineLaw, type Law, type Notes } from "../law.ts";
import type { End } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { has, placeOf } from "../run/sequence.ts";

const TICK_US = 4;
const RANGE = 2 ** 32;

/**
 * Initial sequence numbers follow a clock of 4 µs: from one connection between
 * the same ports to the next they grow by just what it has ticked (RFC 9293
 * §3.4.1, MUST-8; RFC 6528 §3), so that an old segment is never in a new
 * connection's window. Where a scenario chooses the numbers itself there is
 * nothing to see.
 */
export const isnFollowsTheClock: Law<Run> = defineLaw({
  name: "isnFollowsTheClock",
  source: "RFC 9293 §3.4.1 MUST-8; RFC 6528 §3",
  says: "Between the same ports, initial sequence numbers grow as a clock of 4 µs ticks.",
  premises: ["number after another"],
  examine(run, notes) {
    for (const { name } of run.trace.hosts) {
      if (run.chosenIsns(name) > 0) continue;
      const own = run.ends.filter(({ host, iss }) => host === name && iss !== undefined);
      for (const [index, end] of own.entries()) {
        const before = own[index - 1];
        if (before !== undefined) checkNext(before, end, notes);
      }
    }
  },
});

function checkNext(before: End, end: End, notes: Notes): void {
  const [first, syn] = [before, end].map(({ sent }) => sent.find((one) => has(one, "SYN")));
  if (first === undefined || syn === undefined || first === syn) return;
  if (before.localPort !== end.localPort || before.remotePort !== end.remotePort) return;
  // Out of TIME-WAIT it has to be larger than any number used before, whatever the clock says.
  if (before.ending?.from === "TIME-WAIT" && before.ending.to !== "CLOSED") return;
  notes.met("number after another");
  const ticks = Math.floor(syn.sentAtUs / TICK_US) - Math.floor(first.sentAtUs / TICK_US);
  const grown = (syn.seq - first.seq + RANGE) % RANGE;
  if (grown === ticks % RANGE) return;
  notes.broken(`its ISN has grown by ${grown} in ${ticks} ticks of 4 µs`, placeOf(syn));
}
