import {
  createSegment,
  type FlagName,
  flagBits,
  RFC9293,
  type Segment,
  seqAdd,
  seqDiff,
  type Tcb,
  type TcpParams,
} from "@synfin/core/tcp";
import type { Dice } from "./dice.ts";

/** Sizes, times and departures, each of which changes what a step may do. */
export function inventParams(dice: Dice): TcpParams {
  return {
    ...RFC9293,
    mss: dice.pick([100, 536, 1460]),
    receiveBuffer: dice.pick([10, 4000, 65535, 200_000]),
    windowScale: dice.pick([-1, 0, 3, 7, 14]),
    timestamps: dice.switch(),
    sack: dice.switch(),
    nagle: dice.switch(),
    delayedAckUs: dice.pick([0, 200_000]),
    rfc5961: dice.pick([0, 1, 1]),
    rfc1337: dice.switch(),
    trimCrossedSyn: dice.switch(),
    oldFinRestartsTimeWait: dice.switch(),
    timeWaitSilent: dice.switch(),
    badOptionResets: dice.switch(),
    resetAfterClose: dice.switch(),
    icmpHardAborts: dice.switch(),
    orphanFinWait2Us: dice.pick([0, 60_000_000]),
    advertisedUserTimeout: dice.pick([0, 120]),
    keepAliveIdleUs: dice.pick([5_000_000, RFC9293.keepAliveIdleUs]),
    listenKeepsText: dice.switch(),
    synKeepsFin: dice.switch(),
    synResetCarriesAck: dice.pick([0, 0, 0, 1]),
    synLinear: dice.pick([0, 4]),
    userTimeoutUs: dice.pick([0, RFC9293.userTimeoutUs]),
  };
}

/** What arrives, by the bits that count; some kinds are rarer because they end everything. */
export const ARRIVALS = {
  ACK: ["ACK"],
  text: ["ACK", "PSH,ACK", "URG,ACK"],
  FIN: ["FIN,ACK", "FIN,PSH,ACK"],
  SYN: ["SYN", "SYN,FIN", "SYN,PSH"],
  "SYN,ACK": ["SYN,ACK", "SYN,FIN,ACK"],
  RST: ["RST", "RST,ACK", "SYN,RST", "FIN,RST,ACK"],
  "no ACK": ["", "FIN", "PSH", "URG"],
} as const satisfies Record<string, readonly string[]>;

export type Arrival = keyof typeof ARRIVALS;

const SPREAD = [0, 0, 0, 0, 0, 0, 0, 0, -1, 1, 10, -10, 1460];

/** A segment of this kind with numbers at, beside or far from the edges of the connection. */
export function inventSegment(dice: Dice, kind: Arrival, tcb: Readonly<Tcb>): Segment {
  const wild = dice.oneIn(40);
  const segment = createSegment();
  segment.flags = flagBits(dice.pick<string>(ARRIVALS[kind]).split(",").filter(isFlagName));
  const seqOffset = dice.oneIn(5) ? dice.pick([tcb.rcvWnd, tcb.rcvWnd - 1]) : dice.pick(SPREAD);
  segment.seq = wild ? dice.next() : seqAdd(tcb.rcvNxt, seqOffset);
  segment.ack = wild && dice.oneIn(2) ? dice.next() : seqAdd(tcb.sndUna, someAck(dice, tcb));
  const bare = kind === "ACK" || (kind === "RST" && !dice.oneIn(4));
  segment.length = bare
    ? 0
    : dice.pick(kind === "text" ? [1, 10, 100, 1460, 9000] : [0, 0, 1, 100]);
  segment.window = dice.pick([0, 1, 100, 3000, 65535, 65535]);
  segment.urgentPointer = dice.pick([0, 1, 100, 65535]);
  inventOptions(dice, segment, tcb);
  return segment;
}

function someAck(dice: Dice, tcb: Readonly<Tcb>): number {
  const flight = seqDiff(tcb.sndNxt, tcb.sndUna);
  return dice.pick([
    0,
    0,
    0,
    flight,
    flight,
    flight,
    dice.below(flight + 1),
    flight + 1,
    -1,
    -70_000,
  ]);
}

function inventOptions(dice: Dice, segment: Segment, tcb: Readonly<Tcb>): void {
  segment.mss = dice.pick([0, 1, 536, 1460, 65535]);
  segment.windowScale = dice.pick([-1, 0, 2, 14, 15]);
  segment.sackPermitted = dice.switch();
  segment.hasTimestamps = dice.oneIn(8) ? 1 - tcb.tsOk : Math.max(tcb.tsOk, dice.switch());
  segment.tsVal = seqAdd(tcb.tsRecent, dice.pick([0, 0, 0, 1, 1, 5, -1]));
  segment.tsEcr = dice.below(5000);
  segment.userTimeout = dice.pick([-1, -1, -1, 0, 100, 0xffff]);
  segment.badOption = dice.oneIn(60) ? 1 : 0;
}

/** What a peer who plays along would send: at RCV.NXT, acknowledging all, with an open window. */
export function cooperate(flags: string, tcb: Readonly<Tcb>): Segment {
  return {
    ...createSegment(),
    flags: flagBits(flags.split(",").filter(isFlagName)),
    seq: tcb.rcvNxt,
    ack: tcb.sndNxt,
    window: 65535,
    hasTimestamps: tcb.tsOk,
    tsVal: tcb.tsRecent,
  };
}

const NAMES: readonly string[] = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];

function isFlagName(name: string): name is FlagName {
  return NAMES.includes(name);
}
