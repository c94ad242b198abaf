import { CAUSE_NAMES, Cause, STATE_NAMES, type StateName, TRANSITIONS } from "@synfin/core/tcp";
import type { TraceState } from "@synfin/simulator";
import { defineLaw, type Law } from "../law.ts";
import type { Run } from "../run/run.ts";

/** The table as the trace writes it, so that one string compares from, to, cause and section. */
const PERMITTED: ReadonlySet<string> = new Set(
  TRANSITIONS.map(([from, to, cause, section]) => {
    return rowOf({
      from: STATE_NAMES[from],
      to: STATE_NAMES[to],
      cause: CAUSE_NAMES[cause],
      section,
    });
  }),
);

function rowOf({ from, to, cause, section }: Omit<TraceState, "atUs" | "host">): string {
  return `${from} to ${to} by ${cause}, ${section.startsWith("RFC") ? section : `§${section}`}`;
}

/** How many rows the table has: what coverage of it is measured against. */
export const PERMITTED_ROWS: number = PERMITTED.size;

const PASSIVE_OPEN = CAUSE_NAMES[Cause.PASSIVE_OPEN];

/**
 * Only the transitions of the one table happen, each with the cause and the
 * section that permit it; and the changes of each connection form a chain,
 * each beginning in the state in which the one before has ended. A new
 * connection begins in CLOSED, or in LISTEN while its host listens.
 *
 * The table is RFC 9293's Figure 5 with its notes, which "is only a summary"
 * (§3.3.2), and what §3.5 to §3.10 add. A change that is not in it, or that
 * starts elsewhere, is a machine that no one can reason about.
 */
export const onlyPermittedTransitions: Law<Run> = defineLaw({
  name: "onlyPermittedTransitions",
  source: "RFC 9293 §3.3.2, §3.5 to §3.10",
  says: "Only permitted transitions happen, and each begins where the one before ended.",
  premises: ["transition"],
  examine({ trace }, notes) {
    for (const { name } of trace.hosts) {
      const chains = new Chains();
      for (const change of trace.states) {
        if (change.host !== name) continue;
        const { atUs, host, segment } = change;
        const place = segment === undefined ? { atUs, host } : { atUs, host, segment };
        const row = rowOf(change);
        notes.met("transition");
        notes.met(row);
        if (!PERMITTED.has(row)) notes.broken(`${row} is not in the table of transitions`, place);
        const why = chains.take(change);
        if (why !== "") notes.broken(why, place);
      }
    }
  },
});

/**
 * The connections of one host, each known by its state, and whether the host
 * listens. After a breach it goes on as if the change were right, so that one
 * wrong step is one breach.
 */
class Chains {
  private readonly live: StateName[] = [];
  private listening = false;

  /** @returns why the change continues nothing and begins nothing, or an empty string */
  take({ from, to, cause }: TraceState): string {
    if (from === "LISTEN" && to === "CLOSED") return this.listen(false, "stops listening");
    if (to === "LISTEN" && cause === PASSIVE_OPEN) {
      this.listening = true;
      return "";
    }
    const why = from === "LISTEN" ? this.listen(true, "begins in LISTEN") : this.leave(from);
    if (to !== "CLOSED" && to !== "LISTEN") this.live.push(to);
    return why;
  }

  private listen(after: boolean, what: string): string {
    const why = this.listening ? "" : `${what}, but no one listens here`;
    this.listening = after;
    return why;
  }

  private leave(from: StateName): string {
    if (from === "CLOSED") return "";
    const index = this.live.lastIndexOf(from);
    const here = this.live.length === 0 ? "none" : `in ${this.live.join(", ")}`;
    this.live.splice(index === -1 ? this.live.length - 1 : index, 1);
    return index === -1 ? `begins in ${from}; connections here are ${here}` : "";
  }
}
