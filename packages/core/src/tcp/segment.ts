import { Flag } from "./flags.ts";

/**
 * One TCP segment as the machine sees it: numbers only, in host form, without
 * ports (the host that owns the connection knows them) and without bytes (the
 * machine deals in sequence space; the socket layer holds the bytes).
 *
 * All sequence numbers are the raw, unsigned 32-bit ones.
 */
export interface Segment {
  /** SEG.SEQ: the sequence number of the first octet (of the SYN, if there is one). */
  seq: number;
  /** SEG.ACK; meaningful only with the ACK bit, kept either way. */
  ack: number;
  /** The eight control bits, see `Flag`. */
  flags: number;
  /** SEG.WND as it stands in the header: 0 to 65535. */
  window: number;
  /** SEG.UP: the urgent pointer as it stands in the header. */
  urgentPointer: number;
  /** Octets of text; SYN and FIN are not counted here (see `segmentLength`). */
  length: number;

  /** The value of the MSS option, or 0 where there is none (§3.7.1). */
  mss: number;
  /** The shift count of the window scale option, or −1 (RFC 7323 §2). */
  windowScale: number;
  /** 1 with the SACK-permitted option (RFC 2018 §2). */
  sackPermitted: number;
  /** 1 with the timestamps option (RFC 7323 §3), whose two values follow. */
  hasTimestamps: number;
  tsVal: number;
  tsEcr: number;
  /** How many SACK blocks there are: 0 to 4 (RFC 2018 §3). Each is [left, right). */
  sackCount: number;
  sackLeft1: number;
  sackRight1: number;
  sackLeft2: number;
  sackRight2: number;
  sackLeft3: number;
  sackRight3: number;
  sackLeft4: number;
  sackRight4: number;
  /** The 16 bits of the user timeout option, or −1 (RFC 5482 §3). */
  userTimeout: number;
  /** 1 where an option has an illegal length (MUST-7). */
  badOption: number;
  /** How the sender arranges its options, see `OptionLayout`. */
  optionLayout: number;
}

/** The order of the options and where NOPs stand; of no consequence to a receiver. */
export const OptionLayout = {
  /** MSS, NOP, window scale, SACK-permitted, timestamps; ends in EOL. */
  BSD: 0,
  /** MSS, SACK-permitted, timestamps, NOP, window scale; each aligned by NOPs before it. */
  LINUX: 1,
} as const;

/** A segment with every field at zero and no option, to be filled in. */
export function createSegment(): Segment {
  return {
    seq: 0,
    ack: 0,
    flags: 0,
    window: 0,
    urgentPointer: 0,
    length: 0,
    mss: 0,
    windowScale: -1,
    sackPermitted: 0,
    hasTimestamps: 0,
    tsVal: 0,
    tsEcr: 0,
    sackCount: 0,
    sackLeft1: 0,
    sackRight1: 0,
    sackLeft2: 0,
    sackRight2: 0,
    sackLeft3: 0,
    sackRight3: 0,
    sackLeft4: 0,
    sackRight4: 0,
    userTimeout: -1,
    badOption: 0,
    optionLayout: 0,
  };
}

/** Takes every option off a segment that is used again. */
export function clearOptions(segment: Segment): void {
  segment.mss = 0;
  segment.windowScale = -1;
  segment.sackPermitted = 0;
  segment.hasTimestamps = 0;
  segment.tsVal = 0;
  segment.tsEcr = 0;
  segment.sackCount = 0;
  segment.userTimeout = -1;
  segment.badOption = 0;
}

/** SEG.LEN of §3.4: the octets of text, and one each for SYN and FIN. */
export function segmentLength(segment: Segment): number {
  const syn = (segment.flags & Flag.SYN) !== 0 ? 1 : 0;
  const fin = (segment.flags & Flag.FIN) !== 0 ? 1 : 0;
  return segment.length + syn + fin;
}

/** Adds a SACK block; there is room for four. */
export function addSack(segment: Segment, left: number, right: number): void {
  segment.sackCount += 1;
  switch (segment.sackCount) {
    case 1:
      segment.sackLeft1 = left;
      segment.sackRight1 = right;
      break;
    case 2:
      segment.sackLeft2 = left;
      segment.sackRight2 = right;
      break;
    case 3:
      segment.sackLeft3 = left;
      segment.sackRight3 = right;
      break;
    default:
      segment.sackCount = 4;
      segment.sackLeft4 = left;
      segment.sackRight4 = right;
  }
}

/** The SACK blocks of a segment, as pairs. */
export function sackBlocks(segment: Readonly<Segment>): { left: number; right: number }[] {
  const all = [
    { left: segment.sackLeft1, right: segment.sackRight1 },
    { left: segment.sackLeft2, right: segment.sackRight2 },
    { left: segment.sackLeft3, right: segment.sackRight3 },
    { left: segment.sackLeft4, right: segment.sackRight4 },
  ];
  return all.slice(0, segment.sackCount);
}
