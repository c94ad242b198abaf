import {
  Flag,
  IcmpKind,
  type Segment,
  STATE_NAMES,
  State,
  seqDiff,
  type Tcb,
} from "@synfin/core/tcp";
import type { Moment } from "./happening.ts";

/** The columns of the table: what happens, as far as the RFC tells it apart. */
export const KINDS = [
  "ACK",
  "ACK out",
  "text",
  "text out",
  "FIN",
  "FIN out",
  "SYN",
  "SYN,ACK",
  "RST exact",
  "RST in",
  "RST out",
  "no ACK",
  "bad opt",
  "send",
  "receive",
  "close",
  "close both",
  "abort",
  "icmp soft",
  "icmp hard",
  "timeout",
] as const;
export type Kind = (typeof KINDS)[number];

/** Calls that a state does not have, and timers that it cannot have. */
function canHappen(state: State, kind: Kind): boolean {
  const column = KINDS.indexOf(kind);
  if (state > State.LISTEN) {
    // Before the peer's SYN there is no window to be outside of.
    return state !== State.SYN_SENT || !/ out$|RST in/.test(kind);
  }
  return column <= KINDS.indexOf("bad opt") && !/ out$|RST exact/.test(kind);
}

/** How often each kind of thing happened in each state, and what went out in answer. */
export class Coverage {
  steps = 0;
  readonly cells: number[] = new Array<number>(KINDS.length * STATE_NAMES.length).fill(0);
  readonly answers = new Map<string, number>();

  watch(moment: Moment): void {
    this.steps += 1;
    const kind = kindOf(moment);
    if (kind !== undefined) this.add(moment.state, kind);
    const { out } = moment;
    if (out.segmentCount === 0) this.answer("silence");
    for (const sent of out.segments.slice(0, out.segmentCount)) this.answer(answerOf(sent, moment));
  }

  private add(state: State, kind: Kind): void {
    const cell = state * KINDS.length + KINDS.indexOf(kind);
    this.cells[cell] = (this.cells[cell] ?? 0) + 1;
  }

  private answer(name: string): void {
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1);
  }

  count(state: State, kind: Kind): number {
    return this.cells[state * KINDS.length + KINDS.indexOf(kind)] ?? 0;
  }

  /** The cells that were hit fewer than `least` times, though they can happen. */
  seldom(least: number): string[] {
    return STATE_NAMES.flatMap((name, state) =>
      KINDS.filter((kind) => canHappen(state as State, kind))
        .filter((kind) => this.count(state as State, kind) < least)
        .map((kind) => `${name} × ${kind}: ${this.count(state as State, kind)}`),
    );
  }

  /** States down, kinds across, and below it what was sent. */
  table(): string {
    const width = 11;
    const head = ["".padEnd(13), ...KINDS.map((kind) => kind.padStart(width))].join("");
    const rows = STATE_NAMES.map((name, state) => {
      const cells = KINDS.map((kind) => this.cellText(state as State, kind).padStart(width));
      return [name.padEnd(13), ...cells].join("");
    });
    const answers = [...this.answers].sort(([a], [b]) => (a < b ? -1 : 1));
    const sent = answers.map(([name, count]) => `${name} ${count}`).join(", ");
    return [head, ...rows, `answers: ${sent}`].join("\n");
  }

  private cellText(state: State, kind: Kind): string {
    return canHappen(state, kind) ? String(this.count(state, kind)) : "–";
  }
}

function kindOf({ happening, before, state }: Moment): Kind | undefined {
  switch (happening.kind) {
    case "arrives":
    case "arrives at listener":
      return kindOfSegment(happening.segment, before, state);
    case "icmp":
      return happening.icmp === IcmpKind.HARD ? "icmp hard" : "icmp soft";
    case "open":
    case "keep-alive":
      return undefined;
    default:
      return happening.kind;
  }
}

function kindOfSegment(segment: Segment, before: Readonly<Tcb>, state: State): Kind {
  const { flags, length } = segment;
  if (segment.badOption === 1) return "bad opt";
  const offset = seqDiff(segment.seq, before.rcvNxt);
  const inside = state <= State.SYN_SENT || (offset >= 0 && offset < Math.max(1, before.rcvWnd));
  if ((flags & Flag.RST) !== 0) return kindOfReset(segment, before, state, inside);
  if ((flags & Flag.SYN) !== 0) return (flags & Flag.ACK) === 0 ? "SYN" : "SYN,ACK";
  if ((flags & Flag.ACK) === 0) return "no ACK";
  if ((flags & Flag.FIN) !== 0) return inside ? "FIN" : "FIN out";
  if (length > 0) return inside ? "text" : "text out";
  return inside ? "ACK" : "ACK out";
}

/** "Exact" is the one that counts: at RCV.NXT, or with the ACK of our SYN in SYN-SENT. */
function kindOfReset(segment: Segment, tcb: Readonly<Tcb>, state: State, inside: boolean): Kind {
  if (state <= State.LISTEN) return "RST in";
  if (state !== State.SYN_SENT) {
    if (segment.seq === tcb.rcvNxt) return "RST exact";
    return inside ? "RST in" : "RST out";
  }
  return "RST exact";
}

function answerOf(sent: Readonly<Segment>, { happening, before }: Moment): string {
  const { flags, length, seq } = sent;
  if ((flags & Flag.RST) !== 0) return (flags & Flag.ACK) !== 0 ? "RST,ACK" : "RST";
  if ((flags & Flag.SYN) !== 0) return (flags & Flag.ACK) !== 0 ? "SYN,ACK" : "SYN";
  const again = seqDiff(seq, before.sndNxt) < 0;
  if ((flags & Flag.FIN) !== 0) return again ? "FIN again" : "FIN";
  if (length > 0 && (flags & Flag.URG) !== 0) return again ? "urgent text again" : "urgent text";
  if (length > 0) return again ? "text again" : "text";
  if (again) return "keep-alive probe";
  if (sent.sackCount > 0) return "ACK with SACK";
  return happening.kind === "timeout" ? "delayed ACK" : "ACK";
}
