import { NEVER, State, type Tcb } from "@synfin/core/tcp";

/**
 * A TCB at rest: 128 octets, two cache lines. Most connections differ in the
 * fields written here and in no other; a TCB in which some other field has
 * left its home (`isHome`) is no row and is kept whole (see `RowStore`).
 *
 * The load/store pair is straight-line code (a row begins at a multiple of its
 * length, so `at | n` is its n-th word), and `PLACE` names every field of
 * the TCB, so that a forgotten one does not compile.
 */
export const ROW_WORDS = 32;
export const ROW_BYTES: number = 4 * ROW_WORDS;

/**
 * Where each field is at rest: `word` in the row as it is, `bit` packed into
 * the row's flags, `time` as a distance from the row's own time, `deadline` the
 * same, in the one place that is the state's, `home` at the value that `Home`, a
 * constant or other fields give.
 */
const PLACE = {
  state: "bit",
  passive: "bit",
  iss: "word",
  synAcked: "bit",
  sndUna: "word",
  sndNxt: "word",
  sndWnd: "word",
  sndWl1: "word",
  sndWl2: "word",
  sndMaxWnd: "word",
  sndEnd: "word",
  sndMss: "word",
  finQueued: "bit",
  finSent: "bit",
  noDelay: "bit",
  sndUp: "home",
  sndUrgent: "home",
  scaleOk: "bit",
  sndScale: "bit",
  irs: "word",
  rcvNxt: "word",
  rcvWnd: "word",
  rcvBuf: "home",
  rcvFree: "word",
  rcvUnacked: "home",
  rcvScale: "bit",
  rcvUp: "home",
  rcvUrgent: "home",
  orphan: "bit",
  sackOk: "bit",
  heldCount: "home",
  heldLeft1: "home",
  heldRight1: "home",
  heldLeft2: "home",
  heldRight2: "home",
  heldLeft3: "home",
  heldRight3: "home",
  heldLeft4: "home",
  heldRight4: "home",
  heldFin: "home",
  heldFinSeq: "home",
  tsOk: "bit",
  tsRecent: "word",
  tsRecentAtUs: "time",
  lastAckSent: "word",
  tsOffset: "word",
  cwnd: "word",
  ssthresh: "home",
  dupAcks: "home",
  recover: "home",
  fastRecovery: "home",
  rexmitNxt: "home",
  rtoUs: "word",
  srttUs: "word",
  rttvarUs: "word",
  rttSeq: "word",
  rttSentUs: "time",
  retransmits: "bit",
  waitingSinceUs: "time",
  r2Us: "home",
  userTimeoutUs: "home",
  keepAlive: "bit",
  keepAliveProbes: "home",
  challenges: "home",
  challengeSinceUs: "home",
  retransmitAtUs: "deadline",
  timeWaitAtUs: "deadline",
  ackAtUs: "time",
  userTimeoutAtUs: "home",
  keepAliveAtUs: "home",
  finWait2AtUs: "deadline",
} as const satisfies Record<keyof Tcb, "word" | "bit" | "time" | "deadline" | "home">;

/** The memory that rows lie in, as words and as doubles. */
export interface RowMemory {
  readonly w: Int32Array;
  readonly f: Float64Array;
}

/** Where the packed bits of a row stand: its third word. The state is the lowest four. */
export const BITS_WORD = 2;

/** What one host's connections have in common: its parameters' share of a fresh TCB. */
export type Home = Readonly<Pick<Tcb, "rcvBuf" | "r2Us" | "userTimeoutUs">>;

/** ssthresh before any loss (RFC 5681 §3.1: arbitrarily high), as `startWindow` sets it. */
const NO_LOSS_YET = 0x3fff_ffff;

/** Distances that stand for a time which is none, and for the start of the run. */
const OFF = -0x8000_0000;
const START = -0x7fff_ffff;
/** No distance: more than some 35 minutes. */
const FAR = 0x8000_0000;

/** Whether every field that a row leaves out is where `loadRow` will put it. */
export function isHome(tcb: Tcb, home: Home): boolean {
  return (
    tcb.rcvBuf === home.rcvBuf &&
    tcb.r2Us === home.r2Us &&
    tcb.userTimeoutUs === home.userTimeoutUs &&
    tcb.ssthresh === NO_LOSS_YET &&
    tcb.recover === tcb.iss &&
    tcb.rexmitNxt === tcb.sndNxt &&
    // None of these is ever negative, so their sum is 0 only if each of them is.
    tcb.dupAcks + tcb.fastRecovery + tcb.rcvUnacked + tcb.keepAliveProbes + tcb.challenges === 0 &&
    tcb.sndUrgent + tcb.sndUp + tcb.rcvUrgent + tcb.rcvUp === 0 &&
    tcb.heldCount + tcb.heldFin + tcb.heldFinSeq === 0 &&
    tcb.heldLeft1 + tcb.heldRight1 + tcb.heldLeft2 + tcb.heldRight2 === 0 &&
    tcb.heldLeft3 + tcb.heldRight3 + tcb.heldLeft4 + tcb.heldRight4 === 0 &&
    tcb.challengeSinceUs === 0 &&
    tcb.keepAliveAtUs === NEVER &&
    tcb.retransmits < 64 &&
    tcb.cwnd <= 0x7fff_ffff &&
    tcb.srttUs <= 0xffff_ffff &&
    tcb.rttvarUs <= 0xffff_ffff
  );
}

