import { type CellState, STATES } from "./states.ts";

/** The segments of the table: flags as scripts write them, octets of text, and SEG.LEN. */
export const SEGMENTS = {
  SYN: { flags: "S", text: 0, length: 1 },
  "SYN-ACK": { flags: "S.", text: 0, length: 1 },
  "SYN-FIN": { flags: "SF", text: 0, length: 2 },
  ACK: { flags: ".", text: 0, length: 0 },
  FIN: { flags: "F", text: 0, length: 1 },
  "FIN-ACK": { flags: "F.", text: 0, length: 1 },
  RST: { flags: "R", text: 0, length: 0 },
  "RST-ACK": { flags: "R.", text: 0, length: 0 },
  data: { flags: "P.", text: 10, length: 10 },
} as const;
export type SegmentName = keyof typeof SEGMENTS;
export const SEGMENT_NAMES = Object.keys(SEGMENTS) as SegmentName[];

export const PLACES = ["left edge", "right edge", "outside left", "outside right"] as const;
export type Place = (typeof PLACES)[number];

export const ACKS = ["SND.NXT", "SND.UNA", "future", "old"] as const;
export type Ack = (typeof ACKS)[number];

/** One segment that meets one state. */
export interface Cell {
  readonly state: CellState;
  readonly segment: SegmentName;
  /** Undefined where there is no window. */
  readonly place: Place | undefined;
  /** Undefined for a segment without the ACK bit. */
  readonly ack: Ack | undefined;
}

/** "ESTABLISHED, FIN-ACK at the left edge, SEG.ACK = SND.NXT" */
export function cellName({ state, segment, place, ack }: Cell): string {
  const at = place === undefined ? "" : ` ${place.endsWith("edge") ? "at the " : ""}${place}`;
  return `${state.name}, ${segment}${at}${ack === undefined ? "" : `, SEG.ACK = ${ack}`}`;
}

/** Every cell that the table has to say something about. */
export function allCells(): Cell[] {
  return STATES.flatMap((state) =>
    SEGMENT_NAMES.flatMap((segment) => {
      const places = state.hasWindow ? PLACES : [undefined];
      const acks = SEGMENTS[segment].flags.endsWith(".") ? acksOf(state) : [undefined];
      return places.flatMap((place) => acks.map((ack) => ({ state, segment, place, ack })));
    }),
  );
}

/** The values of SEG.ACK that mean something else in this state. */
function acksOf({ name, sndUna, sndNxt }: CellState): Ack[] {
  if (sndNxt === 0) return ["SND.NXT"];
  return ACKS.filter((ack) => {
    if (ack === "SND.UNA") return sndUna < sndNxt;
    // Where our SYN is not acknowledged, SND.UNA is as old as an acknowledgment can be.
    return ack !== "old" || !name.startsWith("SYN-");
  });
}
