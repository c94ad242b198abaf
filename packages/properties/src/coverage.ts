import { createSegment, flagBits, STATE_NAMES, type StateName } from "@synfin/core/tcp";
import { FAULT_ACTIONS, kindOf, type Trace, type TraceSegment } from "@synfin/simulator";
import { PERMITTED_ROWS, permittedRows, rowOf } from "./laws/transitions.ts";
import { type Heard, wholeArrivals } from "./run/end.ts";
import type { Run } from "./run/run.ts";

/** What came to a connection, in the words of a table's head. */
const ARRIVALS = ["SYN", "SYN-ACK", "ACK", "DATA", "FIN", "RST"] as const;
const TIMERS = {
  retransmission: "RTO",
  persist: "probe",
  "delayed-ack": "dACK",
  "user-timeout": "UTO",
  "keep-alive": "idle",
  "time-wait": "2MSL",
} as const;
const CALLS = ["connect", "send", "receive", "shutdown", "close", "abort", "reboot"] as const;
const EVENTS: readonly string[] = [...ARRIVALS, ...Object.values(TIMERS), ...CALLS];

/** Counts of what a set of runs has covered, as plain JSON: they are sent and added up. */
export interface CoverageCounts {
  readonly runs: number;
  /** By `STATE × event`. */
  readonly events: Readonly<Record<string, number>>;
  /** By what the link did to a copy. */
  readonly faults: Readonly<Record<string, number>>;
  /** By the row of the table of transitions. */
  readonly transitions: Readonly<Record<string, number>>;
}

/** What random runs have met: which event in which state, which faults, which transitions. */
export class Coverage {
  private runs = 0;
  private readonly events = new Map<string, number>();
  private readonly faults = new Map<string, number>();
  private readonly transitions = new Map<string, number>();

  add({ trace }: Run): void {
    this.runs += 1;
    for (const { arrivals } of trace.segments) {
      for (const { verdict } of arrivals) count(this.faults, verdict);
    }
    for (const change of trace.states) count(this.transitions, rowOf(change));
    for (const { name } of trace.hosts) this.addHost(trace, name);
  }

  /** Adds what another process has counted. */
  merge(counts: CoverageCounts): void {
    this.runs += counts.runs;
    for (const list of ["events", "faults", "transitions"] as const) {
      for (const [key, times] of Object.entries(counts[list])) count(this[list], key, times);
    }
  }

  get counts(): CoverageCounts {
    return {
      runs: this.runs,
      events: Object.fromEntries(this.events),
      faults: Object.fromEntries(this.faults),
      transitions: Object.fromEntries(this.transitions),
    };
  }

  /** The rows of the table of transitions that no run has taken. */
  get neverTaken(): readonly string[] {
    return permittedRows().filter((row) => !this.transitions.has(row));
  }

  /** All of it as text: a table of states and events, the faults, the transitions. */
  format(): string {
    return [
      "events by the state that they came in:",
      this.table(),
      "",
      `what the link did: ${this.faultList()}`,
      "",
      `${PERMITTED_ROWS - this.neverTaken.length} of ${PERMITTED_ROWS} permitted transitions taken; never:`,
      ...this.neverTaken.map((row) => `  ${row}`),
    ].join("\n");
  }

  private addHost(trace: Trace, host: string): void {
    const changes = trace.states.filter((change) => change.host === host);
    const note = (atUs: number, event: string): void => {
      const state: StateName = changes.findLast((change) => change.atUs < atUs)?.to ?? "CLOSED";
      count(this.events, `${state} × ${event}`);
    };
    for (const heard of wholeArrivals(trace)) {
      if (heard.segment.to === host) note(heard.atUs, kindOfHeard(heard));
    }
    for (const event of trace.events) {
      if (event.host !== host) continue;
      if (event.type === "call") note(event.atUs, event.call);
      const runsOut = event.type === "timer" && event.action === "expire";
      if (runsOut && event.timer in TIMERS)
        note(event.atUs, TIMERS[event.timer as keyof typeof TIMERS]);
    }
  }

  private table(): string {
    const head = ["", ...EVENTS];
    const rows = STATE_NAMES.map((state) => {
      return [state, ...EVENTS.map((event) => short(this.events.get(`${state} × ${event}`) ?? 0))];
    });
    const widths = head.map((_, column) => {
      return Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0));
    });
    const line = (row: readonly string[]): string => {
      const cells = row.map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      });
      return cells.join(" ").trimEnd();
    };
    return [head, ...rows].map(line).join("\n");
  }

  private faultList(): string {
    const kinds = ["deliver", ...FAULT_ACTIONS];
    return kinds.map((kind) => `${kind} ${this.faults.get(kind) ?? 0}`).join(", ");
  }
}

function kindOfHeard({ segment }: Heard): string {
  return kindOf(asSegment(segment));
}

function asSegment({ flags, length }: TraceSegment): Parameters<typeof kindOf>[0] {
  return { ...createSegment(), flags: flagBits(flags), length };
}

function count(map: Map<string, number>, key: string, times = 1): void {
  map.set(key, (map.get(key) ?? 0) + times);
}

/** At most four characters: `12k` for 12,345. */
function short(times: number): string {
  if (times === 0) return "·";
  if (times < 10_000) return String(times);
  if (times < 1_000_000) return `${Math.floor(times / 1000)}k`;
  return `${Math.floor(times / 1_000_000)}M`;
}
