/**
 * The eleven states of RFC 9293 §3.3.2, as numbers for the machine and as
 * the RFC's own names for everyone who reads.
 */
export const State = {
  CLOSED: 0,
  LISTEN: 1,
  SYN_SENT: 2,
  SYN_RECEIVED: 3,
  ESTABLISHED: 4,
  FIN_WAIT_1: 5,
  FIN_WAIT_2: 6,
  CLOSE_WAIT: 7,
  CLOSING: 8,
  LAST_ACK: 9,
  TIME_WAIT: 10,
} as const;

/** A state's number: an integer from 0 (CLOSED) to 10 (TIME-WAIT). */
export type State = (typeof State)[keyof typeof State];

/** RFC 9293's names, indexed by `State`. */
export const STATE_NAMES = [
  "CLOSED",
  "LISTEN",
  "SYN-SENT",
  "SYN-RECEIVED",
  "ESTABLISHED",
  "FIN-WAIT-1",
  "FIN-WAIT-2",
  "CLOSE-WAIT",
  "CLOSING",
  "LAST-ACK",
  "TIME-WAIT",
] as const;

/** A state's name as RFC 9293 writes it: `FIN-WAIT-1`, `SYN-RECEIVED`. */
export type StateName = (typeof STATE_NAMES)[number];

/** The RFC's name of a state. */
export function stateName(state: State): StateName {
  return STATE_NAMES[state];
}

/**
 * Whether both ends agree on each other's sequence numbers. §3.5.2 calls
 * ESTABLISHED and everything after it the synchronized states.
 */
export function isSynchronized(state: State): boolean {
  return state >= State.ESTABLISHED;
}
