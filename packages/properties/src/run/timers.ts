import type { TraceTimer } from "@synfin/simulator";
import type { End } from "./end.ts";
import type { Run } from "./run.ts";

/** The events of these timers at an end while it was there, in their order. */
export function timersOf(
  run: Run,
  end: End,
  names: readonly TraceTimer["timer"][],
): readonly TraceTimer[] {
  return run.trace.events.filter((event): event is TraceTimer => {
    if (event.type !== "timer" || event.host !== end.host) return false;
    if (!names.includes(event.timer) || event.atUs < end.bornAtUs) return false;
    // Where another connection takes its place, what is set in that microsecond is the other's.
    const over = event.action === "stop" || event.action === "expire" ? 0 : 1;
    return event.atUs + over <= end.endedAtUs;
  });
}

/** One stretch of the sender's timer: when it was set, and when it was to run out. */
export interface Wait {
  readonly setAtUs: number;
  readonly deadlineUs: number;
  /** How often it had run out in a row when it was set: 0 for a timer that was set afresh. */
  readonly runs: number;
  /** Whether it was set because it had run out. */
  readonly again: boolean;
  /** Whether it ran out. */
  readonly ranOut: boolean;
  /** Since when what it watches has been waiting. */
  readonly sinceUs: number;
}

/**
 * The sender's timer in stretches, from the events of its two names: it is
 * called `persist` while a window is shut and `retransmission` otherwise, and
 * one takes over from the other with the deadline that there is.
 */
export function waitsOf(run: Run, end: End): readonly Wait[] {
  const record = new WaitRecord();
  const events = [...timersOf(run, end, ["retransmission", "persist"])];
  // What ran out is told after what was set instead, where that has the other name.
  events.sort((a, b) => a.atUs - b.atUs || rankOf(a) - rankOf(b));
  for (const event of events) {
    if (event.action === "expire" || event.action === "stop") record.ends(event);
    else record.begins(event, crosses(end, event.atUs));
  }
  return record.finish();
}

function rankOf({ action }: TraceTimer): number {
  return action === "expire" ? 0 : 1;
}

class WaitRecord {
  private readonly waits: Wait[] = [];
  private open: Wait | undefined;
  private name: TraceTimer["timer"] = "retransmission";
  private ranOutAtUs = Number.NaN;
  private runs = 0;
  private sinceUs = 0;

  ends({ timer, action, atUs }: TraceTimer): void {
    // The other name has taken over already.
    if (this.open === undefined || timer !== this.name) return;
    const ranOut = action === "expire";
    if (ranOut) {
      this.ranOutAtUs = atUs;
      this.runs += 1;
    }
    this.waits.push({ ...this.open, ranOut });
    this.open = undefined;
  }

  begins({ timer, atUs, deadlineUs = 0 }: TraceTimer, crossing: boolean): void {
    const before = this.open ?? this.waits.at(-1);
    const renamed = timer !== this.name && before?.deadlineUs === deadlineUs && !before.ranOut;
    this.name = timer;
    if (renamed) {
      if (this.open === undefined) this.open = this.waits.pop();
      return;
    }
    const again = this.open === undefined && this.ranOutAtUs === atUs;
    if (!again && !crossing) {
      this.runs = 0;
      this.sinceUs = atUs;
    }
    if (this.open !== undefined) this.waits.push(this.open);
    const { runs, sinceUs } = this;
    this.open = { setAtUs: atUs, deadlineUs, runs, again, ranOut: false, sinceUs };
  }

  finish(): readonly Wait[] {
    return this.open === undefined ? this.waits : [...this.waits, this.open];
  }
}

/** Where SYNs cross, the SYN goes out once more, now with an ACK, and has waited all the while. */
function crosses({ states }: End, atUs: number): boolean {
  return states.some((one) => {
    return one.atUs === atUs && one.from === "SYN-SENT" && one.to === "SYN-RECEIVED";
  });
}
