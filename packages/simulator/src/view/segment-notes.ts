import type { FlagName } from "@synfin/core/tcp";
import type { Trace, TraceSegment, TraceTimer } from "../trace/trace.ts";
import { stateAt } from "./history.ts";
import { type Moment, moments } from "./moments.ts";
import { After, type Prompt, TcpEnd } from "./tcp-end.ts";

/**
 * Why a segment was sent, where its header does not say so.
 *
 * - `timeout`: sent again, because the retransmission timer ran out (RFC 6298 §5.4).
 * - `after-timeout`: sent again, as an acknowledgment after a timeout let it go (§3.8.1).
 * - `fast-retransmit`: sent again at the third duplicate ACK (RFC 5681 §3.2).
 * - `partial-ack`: sent again, since an ACK did not cover the whole loss (RFC 6582 §3.2).
 * - `recovery`: sent again during recovery, at a further duplicate ACK (RFC 6675 §5).
 * - `after-zero-window`: sent again, since the window that kept it out is open (§3.8.6.1).
 * - `retransmission`: sent again for any other reason.
 * - `zero-window-probe`: sent past the edge of a shut window (§3.8.6.1).
 * - `keep-alive`: a probe of a silent peer (§3.8.4); `keep-alive-ack`: the answer to one.
 * - `challenge-ack`: an answer to what may be forged (RFC 5961 §3 to §5).
 * - `window-update`: only because there is room again (§3.8.6.2.2).
 * - `duplicate-ack`: text came while something before it is missing (RFC 5681 §4.2).
 * - `delayed-ack`: the time for something to carry it was over (§3.8.6.3).
 */
export type Reason =
  | "timeout"
  | "after-timeout"
  | "fast-retransmit"
  | "partial-ack"
  | "recovery"
  | "after-zero-window"
  | "retransmission"
  | "zero-window-probe"
  | "keep-alive"
  | "keep-alive-ack"
  | "challenge-ack"
  | "window-update"
  | "duplicate-ack"
  | "delayed-ack";

/** What a reader should know of a segment beside its header. */
export interface SegmentNote {
  readonly reason: Reason;
  /** How long the timer had run that sent it: the RTO, for `timeout`. Microseconds. */
  readonly waitUs?: number;
  /** For `duplicate-ack`: which one in a row, from 1. */
  readonly nth?: number;
  /** For `challenge-ack`: what drew it. */
  readonly drawnBy?: "RST" | "SYN" | "ACK";
}

/**
 * Why each segment was sent, by its id; those whose header says it are left out.
 *
 * It is read off the trace alone: what each end has sent and heard so far, and
 * what happened there at the same moment. The machine need not tell, and a trace
 * from a file can be read as well as one that was just made.
 */
export function segmentNotes(trace: Trace): ReadonlyMap<string, SegmentNote> {
  const reader = new Reader(trace);
  for (const moment of moments(trace)) reader.read(moment);
  return reader.notes;
}

/** The timers of one end that ran out in one moment, with how long they had run. */
type Expired = Map<TraceTimer["timer"], number>;

