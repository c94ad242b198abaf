import { State as S, type State, seqAdd, seqDiff, seqLt, stateName } from "@synfin/core/tcp";
import { breach } from "./breach.ts";
import type { Happening, Moment } from "./happening.ts";
import type { Memory } from "./memory.ts";

type Pair = readonly [from: State, to: State];

const CONNECTED: readonly State[] = [
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
const TO_CLOSED: readonly Pair[] = CONNECTED.map((from) => [from, S.CLOSED]);

/** Figure 5 of §3.3.2 with its notes, and what §3.10 adds, by what happens. */
const BY_SEGMENT: readonly Pair[] = [
  [S.LISTEN, S.SYN_RECEIVED],
  [S.SYN_SENT, S.SYN_RECEIVED],
  [S.SYN_SENT, S.ESTABLISHED],
  [S.SYN_RECEIVED, S.ESTABLISHED],
  [S.SYN_RECEIVED, S.LISTEN],
  // A CLOSE in SYN-RECEIVED with text still to send waits for ESTABLISHED (§3.10.4).
  [S.ESTABLISHED, S.FIN_WAIT_1],
  [S.ESTABLISHED, S.CLOSE_WAIT],
  [S.FIN_WAIT_1, S.FIN_WAIT_2],
  [S.FIN_WAIT_1, S.CLOSING],
  [S.FIN_WAIT_1, S.TIME_WAIT],
  [S.FIN_WAIT_2, S.TIME_WAIT],
  [S.CLOSE_WAIT, S.LAST_ACK],
  [S.CLOSING, S.TIME_WAIT],
  [S.TIME_WAIT, S.SYN_RECEIVED],
  ...TO_CLOSED,
];
const BY_CLOSE: readonly Pair[] = [
  [S.SYN_SENT, S.CLOSED],
  [S.SYN_RECEIVED, S.FIN_WAIT_1],
  [S.ESTABLISHED, S.FIN_WAIT_1],
  [S.CLOSE_WAIT, S.LAST_ACK],
];
const PERMITTED: Readonly<Record<Happening["kind"], readonly Pair[]>> = {
  arrives: BY_SEGMENT,
  "arrives at listener": BY_SEGMENT,
  open: [[S.CLOSED, S.SYN_SENT]],
  send: [],
  receive: [],
  "keep-alive": [],
  close: BY_CLOSE,
  "close both": BY_CLOSE,
  abort: TO_CLOSED,
  icmp: TO_CLOSED,
  timeout: [...TO_CLOSED, [S.CLOSE_WAIT, S.LAST_ACK]],
};

/** States change one after the other, as the figure allows, and end where the TCB says. */
export function judgeChanges({ happening, state, after, out }: Moment): void {
  let at: State = state;
  for (const { from, to } of out.changes.slice(0, out.changeCount)) {
    const known = PERMITTED[happening.kind].some(([f, t]) => f === from && t === to);
    if (from !== at || !known)
      breach(`${happening.kind} leads from ${stateName(from)} to ${stateName(to)}`);
    at = to;
  }
  const holds = state !== S.LISTEN || out.changeCount > 0;
  if (holds && after.state !== at) breach(`${stateName(after.state)} without a change of state`);
}

/** Text reaches the user in order, once, only if it has come, and never after the peer's FIN. */
export function judgeTaken({ before, after, out, state }: Moment, memory: Memory): void {
  if (memory.textStart === undefined) {
    if (out.takenLength > 0 || out.keptLength > 0) breach("text before the peer's SYN");
    return;
  }
  if (out.takenLength > 0) {
    const due = seqAdd(memory.textStart, memory.taken);
    if (out.takenSeq !== due) breach(`octets from ${out.takenSeq} are taken, ${due} is due`);
    if (memory.peerFinTaken) breach("text after the peer's FIN is taken");
    const end = seqAdd(due, out.takenLength);
    if (!memory.hasCome(due, end)) breach("text is taken that never came");
    memory.taken += out.takenLength;
    const opened = state === S.SYN_SENT ? memory.textStart : before.rcvNxt;
    if (seqLt(seqAdd(opened, before.rcvWnd), end)) breach("text outside the window is taken");
  }
  const beyond = seqDiff(after.rcvNxt, memory.textStart) - memory.taken;
  if (beyond !== 0 && beyond !== 1) breach("RCV.NXT and what was taken disagree");
  if (memory.peerFinTaken && beyond === 0) breach("the peer's FIN is forgotten");
  const opening = state < S.SYN_RECEIVED || (state === S.TIME_WAIT && after.state < S.ESTABLISHED);
  if (opening && after.state === S.SYN_RECEIVED && beyond !== 0) breach("a FIN before ESTABLISHED");
  memory.peerFinTaken = beyond === 1;
}
