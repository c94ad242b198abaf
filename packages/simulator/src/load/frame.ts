import { STATE_NAMES } from "@synfin/core/tcp";

/**
 * A frame: the crowd at one moment, and the census rows that are new since
 * the frame before, as one `Float64Array` that can be transferred. A double
 * holds every microsecond of 285 years, and every count here, exactly.
 *
 *     [ the FRAME fields | states of the clients | states of the servers | row, row, … ]
 *
 * A row is a time and the same 22 counts. Rows come at even distances of
 * virtual time, whatever the speed of the machine that computes them.
 */
export const FRAME = {
  /** Virtual time of this frame in microseconds. */
  atUs: 0,
  /** Events processed so far. */
  events: 1,
  /** Connections whose client has sent its first SYN. */
  opened: 2,
  /** Connections that have been ESTABLISHED at both ends. */
  established: 3,
  /** Connections that are over, at both ends, in good order. */
  closed: 4,
  /** Connections that are over after a reset or a timeout. */
  failed: 5,
  /** Progress in thousandths, 1000 only when nothing is left to happen. */
  progress: 6,
  /** Index of the first row in this frame; 0 tells the reader to forget earlier rows. */
  firstRow: 7,
  /** How many rows follow. */
  rows: 8,
} as const;

export type FrameField = keyof typeof FRAME;

/** States at each end, in the order of `STATE_NAMES`. */
export const STATE_COUNT: number = STATE_NAMES.length;
/** Numbers before the first row. */
export const FRAME_HEAD: number = Object.keys(FRAME).length + 2 * STATE_COUNT;
/** Numbers in one row: the time, the clients' states, the servers' states. */
export const ROW_LENGTH: number = 1 + 2 * STATE_COUNT;

/** See `FRAME`. */
export type LoadFrame = Float64Array<ArrayBuffer>;

/** How many connections stand in each state, indexed by `State`. */
export interface Census {
  readonly atUs: number;
  readonly client: readonly number[];
  readonly server: readonly number[];
}

/** One field of a frame. */
export function frameField(frame: LoadFrame, field: FrameField): number {
  return frame[FRAME[field]] ?? 0;
}

/** The counts at the time of the frame. */
export function frameCensus(frame: LoadFrame): Census {
  return readCounts(frame, Object.keys(FRAME).length, frameField(frame, "atUs"));
}

/** The rows that are new in this frame, in order of time. */
export function frameRows(frame: LoadFrame): Census[] {
  return Array.from({ length: frameField(frame, "rows") }, (_, index) => {
    const at = FRAME_HEAD + index * ROW_LENGTH;
    return readCounts(frame, at + 1, frame[at] ?? 0);
  });
}

function readCounts(frame: LoadFrame, at: number, atUs: number): Census {
  const end = at + STATE_COUNT;
  return {
    atUs,
    client: Array.from(frame.subarray(at, end)),
    server: Array.from(frame.subarray(end, end + STATE_COUNT)),
  };
}
