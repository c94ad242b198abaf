import {
  createSegment,
  type FlagName,
  flagBits,
  type Segment,
  seqAdd,
  type Tcb,
} from "@synfin/core/tcp";
import fc from "fast-check";
import { SHRINK_TO_FIRST } from "./shrink.ts";

/** Where a number counts from: the places in a connection's sequence space where errors live. */
export type SeqPlace = "RCV.NXT" | "right edge" | "IRS" | "zero";
export type AckPlace = "SND.UNA" | "SND.NXT" | "ISS" | "oldest" | "zero";

/** A segment as it stands to a connection, whatever its numbers are. */
export interface SegmentShape {
  readonly flags: readonly FlagName[];
  readonly seqFrom: SeqPlace;
  readonly seqOffset: number;
  readonly ackFrom: AckPlace;
  readonly ackOffset: number;
  readonly length: number;
  readonly window: number;
  /** The MSS option; 0 for none. */
  readonly mss: number;
  readonly urgentPointer: number;
  /** Whether an option of it has an illegal length (MUST-7). */
  readonly badOption: boolean;
}

/** A bare acknowledgment of everything, in its place. */
export const ACK: SegmentShape = {
  ...{ flags: ["ACK"], seqFrom: "RCV.NXT", seqOffset: 0, ackFrom: "SND.NXT", ackOffset: 0 },
  ...{ length: 0, window: 65_535, mss: 0, urgentPointer: 0, badOption: false },
};

/** The segment that a shape is, to a connection in this state. */
export function shapeSegment(shape: SegmentShape, tcb: Readonly<Tcb>): Segment {
  const seqs: Record<SeqPlace, number> = {
    "RCV.NXT": tcb.rcvNxt,
    "right edge": seqAdd(tcb.rcvNxt, tcb.rcvWnd),
    IRS: tcb.irs,
    zero: 0,
  };
  const acks: Record<AckPlace, number> = {
    "SND.UNA": tcb.sndUna,
    "SND.NXT": tcb.sndNxt,
    ISS: tcb.iss,
    oldest: seqAdd(tcb.sndUna, -tcb.sndMaxWnd),
    zero: 0,
  };
  const { flags, seqFrom, seqOffset, ackFrom, ackOffset, length, window, mss } = shape;
  return {
    ...createSegment(),
    flags: flagBits(flags),
    seq: seqAdd(seqs[seqFrom], seqOffset),
    ack: flags.includes("ACK") ? seqAdd(acks[ackFrom], ackOffset) : 0,
    ...{ length, window, urgentPointer: shape.urgentPointer },
    mss: flags.includes("SYN") ? mss : 0,
    badOption: shape.badOption ? 1 : 0,
  };
}

const window = fc.constantFrom(65_535, 0, 1, 100, 40_000, 500);
const mss = fc.constantFrom(1460, 0, 100, 536, 10);
const PLAIN = { seqFrom: "RCV.NXT", seqOffset: 0, urgentPointer: 0, badOption: false } as const;
const badOption = fc.constantFrom(false, false, false, false, true);

/** What a peer sends that plays by the rules: the next text, acknowledgments, its FIN. */
const legal: fc.Arbitrary<SegmentShape> = fc
  .record({
    flags: fc.constantFrom<readonly FlagName[]>(
      ...[["ACK"], ["PSH", "ACK"], ["ACK"], ["FIN", "ACK"]].map((names) => names as FlagName[]),
    ),
    ackFrom: fc.constantFrom<AckPlace>("SND.NXT", "SND.UNA"),
    length: fc.constantFrom(0, 100, 1, 536),
    window,
    mss,
  })
  .map((drawn) => ({ ...drawn, ...PLAIN, ackOffset: 0 }));

/** The peer's half of a handshake. */
const opening: fc.Arbitrary<SegmentShape> = fc
  .record({
    flags: fc.constantFrom<readonly FlagName[]>(["SYN", "ACK"], ["SYN"]),
    seqOffset: fc.integer({ min: 0, max: 0xffff_ffff }),
    window,
    mss,
  })
  .map((drawn) => ({
    ...{ ...PLAIN, seqFrom: "zero", ackFrom: "SND.NXT", ackOffset: 0, length: 0, ...drawn },
  }));

const near = fc.constantFrom(0, 0, 0, 1, -1, 2, -2);
const FLAG_SETS: readonly (readonly FlagName[])[] = [
  ["ACK"],
  ["RST"],
  ["RST", "ACK"],
  ["SYN"],
  ["SYN", "ACK"],
  ["FIN", "ACK"],
  ["URG", "ACK"],
  ["FIN"],
  [],
];

/** One off at the edges: of the window, of what is unacknowledged, of what was ever offered. */
const borderline: fc.Arbitrary<SegmentShape> = fc.record({
  flags: fc.constantFrom(...FLAG_SETS),
  seqFrom: fc.constantFrom<SeqPlace>("RCV.NXT", "right edge", "IRS"),
  seqOffset: near,
  ackFrom: fc.constantFrom<AckPlace>("SND.NXT", "SND.UNA", "ISS", "oldest"),
  ackOffset: near,
  length: fc.constantFrom(0, 1, 2, 100),
  window,
  mss,
  urgentPointer: fc.constantFrom(0, 1, 100, 65_535),
  badOption,
});

/** Anything at all. */
const hostile: fc.Arbitrary<SegmentShape> = fc.record({
  flags: fc.subarray<FlagName>(["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"]),
  seqFrom: fc.constantFrom<SeqPlace>("RCV.NXT", "right edge", "IRS", "zero"),
  seqOffset: fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }),
  ackFrom: fc.constantFrom<AckPlace>("SND.NXT", "SND.UNA", "ISS", "oldest", "zero"),
  ackOffset: fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }),
  length: fc.integer({ min: 0, max: 2000 }),
  window: fc.integer({ min: 0, max: 65_535 }),
  mss: fc.integer({ min: 0, max: 65_535 }),
  urgentPointer: fc.integer({ min: 0, max: 65_535 }),
  badOption,
});

/** What comes to an end whose window is shut: at RCV.NXT, of every kind, urgent too (MUST-66). */
export const shutWindowSegment: fc.Arbitrary<SegmentShape> = fc.record({
  flags: fc.constantFrom<readonly FlagName[]>(["URG", "ACK"], ...FLAG_SETS),
  seqFrom: fc.constant<SeqPlace>("RCV.NXT"),
  seqOffset: fc.constantFrom(0, 0, 0, 1, -1),
  ackFrom: fc.constantFrom<AckPlace>("SND.NXT", "SND.UNA"),
  ackOffset: fc.constant(0),
  length: fc.constantFrom(1, 0, 100),
  window,
  mss,
  urgentPointer: fc.constantFrom(1, 100, 0, 65_535),
  badOption: fc.constant(false),
});

/** What brings a connection further, so that all states are reached. */
export const legalSegment: fc.Arbitrary<SegmentShape> = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 4, arbitrary: legal },
  { weight: 2, arbitrary: opening },
);

/** Segments of every kind: legal, borderline and hostile. */
export const anySegment: fc.Arbitrary<SegmentShape> = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 3, arbitrary: legal },
  { weight: 4, arbitrary: borderline },
  { weight: 1, arbitrary: opening },
  { weight: 2, arbitrary: hostile },
);
