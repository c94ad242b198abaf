import { createTcb, NEVER, State, type StateName, stateName, type Tcb } from "@synfin/core/tcp";
import type { Settings } from "./options.ts";

/** The client is host 0, the server host 1. */
export type HostIndex = 0 | 1;

/**
 * What a host's clock says at every step: all times are kept relative to it. It is
 * later than any time that a parameter may ask for, so that no time before it is 0.
 */
export const NOW_US = 1_000_000_000_000;

/** Nothing has ended yet. */
export const NOT_ENDED = -1;

/**
 * One end of the connection between two steps: its TCB and what its user has
 * done and was given. When a connection is over, its TCB keeps the sequence
 * numbers alone, as its last words; all else of it is gone.
 */
export interface End {
  readonly host: HostIndex;
  readonly tcb: Tcb;
  /** 1 while the host listens (§3.10.1, passive OPEN). */
  readonly listening: number;
  /** 1 once the user has called OPEN. */
  readonly opened: number;
  /** How many connections the listener has made. */
  readonly births: number;
  /** Segments of text that the user still has to send on this connection. */
  readonly sendsLeft: number;
  /** 1 once the user has called CLOSE on this connection. */
  readonly userClosed: number;
  /** Octets that the user was given from this connection. */
  readonly delivered: number;
  /** 1 once the peer's FIN has been taken. */
  readonly finTaken: number;
  /** The `Cause` that ended this connection, or `NOT_ENDED`. */
  readonly endedBy: number;
  /** How often the same had been sent when this end gave up its peer; 0 if it did not. */
  readonly inVain: number;
}

/** The same, to be written to within a step. */
export type Draft = { -readonly [Key in keyof End]: End[Key] };

/** The end of a host before anything happens: CLOSED, or LISTEN at a server. */
export function firstEnd(host: HostIndex, settings: Settings): End {
  return {
    host,
    tcb: createTcb(),
    listening: settings.open === "one" && host === 1 ? 1 : 0,
    opened: 0,
    births: 0,
    sendsLeft: settings.data,
    userClosed: 0,
    delivered: 0,
    finTaken: 0,
    endedBy: NOT_ENDED,
    inVain: 0,
  };
}

/** Whether there is a connection at this end. */
export function isAlive({ tcb }: End): boolean {
  return tcb.state > State.LISTEN;
}

/** Whether this end has processed the peer's SYN, now or before it ended. */
export function knowsPeer({ tcb }: End): boolean {
  return tcb.irs !== 0;
}

/** The state that a user would see: LISTEN where only the listener is left. */
export function shownState(end: End): StateName {
  if (isAlive(end)) return stateName(end.tcb.state);
  return end.listening === 1 ? "LISTEN" : "CLOSED";
}

/** How many octets the user has handed over on this connection. */
export function octetsGiven({ sendsLeft }: End, { data, params }: Settings): number {
  return (data - sendsLeft) * params.mss;
}

/** What is left of a TCB when its connection is over. */
export function lastWords(tcb: Tcb): Tcb {
  const { iss, irs, sndUna, sndNxt, rcvNxt, finSent } = tcb;
  return { ...createTcb(), iss, irs, sndUna, sndNxt, rcvNxt, finSent };
}

/**
 * Sets what no step will ever read to one value, so that ends which differ in
 * nothing else are one: a count of challenge ACKs whose time is over (RFC 5961
 * §7), what is kept for timestamps and delayed ACKs, of which there are none,
 * and the number of a round trip that is not being timed.
 */
export function forget(tcb: Tcb, { params }: Settings): void {
  if (NOW_US - tcb.challengeSinceUs >= params.challengeWindowUs) {
    tcb.challengeSinceUs = 0;
    tcb.challenges = 0;
  }
  tcb.lastAckSent = 0;
  tcb.rcvUnacked = 0;
  if (tcb.rttSentUs === NEVER) tcb.rttSeq = 0;
}

/** The end as it is `us` later, when nothing has happened to it. */
export function later(end: End, us: number, settings: Settings): End {
  const tcb = { ...end.tcb };
  if (tcb.state <= State.LISTEN) return end;
  const age = (atUs: number): number => (atUs === NEVER ? NEVER : atUs - us);
  tcb.retransmitAtUs = age(tcb.retransmitAtUs);
  tcb.timeWaitAtUs = age(tcb.timeWaitAtUs);
  tcb.ackAtUs = age(tcb.ackAtUs);
  tcb.userTimeoutAtUs = age(tcb.userTimeoutAtUs);
  tcb.keepAliveAtUs = age(tcb.keepAliveAtUs);
  tcb.finWait2AtUs = age(tcb.finWait2AtUs);
  tcb.rttSentUs = age(tcb.rttSentUs);
  // Both of these are 0 where they mean nothing.
  if (tcb.waitingSinceUs !== 0) tcb.waitingSinceUs -= us;
  if (tcb.challengeSinceUs !== 0) tcb.challengeSinceUs -= us;
  forget(tcb, settings);
  return { ...end, tcb };
}
