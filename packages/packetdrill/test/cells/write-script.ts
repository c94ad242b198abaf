import { type Cell, cellName, SEGMENTS } from "./cell.ts";
import type { Row } from "./read-table.ts";
import { PEER_WND, RCV_WND } from "./states.ts";

const SPACE = 2 ** 32;
/** Where there is no window any number will do; that of a SYN is what later ones count from. */
const ANY_SEQ = 0;
const ANY_ACK = 4711;

/** The script of a cell: into the state, the segment, its answer, and proof of what is then. */
export function writeScript(cell: Cell, row: Row, rfc5961: boolean): string {
  const { state } = cell;
  const inTimeWait = state.name.startsWith("TIME-WAIT");
  const arrived = arrival(cell);
  const answer = row.answer === undefined ? undefined : answerOf(row.answer, cell, arrived);
  const then = row.after === "same" ? state.name : row.after;
  const lines = [
    `// ${cellName(cell)}: ${row.why} (cells.md:${row.line})`,
    "--tolerance_usecs=1000",
    ...(rfc5961 ? [] : ["`sysctl net.inet.tcp.insecure_rst=1 net.inet.tcp.insecure_syn=1`"]),
    ...state.prelude,
    ...assertState(state.name),
    `${inTimeWait ? "+200" : "+.01"} < ${arrived.text}`,
    ...(answer === undefined ? [] : [`+0 > ${answer.text}`]),
    ...assertState(then),
    ...probe(cell, then, answer),
    // 2MSL is 240 s: of those 40 are left, unless they began anew.
    ...(inTimeWait && then.startsWith("TIME-WAIT")
      ? [`+45 \`sockstat | grep -c TIME_WAIT | grep ${then.endsWith("anew") ? 1 : 0}\``]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}

interface Sent {
  readonly text: string;
  readonly seq: number;
  readonly ack: number;
}

/** The segment that meets the state. */
function arrival(cell: Cell): Sent {
  const { flags, text, length } = SEGMENTS[cell.segment];
  const seq = seqOf(cell, length);
  const ack = ackOf(cell);
  const hasAck = cell.ack !== undefined;
  const end = [range(seq, text), hasAck ? `ack ${ack}` : "", `win ${PEER_WND}`];
  const options = flags.startsWith("S") ? "<mss 1000>" : "";
  return { text: [flags, ...end, options].filter((word) => word !== "").join(" "), seq, ack };
}

function range(seq: number, text: number): string {
  return `${seq}:${(seq + text) % SPACE}(${text})`;
}

function seqOf({ state, place }: Cell, length: number): number {
  const { rcvNxt } = state;
  switch (place) {
    case undefined:
      return ANY_SEQ;
    case "left edge":
      return rcvNxt;
    case "right edge":
      return rcvNxt + RCV_WND - 1;
    case "outside left":
      return (rcvNxt - Math.max(1, length) + SPACE) % SPACE;
    case "outside right":
      return rcvNxt + RCV_WND;
  }
}

function ackOf({ state, ack }: Cell): number {
  const { sndUna, sndNxt } = state;
  if (sndNxt === 0) return ANY_ACK;
  switch (ack) {
    case undefined:
    case "SND.NXT":
      return sndNxt;
    case "SND.UNA":
      return sndUna;
    case "future":
      return sndNxt + 1;
    case "old":
      return (sndUna - PEER_WND - 1 + SPACE) % SPACE;
  }
}

const FLAGS: Readonly<Record<string, string>> = {
  ACK: ".",
  RST: "R",
  "RST,ACK": "R.",
  "SYN,ACK": "S.",
};

/** `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>` as a script writes it. */
function answerOf(form: string, { state, segment }: Cell, { seq, ack }: Sent): Sent {
  const values: Readonly<Record<string, number>> = {
    "SND.NXT": state.sndNxt,
    "RCV.NXT": state.rcvNxt,
    ISS: 0,
    "SEG.SEQ": seq,
    "SEG.ACK": ack,
    "SEG.LEN": SEGMENTS[segment].length,
  };
  const field = (name: string): string => new RegExp(`<${name}=([^>]*)>`).exec(form)?.[1] ?? "";
  const value = (name: string): number =>
    field(name)
      .split("+")
      .reduce((sum, word) => sum + (values[word] ?? Number(word)), 0) % SPACE;
  const [ownSeq, ownAck] = [value("SEQ"), value("ACK")];
  const flags = FLAGS[field("CTL")] ?? "";
  // Scripts count from our ISS, unless they say that a number is the one on the wire.
  const numbers = field("SEQ") === "0" ? "0!:0!(0)" : range(ownSeq, 0);
  const acked = flags.endsWith(".") ? ` ack ${ownAck}` : "";
  const rest = flags.startsWith("R") ? " win 0" : flags === "S." ? " <mss 1460>" : "";
  return { text: `${flags} ${numbers}${acked}${rest}`, seq: ownSeq, ack: ownAck };
}

/** A segment whose answer shows the state's numbers, and that nothing else was sent before it. */
function probe({ state }: Cell, then: string, answer: Sent | undefined): string[] {
  const win = `win ${PEER_WND}`;
  if (then === "CLOSED") {
    return [`+.01 < . 7000:7000(0) ack 9000 ${win}`, "+0 > R 9000:9000(0) win 0"];
  }
  if (then === "LISTEN") {
    return [`+.01 < S 5000:5000(0) ${win} <mss 1000>`, "+0 > S. 0:0(0) ack 5001 <mss 1460>"];
  }
  if (then === "SYN-SENT") {
    return [`+.01 < S. 5000:5000(0) ack 1 ${win}`, "+0 > . 1:1(0) ack 1"];
  }
  // An empty segment just before the window draws <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>.
  const opened = state.rcvNxt === 0 || (answer?.text.startsWith("S.") ?? false);
  const rcvNxt = opened ? 1 : answer?.text.startsWith(".") ? answer.ack : state.rcvNxt;
  const sndNxt = opened ? 1 : state.sndNxt;
  return [
    `+.01 < . ${range(rcvNxt - 1, 0)} ack ${sndNxt} ${win}`,
    `+0 > . ${range(sndNxt, 0)} ack ${rcvNxt}`,
  ];
}

/** What the host has: this connection in this state, or none. */
function assertState(name: string): string[] {
  const plain = name.replace(/\/.*| anew/, "");
  if (plain === "LISTEN") return ["+0 `sockstat | wc -l | grep 1 && sockstat | grep LISTEN`"];
  if (plain === "CLOSED") return ["+0 `sockstat | grep -v LISTEN | grep -vc CLOSED | grep 0`"];
  return [`+0 %{ assert tcpi_state == TCPI_${plain.replaceAll("-", "_")} }%`];
}
