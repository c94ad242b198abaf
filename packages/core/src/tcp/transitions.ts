import { State } from "./state.ts";

/** What can change a connection's state. */
export const Cause = {
  PASSIVE_OPEN: 0,
  ACTIVE_OPEN: 1,
  CLOSE: 2,
  ABORT: 3,
  RCV_SYN: 4,
  RCV_SYN_ACK: 5,
  RCV_ACK_OF_SYN: 6,
  RCV_FIN: 7,
  RCV_ACK_OF_FIN: 8,
  RCV_RST: 9,
  RCV_SYN_IN_WINDOW: 10,
  TIME_WAIT_TIMEOUT: 11,
  R2_TIMEOUT: 12,
  USER_TIMEOUT: 13,
  REBOOT: 14,
  TEXT_AFTER_CLOSE: 15,
  KEEP_ALIVE_TIMEOUT: 16,
  FIN_WAIT_2_TIMEOUT: 17,
  ICMP: 18,
  BAD_OPTION: 19,
  RCV_ACK_OF_COOKIE: 20,
  RECYCLED: 21,
  TAKEN_OVER: 22,
} as const;

export type Cause = (typeof Cause)[keyof typeof Cause];

/** How traces name the causes, indexed by `Cause`. */
export const CAUSE_NAMES = [
  "passive OPEN",
  "active OPEN",
  "CLOSE",
  "ABORT",
  "rcv SYN",
  "rcv SYN,ACK",
  "rcv ACK of SYN",
  "rcv FIN",
  "rcv ACK of FIN",
  "rcv RST",
  "rcv SYN in window",
  "2MSL timeout",
  "R2 timeout",
  "user timeout",
  "reboot",
  "rcv text after CLOSE",
  "keep-alive timeout",
  "FIN-WAIT-2 timeout",
  "ICMP error",
  "rcv option of illegal length",
  "rcv ACK of SYN cookie",
  "recycled by a newer SYN",
  "taken over by a new OPEN",
] as const;

/**
 * A row of the table: from, to, cause, and the section that allows it: of
 * RFC 9293, or of another as `RFC 4987 §3.6`.
 */
export type Transition = readonly [from: State, to: State, cause: Cause, section: string];

const S = State;
const C = Cause;

/** The states in which a peer exists whose silence, reset or absence can end the connection. */
const WITH_PEER: readonly State[] = [
  S.SYN_SENT,
  S.SYN_RECEIVED,
  S.ESTABLISHED,
  S.FIN_WAIT_1,
  S.FIN_WAIT_2,
  S.CLOSE_WAIT,
  S.CLOSING,
  S.LAST_ACK,
  S.TIME_WAIT,
];

const SYNCHRONIZED: readonly State[] = WITH_PEER.filter((state) => state >= S.ESTABLISHED);

function toClosed(states: readonly State[], cause: Cause, section: string): Transition[] {
  return states.map((from) => [from, S.CLOSED, cause, section]);
}

/**
 * Every change of state that RFC 9293 permits: Figure 5 with its notes (it
 * "is only a summary"), and what §3.5 to §3.10 add to it; the two ways of
 * RFC 4987 out of a full backlog; and Linux's short way out of TIME-WAIT. The machine checks
 * each of its steps against this table, the laws check every trace against
 * it, and the state diagram is drawn from it.
 */