/**
 * The deadline that is the state's own: each state has one of these three, and
 * the other two are off.
 */
function deadlineOf(tcb: Tcb): number {
  if (tcb.state === State.TIME_WAIT) return tcb.timeWaitAtUs;
  return tcb.state === State.FIN_WAIT_2 ? tcb.finWait2AtUs : tcb.retransmitAtUs;
}

/** Whether the deadlines that are not the state's are off, or follow from what is stored. */
function areTimersHome(tcb: Tcb): boolean {
  if (tcb.state !== State.TIME_WAIT && tcb.timeWaitAtUs !== NEVER) return false;
  if (tcb.state !== State.FIN_WAIT_2 && tcb.finWait2AtUs !== NEVER) return false;
  const timed = tcb.state !== State.TIME_WAIT && tcb.state !== State.FIN_WAIT_2;
  if (!timed && tcb.retransmitAtUs !== NEVER) return false;
  return tcb.userTimeoutAtUs === userTimeoutAt(tcb);
}

/** The user timeout runs with the retransmission timer, from the same moment (`timers.ts`). */
function userTimeoutAt(tcb: Tcb): number {
  const off = tcb.retransmitAtUs === NEVER || tcb.userTimeoutUs === 0;
  return off ? NEVER : tcb.waitingSinceUs + tcb.userTimeoutUs;
}

/** A time as a distance from `baseUs`; `FAR` where no word can hold it. */
function distance(atUs: number, baseUs: number): number {
  if (atUs === NEVER) return OFF;
  if (atUs === 0) return START;
  const away = atUs - baseUs;
  return away > START && away < FAR ? away : FAR;
}

/** The fields of one bit or a few, in one word. */
function packBits(tcb: Tcb): number {
  return (
    tcb.state |
    (tcb.passive << 4) |
    (tcb.synAcked << 5) |
    (tcb.finQueued << 6) |
    (tcb.finSent << 7) |
    (tcb.noDelay << 8) |
    (tcb.scaleOk << 9) |
    (tcb.orphan << 10) |
    (tcb.sackOk << 11) |
    (tcb.tsOk << 12) |
    (tcb.keepAlive << 13) |
    (tcb.sndScale << 14) |
    (tcb.rcvScale << 18) |
    (tcb.retransmits << 22)
  );
}

/**
 * Writes a TCB that `isHome`.
 *
 * @returns false, and nothing is written, where its times are none that a row can hold
 */
export function storeRow(tcb: Tcb, { w, f }: RowMemory, at: number, nowUs: number): boolean {
  const waiting = distance(tcb.waitingSinceUs, nowUs);
  const timed = distance(tcb.rttSentUs, nowUs);
  const deadline = distance(deadlineOf(tcb), nowUs);
  const ack = distance(tcb.ackAtUs, nowUs);
  const stamp = distance(tcb.tsRecentAtUs, nowUs);
  if (Math.max(waiting, timed, deadline, ack, stamp) === FAR || !areTimersHome(tcb)) return false;
  f[at >>> 1] = nowUs;
  w[at | BITS_WORD] = packBits(tcb);
  w[at | 3] = tcb.iss;
  w[at | 4] = tcb.sndUna;
  w[at | 5] = tcb.sndNxt;
  w[at | 6] = tcb.sndEnd;
  w[at | 7] = tcb.sndWl1;
  w[at | 8] = tcb.sndWl2;
  w[at | 9] = tcb.irs;
  w[at | 10] = tcb.rcvNxt;
  w[at | 11] = tcb.lastAckSent;
  w[at | 12] = tcb.rttSeq;
  w[at | 13] = tcb.sndWnd;
  w[at | 14] = tcb.sndMaxWnd;
  w[at | 15] = tcb.rcvWnd;
  w[at | 16] = tcb.rcvFree;
  w[at | 17] = tcb.cwnd;
  w[at | 18] = tcb.sndMss;
  w[at | 19] = tcb.rtoUs;
  w[at | 20] = tcb.srttUs;
  w[at | 21] = tcb.rttvarUs;
  w[at | 22] = tcb.tsRecent;
  w[at | 23] = tcb.tsOffset;
  w[at | 24] = waiting;
  w[at | 25] = timed;
  w[at | 26] = deadline;
  w[at | 27] = ack;
  w[at | 28] = stamp;
  return true;
}