class Reader {
  readonly notes = new Map<string, SegmentNote>();
  readonly #trace: Trace;
  readonly #ends: ReadonlyMap<string, TcpEnd>;
  readonly #started = new Map<string, number>();

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#ends = new Map(trace.hosts.map(({ name }) => [name, new TcpEnd()]));
  }

  read(moment: Moment): void {
    for (const [host, end] of this.#ends) this.#readEnd(moment, host, end);
  }

  #readEnd({ happenings, atUs }: Moment, host: string, end: TcpEnd): void {
    const own = happenings.filter((happening) => happening.host === host);
    const expired: Expired = new Map();
    const prompt: Prompt = {};
    for (const happening of own) {
      if (happening.type === "timer") this.#timer(happening.timer, expired);
      if (happening.type === "arrival" && happening.arrival.verdict !== "corrupt") {
        const { segment } = happening;
        Object.assign(prompt, end.hears(segment, this.#mayTakeSyn(host, atUs)));
      }
      if (happening.type !== "sent" || happening.segment.injected === true) continue;
      const note = noteOf(happening.segment, end, prompt, expired);
      if (note !== undefined) this.notes.set(happening.segment.id, note);
      end.sends(happening.segment);
    }
  }

  #timer({ host, timer, action, atUs }: TraceTimer, expired: Expired): void {
    const key = `${host} ${timer}`;
    if (action === "expire") expired.set(timer, atUs - (this.#started.get(key) ?? atUs));
    else if (action !== "stop") this.#started.set(key, atUs);
  }

  /** Whether a SYN is no surprise: the end is not synchronized, or becomes so just then. */
  #mayTakeSyn(host: string, atUs: number): boolean {
    const isOpening = (state: string): boolean => UNSYNCHRONIZED.includes(state);
    const here = this.#trace.states.filter((change) => change.host === host);
    if (here.some((change) => change.atUs === atUs && isOpening(change.from))) return true;
    return isOpening(stateAt(this.#trace, host, atUs));
  }
}

const UNSYNCHRONIZED: readonly string[] = ["CLOSED", "LISTEN", "SYN-SENT", "SYN-RECEIVED"];

function noteOf(
  segment: TraceSegment,
  end: TcpEnd,
  prompt: Prompt,
  expired: Expired,
): SegmentNote | undefined {
  if (has(segment, "RST")) return undefined;
  if (segment.retransmission || segment.length > 0 || has(segment, "FIN")) {
    return end.facesShutWindow(segment)
      ? { reason: "zero-window-probe", ...waited(expired.get("persist")) }
      : retransmissionNote(segment, end, prompt, expired);
  }
  return has(segment, "SYN") ? undefined : ackNote(segment, end, prompt, expired);
}

function retransmissionNote(
  segment: TraceSegment,
  end: TcpEnd,
  { heardAck }: Prompt,
  expired: Expired,
): SegmentNote | undefined {
  if (!segment.retransmission) return undefined;
  const waitUs = expired.get("retransmission");
  if (waitUs !== undefined) {
    end.beginRecovery(After.TIMEOUT);
    return { reason: "timeout", waitUs };
  }
  if (heardAck === undefined) return { reason: "retransmission" };
  if (end.recovery === After.TIMEOUT) return { reason: "after-timeout" };
  if (end.recovery === After.LOSS) {
    return { reason: heardAck === "new" ? "partial-ack" : "recovery" };
  }
  if (end.hasOpened) return { reason: "after-zero-window" };
  if (heardAck === "new") return { reason: "retransmission" };
  end.beginRecovery(After.LOSS);
  return { reason: "fast-retransmit" };
}

function ackNote(
  segment: TraceSegment,
  end: TcpEnd,
  prompt: Prompt,
  expired: Expired,
): SegmentNote | undefined {
  if (end.isKeepAlive(segment)) {
    return { reason: "keep-alive", ...waited(expired.get("keep-alive")) };
  }
  const { challenge, keepAlive, text, gap } = prompt;
  if (challenge !== undefined) return { reason: "challenge-ack", drawnBy: challenge };
  if (keepAlive === true) return { reason: "keep-alive-ack" };
  const delayUs = expired.get("delayed-ack");
  if (delayUs !== undefined) return { reason: "delayed-ack", waitUs: delayUs };
  if (segment.ack !== end.lastAck) return undefined;
  if (text === undefined) {
    return end.offersMore(segment) ? { reason: "window-update" } : undefined;
  }
  return gap === true ? { reason: "duplicate-ack", nth: end.duplicates + 1 } : undefined;
}

function waited(waitUs: number | undefined): { waitUs?: number } {
  return waitUs === undefined ? {} : { waitUs };
}

function has({ flags }: TraceSegment, flag: FlagName): boolean {
  return flags.includes(flag);
}
