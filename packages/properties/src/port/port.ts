import type { StateName } from "@synfin/core/tcp";

/**
 * A TCP that can be held to the laws, in any language: it is told what happens
 * to it, one thing at a time, and answers what it does about it. One object
 * serves any number of runs, one after the other; each begins with `start`.
 *
 * Over standard input and output the same objects are lines of JSON: a line
 * for each input, and a line for each answer, in turn.
 */
export interface Port {
  /** Does everything that is due at `input.nowUs`, and says what that was. */
  readonly step: (input: PortInput) => PortOutput | Promise<PortOutput>;
}

/**
 * What happens to a TCP. `nowUs` is the time in microseconds of virtual time,
 * an integer; it never goes back within a run.
 */
export type PortInput = PortStart | PortCall | PortArrival | PortTime;

/** A new run: no connection and no listener, and the time is 0. */
export interface PortStart {
  readonly type: "start";
  readonly nowUs: 0;
  /**
   * The initial sequence number of the run's first connection; a TCP that
   * chooses its own may ignore it. A listener whose connection is gone may be
   * opened once more: with another number (§3.4.1), or the two are taken for one.
   */
  readonly iss: number;
}

/**
 * The user calls: `listen` and `connect` open, `send` hands over `text`,
 * `shutdown` is the CLOSE of RFC 9293 §3.10.4 (no more to send; what the peer
 * sends is still received), `abort` is its ABORT (§3.10.5). The user reads at
 * once, so there is no call for it.
 */
export type PortCall =
  | {
      readonly type: "call";
      readonly nowUs: number;
      readonly call: "listen" | "connect" | "shutdown" | "abort";
    }
  | {
      readonly type: "call";
      readonly nowUs: number;
      readonly call: "send";
      /** At least one octet, in hexadecimal, two digits each. */
      readonly text: string;
    };

/** A segment arrives undamaged from the peer. */
export interface PortArrival extends PortSegment {
  readonly type: "segment";
  readonly nowUs: number;
}

/** The time that the last answer named as `wakeAtUs` has come. */
export interface PortTime {
  readonly type: "time";
  readonly nowUs: number;
}

/**
 * One TCP segment of the run's one connection. Ports, checksums and options
 * beside the MSS are the adapter's own business.
 */
export interface PortSegment {
  /** SEG.SEQ, raw: 0 to 2³² − 1. */
  readonly seq: number;
  /** SEG.ACK, raw; 0 where there is no ACK bit. */
  readonly ack: number;
  /** The names of the control bits with commas between: `SYN,ACK`. */
  readonly flags: string;
  /** SEG.WND as it stands in the header: 0 to 65535. */
  readonly window: number;
  /** The MSS option's value; left out where there is no such option. */
  readonly mss?: number;
  /** The text in hexadecimal, two digits for each octet; left out or empty where there is none. */
  readonly text?: string;
}

/** What the TCP did. Everything may be left out that there is nothing to say of. */
export interface PortOutput {
  /** The segments that it sent, in order. */
  readonly segments?: readonly PortSegment[];
  /** What its user has received, in order, in hexadecimal. */
  readonly received?: string;
  /** What its user was told, in order. */
  readonly events?: readonly PortEvent[];
  /**
   * When its next timer runs out, in microseconds; left out or null where none
   * runs. A `time` comes then, unless another answer names another time before.
   * What is due at a `time` is done in its answer, which names a later time.
   */
  readonly wakeAtUs?: number | null;
  /** Why the call that was made is refused; the run goes on as if it had not been made. */
  readonly error?: string;
  /** Its state, where it likes to say so: shown in the ladder, and never judged. */
  readonly state?: StateName;
}

/** See `PortEvent`. */
export const PORT_EVENTS = ["connected", "peer closed", "reset", "timed out"] as const;

/**
 * What a TCP tells its user: the handshake is done; the peer's FIN has been
 * taken and nothing more will come; the connection was reset (or refused); it
 * was given up because no answer came.
 */
export type PortEvent = (typeof PORT_EVENTS)[number];