export const TRANSITIONS: readonly Transition[] = [
  [S.CLOSED, S.LISTEN, C.PASSIVE_OPEN, "3.10.1"],
  [S.CLOSED, S.SYN_SENT, C.ACTIVE_OPEN, "3.10.1"],
  [S.LISTEN, S.SYN_SENT, C.ACTIVE_OPEN, "3.10.1"],

  [S.LISTEN, S.SYN_RECEIVED, C.RCV_SYN, "3.10.7.2"],
  [S.SYN_SENT, S.SYN_RECEIVED, C.RCV_SYN, "3.10.7.3"],
  [S.SYN_SENT, S.ESTABLISHED, C.RCV_SYN_ACK, "3.10.7.3"],
  [S.SYN_RECEIVED, S.ESTABLISHED, C.RCV_ACK_OF_SYN, "3.10.7.4"],
  [S.TIME_WAIT, S.SYN_RECEIVED, C.RCV_SYN, "3.6.1"],
  [S.SYN_RECEIVED, S.TIME_WAIT, C.RCV_RST, "3.6.1"],
  // A departure from MUST-13, which timestamps make safe: Linux's tcp_tw_reuse.
  [S.TIME_WAIT, S.SYN_SENT, C.TAKEN_OVER, "RFC 7323 §B.2"],
  [S.LISTEN, S.ESTABLISHED, C.RCV_ACK_OF_COOKIE, "RFC 4987 §3.6"],

  [S.LISTEN, S.CLOSED, C.CLOSE, "3.10.4"],
  [S.SYN_SENT, S.CLOSED, C.CLOSE, "3.10.4"],
  [S.SYN_RECEIVED, S.FIN_WAIT_1, C.CLOSE, "3.10.4"],
  [S.ESTABLISHED, S.FIN_WAIT_1, C.CLOSE, "3.10.4"],
  [S.CLOSE_WAIT, S.LAST_ACK, C.CLOSE, "3.10.4"],

  [S.ESTABLISHED, S.CLOSE_WAIT, C.RCV_FIN, "3.10.7.4"],
  [S.FIN_WAIT_1, S.CLOSING, C.RCV_FIN, "3.10.7.4"],
  [S.FIN_WAIT_1, S.TIME_WAIT, C.RCV_FIN, "3.3.2"],
  [S.FIN_WAIT_2, S.TIME_WAIT, C.RCV_FIN, "3.10.7.4"],
  [S.FIN_WAIT_1, S.FIN_WAIT_2, C.RCV_ACK_OF_FIN, "3.10.7.4"],
  [S.CLOSING, S.TIME_WAIT, C.RCV_ACK_OF_FIN, "3.10.7.4"],
  [S.LAST_ACK, S.CLOSED, C.RCV_ACK_OF_FIN, "3.10.7.4"],
  [S.TIME_WAIT, S.CLOSED, C.TIME_WAIT_TIMEOUT, "3.10.8"],

  [S.SYN_SENT, S.CLOSED, C.RCV_RST, "3.10.7.3"],
  [S.SYN_RECEIVED, S.LISTEN, C.RCV_RST, "3.10.7.4"],
  [S.SYN_RECEIVED, S.CLOSED, C.RCV_RST, "3.10.7.4"],
  ...toClosed(SYNCHRONIZED, C.RCV_RST, "3.10.7.4"),
  [S.SYN_RECEIVED, S.LISTEN, C.RCV_SYN_IN_WINDOW, "3.10.7.4"],
  [S.SYN_RECEIVED, S.CLOSED, C.RCV_SYN_IN_WINDOW, "3.10.7.4"],
  ...toClosed(SYNCHRONIZED, C.RCV_SYN_IN_WINDOW, "3.10.7.4"),

  [S.LISTEN, S.CLOSED, C.ABORT, "3.10.5"],
  ...toClosed(WITH_PEER, C.ABORT, "3.10.5"),
  ...toClosed(WITH_PEER, C.R2_TIMEOUT, "3.8.3"),
  ...toClosed(WITH_PEER, C.USER_TIMEOUT, "3.10.8"),
  ...toClosed(SYNCHRONIZED, C.KEEP_ALIVE_TIMEOUT, "3.8.4"),
  // An orphan has no user who could be told of the peer's FIN (§3.6 lets it wait for ever).
  [S.FIN_WAIT_2, S.CLOSED, C.FIN_WAIT_2_TIMEOUT, "3.6"],
  [S.FIN_WAIT_1, S.CLOSED, C.TEXT_AFTER_CLOSE, "3.6.1"],
  [S.FIN_WAIT_2, S.CLOSED, C.TEXT_AFTER_CLOSE, "3.6.1"],
  ...toClosed(WITH_PEER, C.ICMP, "3.9.2.2"),
  [S.SYN_RECEIVED, S.LISTEN, C.BAD_OPTION, "3.2"],
  ...toClosed(WITH_PEER, C.BAD_OPTION, "3.2"),
  [S.SYN_RECEIVED, S.CLOSED, C.RECYCLED, "RFC 4987 §3.4"],
  [S.LISTEN, S.CLOSED, C.REBOOT, "3.5.1"],
  ...toClosed(WITH_PEER, C.REBOOT, "3.5.1"),
];

const STATES = 11;
const CAUSES = CAUSE_NAMES.length;

function index(from: State, to: State, cause: Cause): number {
  return (cause * STATES + from) * STATES + to;
}

const SECTIONS: readonly (string | undefined)[] = buildSections();

function buildSections(): (string | undefined)[] {
  const sections = new Array<string | undefined>(CAUSES * STATES * STATES).fill(undefined);
  for (const [from, to, cause, section] of TRANSITIONS) sections[index(from, to, cause)] = section;
  return sections;
}

/** Whether the table permits this change of state for this cause. */
export function isPermitted(from: State, to: State, cause: Cause): boolean {
  return SECTIONS[index(from, to, cause)] !== undefined;
}

/** The section that permits it, such as `3.10.7.4` or `RFC 4987 §3.6`; empty where none does. */
export function transitionSection(from: State, to: State, cause: Cause): string {
  return SECTIONS[index(from, to, cause)] ?? "";
}