/** Reads a row into `tcb`, whose fields at home are there already, those of `home` aside. */
export function loadRow(tcb: Tcb, { w, f }: RowMemory, at: number, home: Home): void {
  const baseUs = f[at >>> 1] ?? 0;
  unpackBits(tcb, w[at | BITS_WORD] ?? 0);
  tcb.iss = (w[at | 3] ?? 0) >>> 0;
  tcb.recover = tcb.iss;
  tcb.sndUna = (w[at | 4] ?? 0) >>> 0;
  tcb.sndNxt = (w[at | 5] ?? 0) >>> 0;
  tcb.rexmitNxt = tcb.sndNxt;
  tcb.sndEnd = (w[at | 6] ?? 0) >>> 0;
  tcb.sndWl1 = (w[at | 7] ?? 0) >>> 0;
  tcb.sndWl2 = (w[at | 8] ?? 0) >>> 0;
  tcb.irs = (w[at | 9] ?? 0) >>> 0;
  tcb.rcvNxt = (w[at | 10] ?? 0) >>> 0;
  tcb.lastAckSent = (w[at | 11] ?? 0) >>> 0;
  tcb.rttSeq = (w[at | 12] ?? 0) >>> 0;
  tcb.sndWnd = w[at | 13] ?? 0;
  tcb.sndMaxWnd = w[at | 14] ?? 0;
  tcb.rcvWnd = w[at | 15] ?? 0;
  tcb.rcvFree = w[at | 16] ?? 0;
  tcb.rcvBuf = home.rcvBuf;
  tcb.cwnd = w[at | 17] ?? 0;
  tcb.sndMss = w[at | 18] ?? 0;
  tcb.rtoUs = (w[at | 19] ?? 0) >>> 0;
  tcb.srttUs = (w[at | 20] ?? 0) >>> 0;
  tcb.rttvarUs = (w[at | 21] ?? 0) >>> 0;
  tcb.r2Us = home.r2Us;
  tcb.userTimeoutUs = home.userTimeoutUs;
  tcb.tsRecent = (w[at | 22] ?? 0) >>> 0;
  tcb.tsOffset = (w[at | 23] ?? 0) >>> 0;
  tcb.waitingSinceUs = timeAt(w[at | 24] ?? 0, baseUs);
  tcb.rttSentUs = timeAt(w[at | 25] ?? 0, baseUs);
  const deadlineUs = timeAt(w[at | 26] ?? 0, baseUs);
  const { state } = tcb;
  tcb.timeWaitAtUs = state === State.TIME_WAIT ? deadlineUs : NEVER;
  tcb.finWait2AtUs = state === State.FIN_WAIT_2 ? deadlineUs : NEVER;
  const timed = state !== State.TIME_WAIT && state !== State.FIN_WAIT_2;
  tcb.retransmitAtUs = timed ? deadlineUs : NEVER;
  tcb.ackAtUs = timeAt(w[at | 27] ?? 0, baseUs);
  tcb.tsRecentAtUs = timeAt(w[at | 28] ?? 0, baseUs);
  tcb.userTimeoutAtUs = userTimeoutAt(tcb);
}

function timeAt(away: number, baseUs: number): number {
  if (away === OFF) return NEVER;
  return away === START ? 0 : baseUs + away;
}

function unpackBits(tcb: Tcb, bits: number): void {
  tcb.state = (bits & 15) as Tcb["state"];
  tcb.passive = (bits >>> 4) & 1;
  tcb.synAcked = (bits >>> 5) & 1;
  tcb.finQueued = (bits >>> 6) & 1;
  tcb.finSent = (bits >>> 7) & 1;
  tcb.noDelay = (bits >>> 8) & 1;
  tcb.scaleOk = (bits >>> 9) & 1;
  tcb.orphan = (bits >>> 10) & 1;
  tcb.sackOk = (bits >>> 11) & 1;
  tcb.tsOk = (bits >>> 12) & 1;
  tcb.keepAlive = (bits >>> 13) & 1;
  tcb.sndScale = (bits >>> 14) & 15;
  tcb.rcvScale = (bits >>> 18) & 15;
  tcb.retransmits = (bits >>> 22) & 63;
}

/** Puts every field that rows leave out back home, those of `Home` aside. */
export function goHome(tcb: Tcb): void {
  tcb.sndUp = 0;
  tcb.sndUrgent = 0;
  tcb.rcvUnacked = 0;
  tcb.rcvUp = 0;
  tcb.rcvUrgent = 0;
  tcb.heldCount = 0;
  tcb.heldLeft1 = 0;
  tcb.heldRight1 = 0;
  tcb.heldLeft2 = 0;
  tcb.heldRight2 = 0;
  tcb.heldLeft3 = 0;
  tcb.heldRight3 = 0;
  tcb.heldLeft4 = 0;
  tcb.heldRight4 = 0;
  tcb.heldFin = 0;
  tcb.heldFinSeq = 0;
  tcb.ssthresh = NO_LOSS_YET;
  tcb.dupAcks = 0;
  tcb.fastRecovery = 0;
  tcb.keepAliveProbes = 0;
  tcb.challenges = 0;
  tcb.challengeSinceUs = 0;
  tcb.keepAliveAtUs = NEVER;
}

/** Where a field is at rest, for tests that go through all of them. */
export function placeOf(field: keyof Tcb): "word" | "bit" | "time" | "deadline" | "home" {
  return PLACE[field];
}
