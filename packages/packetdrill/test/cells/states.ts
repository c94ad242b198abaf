/** A state that a segment can meet, and how a script brings a stack there. */
export interface CellState {
  /** RFC 9293's name, and after a slash which of its variants. */
  readonly name: string;
  readonly prelude: readonly string[];
  /** Counted from the initial sequence numbers. CLOSED and LISTEN have none. */
  readonly sndUna: number;
  readonly sndNxt: number;
  readonly rcvNxt: number;
  /** Whether the receive window is known, so that a segment can be inside or outside. */
  readonly hasWindow: boolean;
}

/** RCV.WND of the profile `rfc9293`, before any text. */
export const RCV_WND = 65535;
/** MAX.SND.WND: what the peer offers throughout. */
export const PEER_WND = 20000;

const win = `win ${PEER_WND}`;
const LISTEN = [
  "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3",
  "+0 bind(3, ..., ...) = 0",
  "+0 listen(3, 1) = 0",
];
const SYN_RECEIVED = [
  ...LISTEN,
  `+.01 < S 0:0(0) ${win} <mss 1000>`,
  "+0 > S. 0:0(0) ack 1 <mss 1460>",
];
const SYN_SENT = [
  "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3",
  "+0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0",
  "+0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)",
  "+0 > S 0:0(0) <mss 1460>",
];
const CROSSED = [
  ...SYN_SENT,
  `+.01 < S 0:0(0) ${win} <mss 1000>`,
  "+0 > S. 0:0(0) ack 1 <mss 1460>",
];
const ESTABLISHED = [...SYN_RECEIVED, `+.01 < . 1:1(0) ack 1 ${win}`, "+0 accept(3, ..., ...) = 4"];
const FIN_WAIT_1 = [...ESTABLISHED, "+.01 shutdown(4, SHUT_WR) = 0", "+0 > F. 1:1(0) ack 1"];
const FIN_WAIT_2 = [...FIN_WAIT_1, `+.01 < . 1:1(0) ack 2 ${win}`];
const CLOSE_WAIT = [...ESTABLISHED, `+.01 < F. 1:1(0) ack 1 ${win}`, "+0 > . 1:1(0) ack 2"];
const CLOSING = [...FIN_WAIT_1, `+.01 < F. 1:1(0) ack 1 ${win}`, "+0 > . 2:2(0) ack 2"];
const LAST_ACK = [...CLOSE_WAIT, "+.01 shutdown(4, SHUT_WR) = 0", "+0 > F. 1:1(0) ack 2"];
const TIME_WAIT = [...FIN_WAIT_2, `+.01 < F. 1:1(0) ack 2 ${win}`, "+0 > . 2:2(0) ack 2"];

type Numbers = readonly [sndUna: number, sndNxt: number, rcvNxt: number];

function state(name: string, prelude: readonly string[], numbers: Numbers): CellState {
  const [sndUna, sndNxt, rcvNxt] = numbers;
  return { name, prelude, sndUna, sndNxt, rcvNxt, hasWindow: rcvNxt > 0 };
}

export const STATES: readonly CellState[] = [
  state("CLOSED", LISTEN.slice(0, 2), [0, 0, 0]),
  state("LISTEN", LISTEN, [0, 0, 0]),
  state("SYN-SENT", SYN_SENT, [0, 1, 0]),
  state("SYN-RECEIVED/passive", SYN_RECEIVED, [0, 1, 1]),
  state("SYN-RECEIVED/active", CROSSED, [0, 1, 1]),
  state("ESTABLISHED", ESTABLISHED, [1, 1, 1]),
  state("FIN-WAIT-1", FIN_WAIT_1, [1, 2, 1]),
  state("FIN-WAIT-2", FIN_WAIT_2, [2, 2, 1]),
  state("CLOSE-WAIT", CLOSE_WAIT, [1, 1, 2]),
  state("CLOSING", CLOSING, [1, 2, 2]),
  state("LAST-ACK", LAST_ACK, [1, 2, 2]),
  state("TIME-WAIT/listener", TIME_WAIT, [2, 2, 2]),
  state("TIME-WAIT/alone", [...TIME_WAIT, "+.01 close(3) = 0"], [2, 2, 2]),
];
