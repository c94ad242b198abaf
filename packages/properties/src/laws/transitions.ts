import { CAUSE_NAMES, Cause, STATE_NAMES, type StateName, TRANSITIONS } from "@synfin/core/tcp";
import type { TraceState } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import type { End } from "../run/end.ts";
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

/** A change of state as a row of the table: `LISTEN to SYN-RECEIVED by rcv SYN, §3.10.7.2`. */
export function rowOf({ from, to, cause, section }: Omit<TraceState, "atUs" | "host">): string {
  return `${from} to ${to} by ${cause}, ${section.startsWith("RFC") ? section : `§${section}`}`;
}

/** How many rows the table has: what coverage of it is measured against. */
export const PERMITTED_ROWS: number = PERMITTED.size;

/** Every row, in the order of the table. */
export function permittedRows(): readonly string[] {
  return [...PERMITTED];
}

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
  premises: ["transition", "refused after a passive OPEN", "refused after an active OPEN"],
  examine({ trace, ends }, notes) {
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
    for (const end of ends) checkReturn(end, notes);
  },
});

/** Whose SYN,ACK a RST refuses goes back to where it came from. */
const REFUSALS: readonly string[] = [Cause.RCV_RST, Cause.RCV_SYN_IN_WINDOW, Cause.BAD_OPTION].map(
  (cause) => CAUSE_NAMES[cause],
);

/**
 * MUST-11: a connection in SYN-RECEIVED remembers whether it came by a passive
 * OPEN; a RST then takes it back to LISTEN, and otherwise to CLOSED (§3.10.7.4).
 */
function checkReturn({ ending, host, states }: End, notes: Notes): void {
  if (ending?.from !== "SYN-RECEIVED" || !REFUSALS.includes(ending.cause)) return;
  const passive = states[0]?.to !== "SYN-SENT";
  notes.met(passive ? "refused after a passive OPEN" : "refused after an active OPEN");
  const right = passive ? "LISTEN" : "CLOSED";
  if (ending.to === right) return;
  const came = passive ? "a passive" : "an active";
  const what = `opened by ${came} OPEN, it goes to ${ending.to} by ${ending.cause}, not to ${right}`;
  notes.broken(what, { atUs: ending.atUs, host });
}

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
