import { LinkType } from "./link-type.ts";

/** A frame to be written. */
export interface PacketToWrite {
  /** Microseconds since 1970, a non-negative integer. */
  readonly timeUs: number;
  /** From the first octet of the link layer's header, or of the IP header. */
  readonly data: Uint8Array;
  /** How long it was on the wire, where that is more than `data`. */
  readonly originalLength?: number;
  /** What Wireshark shows as the packet's comment; pcapng only. */
  readonly comment?: string;
}

/** How a file is written. Names and comments are pcapng's; pcap has no place for them. */
export interface WriteOptions {
  /** What each frame starts with; raw IP by default. */
  readonly linkType?: number;
  /** Octets kept of each frame, at least 1; longer ones are cut. 262144 by default. */
  readonly snapLength?: number;
  /** The vantage point, for example `client`. */
  readonly interfaceName?: string;
  /** The program that made the file. */
  readonly application?: string;
  /** A comment on the whole file. */
  readonly comment?: string;
}

/** What is written where the options do not say. */
export const WRITE_DEFAULTS: Required<Pick<WriteOptions, "linkType" | "snapLength">> = {
  linkType: LinkType.RAW,
  snapLength: 262_144,
};

/** Throws unless the time is a non-negative integer: anything else is a bug of the caller. */
export function checkTime(timeUs: number): void {
  if (!Number.isSafeInteger(timeUs) || timeUs < 0) {
    throw new RangeError(`timeUs is ${timeUs}, but it should be a non-negative integer`);
  }
}
