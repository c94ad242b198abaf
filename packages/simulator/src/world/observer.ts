import type { Signal, StateChange } from "@synfin/core/tcp";
import type { Datagram } from "@synfin/sockets";
import type { TraceTimer, Verdict } from "../trace/trace.ts";

/** One transmission and its fate, which the link decides as it leaves. */
export interface Transmission {
  /** The sender's name and the transmission's number, `client-3`. */
  readonly id: string;
  readonly host: number;
  /** From 1, for this host and flow. */
  readonly number: number;
  readonly datagram: Datagram;
  readonly sentAtUs: number;
  readonly retransmission: boolean;
  readonly injected: boolean;
  readonly copies: readonly Copy[];
  /** The whole IP packet, where the world makes packets. */
  readonly packet: Uint8Array | undefined;
}

/** One copy of a transmission. */
export interface Copy {
  readonly atUs: number;
  readonly verdict: Verdict;
  /** The packet as it arrives, where it is not as it left. */
  readonly damaged?: Uint8Array;
}

/** Where and when something happened. */
export interface Moment {
  readonly atUs: number;
  readonly host: number;
  readonly flow: number;
  /** The transmission that has just arrived there, where that is why. */
  readonly arrived: Transmission | undefined;
}

/**
 * Looks on from outside: the trace, the census, the digest and the laws.
 * Nothing that an observer does can change the run.
 */
export interface Observer {
  sent?(transmission: Transmission): void;
  arrived?(moment: Moment, transmission: Transmission, copy: Copy): void;
  changed?(moment: Moment, change: Readonly<StateChange>): void;
  signalled?(moment: Moment, signal: Signal): void;
  /** @param bytes what the user was handed, `length` octets; not to be written to. */
  delivered?(moment: Moment, length: number, bytes: Uint8Array): void;
  timer?(moment: Moment, timer: TimerName, action: TimerAction, deadlineUs: number): void;
  called?(
    moment: Moment,
    call: string,
    length: number | undefined,
    error: string | undefined,
  ): void;
}

export type TimerName = TraceTimer["timer"];
export type TimerAction = TraceTimer["action"];
