/** What was read from a capture file: as much as could be read, and why it ended early, if so. */
export interface Capture {
  /** Which of the two formats it is; `unknown` where the first octets name neither. */
  readonly format: "pcap" | "pcapng" | "unknown";
  /** In the order of the file. */
  readonly records: readonly CaptureRecord[];
  /** Where the file breaks; the records before that place are good. */
  readonly error?: CaptureError;
}

/** One captured frame. */
export interface CaptureRecord {
  /** The frame's number, from 1, as Wireshark counts. */
  readonly number: number;
  /** Microseconds since 1970, rounded down. Simple packet blocks have no time. */
  readonly timeUs?: number;
  /** What the frame starts with, see `LinkType`. */
  readonly linkType: number;
  /** The frame as far as it was kept: a view of the file, not a copy. */
  readonly data: Uint8Array;
  /** How long the frame was on the wire; more than `data` where a snapshot length cut it. */
  readonly originalLength: number;
  /** The name of the interface, where the file has one. */
  readonly interfaceName?: string;
  /** The packet's comments, where it has some. */
  readonly comments?: readonly string[];
}

/** What is wrong with a file, and where. */
export interface CaptureError {
  /** `file header`, `packet record`, or a pcapng block such as `Enhanced Packet Block`. */
  readonly block: string;
  readonly field: string;
  /** Octets from the start of the file. */
  readonly offset: number;
  readonly value: number | string;
  /** What is wrong, the bad value, and what would be right; one line. */
  readonly message: string;
}

/** An error value. `right` completes the sentence "…, but it should be …". */
export function captureError(
  block: string,
  field: string,
  offset: number,
  value: number | string,
  right: string,
): CaptureError {
  const message = `${block}: ${field} at offset ${offset} is ${value}, but it should be ${right}`;
  return { block, field, offset, value, message };
}

/** A 32-bit number as a magic number is known. */
export function hex32(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}
