import type { FlagName, StateName } from "@synfin/core/tcp";

/** The version of the trace format that this code reads and writes. */
export const TRACE_VERSION = 1;

/**
 * The record of one run: every transmission with its fate, every change of
 * state with its cause, and every user call, timer and signal. What
 * `synfin trace --format json` prints and what `<tcp-connection>` draws.
 *
 * Times are integers in microseconds of virtual time from the start of the
 * run; sequence numbers are the raw 32-bit ones. The JSON Schema is
 * `schema/trace.v1.schema.json` in this package.
 */
export interface Trace {
  readonly format: "synfin-trace";
  readonly version: typeof TRACE_VERSION;
  /** The scenario's name. */
  readonly scenario: string;
  readonly seed: number;
  /** The profile whose parameters both hosts started from, such as `rfc9293`. */
  readonly profile: string;
  /** 16 hexadecimal digits over every event of the run, see docs/digest.md. */
  readonly digest: string;
  /** The faults that were aimed at this run, in the fault grammar's text. */
  readonly faults: readonly string[];
  readonly hosts: readonly TraceHost[];
  /** In the order in which they were sent. */
  readonly segments: readonly TraceSegment[];
  /** In the order in which they happened. */
  readonly states: readonly TraceState[];
  /** In the order in which they happened. */
  readonly events: readonly TraceEvent[];
  /** When the last event of the run happened. */
  readonly endedAtUs: number;
  /** Set where the run was stopped after `MAX_TRANSMISSIONS`, with more to come. */
  readonly cut?: true;
}

/** One end of the connection. */
export interface TraceHost {
  /** `client` or `server` in the scenarios that ship. */
  readonly name: string;
  /** A documentation address (RFC 5737, RFC 3849). */
  readonly address: string;
  /** The port that this end of the connection used. */
  readonly port: number;
  /** The initial sequence numbers it chose, in order; several after a reboot or a second try. */
  readonly isns: readonly number[];
  /** The state before the first event, usually CLOSED. */
  readonly initialState: StateName;
}

/** One transmission: the same octets sent again are a transmission of their own. */
export interface TraceSegment {
  /** Stable: the sender's name and the number of the transmission, `client-3`. */
  readonly id: string;
  readonly sentAtUs: number;
  readonly from: string;
  readonly to: string;
  readonly srcPort: number;
  readonly dstPort: number;
  /** For example `["SYN", "ACK"]`. */
  readonly flags: readonly FlagName[];
  readonly seq: number;
  readonly ack: number;
  /** Octets of text. */
  readonly length: number;
  /** The window field as it stands in the header. */
  readonly window: number;
  readonly urgentPointer: number;
  readonly options: readonly TraceOption[];
  /** Whether these sequence numbers had been sent before. */
  readonly retransmission: boolean;
  /**
   * Set where the scenario put the segment on the wire, as an old duplicate, and no
   * machine sent it.
   */
  readonly injected?: true;
  /** What became of it: one entry each time that a copy arrived, or would have. */
  readonly arrivals: readonly TraceArrival[];
  /** The whole IP packet as it left, in hexadecimal. */
  readonly packet: string;
}

/** An option of a segment, as the header inspector shows it; padding is left out. */
export interface TraceOption {
  /** `mss`, `window-scale`, `sack-permitted`, `sack`, `timestamps`, `user-timeout`. */
  readonly name: string;
  /** The MSS, the shift count, TSval, or the user timeout in seconds. */
  readonly value?: number;
  /** TSecr. */
  readonly echo?: number;
  /** SACK blocks: raw sequence numbers, from the first octet to the one after the last. */
  readonly blocks?: readonly (readonly [left: number, right: number])[];
}

/**
 * What the link did with one copy of a transmission.
 *
 * - `deliver`: arrived as sent.
 * - `drop`: lost; `atUs` is the time at which it would have arrived.
 * - `duplicate`: a further copy that arrived.
 * - `delay`: arrived, later than the link's own delay.
 * - `reorder`: arrived, after what was sent behind it.
 * - `corrupt`: arrived with a bit changed; the checksum fails and the host drops it.
 */
export type Verdict = "deliver" | "drop" | "duplicate" | "delay" | "reorder" | "corrupt";

export interface TraceArrival {
  readonly atUs: number;
  readonly verdict: Verdict;
  /** The IP packet as it arrived, in hexadecimal, where it is not as it left (`corrupt`). */
  readonly packet?: string;
}

/** One change of state at one end. A single segment may cause two. */
export interface TraceState {
  readonly atUs: number;
  readonly host: string;
  readonly from: StateName;
  readonly to: StateName;
  /** What brought it about: `rcv SYN,ACK`, `CLOSE call`, `2MSL timeout`, `rcv RST` … */
  readonly cause: string;
  /** Where RFC 9293 says so: `3.10.7.4`. */
  readonly section: string;
  /** The transmission whose arrival caused it, where one did. */
  readonly segment?: string;
}

export type TraceEvent = TraceCall | TraceTimer | TraceSignal | TraceDelivery;

/**
 * A user called: `connect`, `send`, `receive`, `shutdown`, `close`, `abort`, `listen`,
 * `accept`, `keep-alive`, `reboot`.
 */
export interface TraceCall {
  readonly type: "call";
  readonly atUs: number;
  readonly host: string;
  readonly call: string;
  /** Octets, for `send` and `receive`. */
  readonly length?: number;
  /** The errno that the call failed with: `ENOTCONN`. */
  readonly error?: string;
}

/**
 * A timer of the connection started, stopped or ran out. `persist` is that of the
 * zero-window probe (§3.8.6.1), `fin-wait-2` that of an orphan which waits for a FIN.
 */
export interface TraceTimer {
  readonly type: "timer";
  readonly atUs: number;
  readonly host: string;
  readonly timer:
    | "retransmission"
    | "persist"
    | "time-wait"
    | "delayed-ack"
    | "user-timeout"
    | "keep-alive"
    | "fin-wait-2";
  /** `restart` is a start that replaces a deadline that was still ahead. */
  readonly action: "start" | "restart" | "stop" | "expire";
  /** The deadline, for `start` and `restart`. */
  readonly deadlineUs?: number;
}

/** The machine told its user something: `connected`, `peer closed`, `connection reset` … */
export interface TraceSignal {
  readonly type: "signal";
  readonly atUs: number;
  readonly host: string;
  readonly signal: string;
}

/** Octets reached the user, in order. */
export interface TraceDelivery {
  readonly type: "delivery";
  readonly atUs: number;
  readonly host: string;
  readonly length: number;
}
