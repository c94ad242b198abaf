/** An IP packet with every field of its header as it stands on the wire. */
export type IpPacket = Ipv4Packet | Ipv6Packet;

/** What both versions have. Octet arrays are views of what was decoded, not copies. */
interface IpCommon {
  readonly src: Uint8Array;
  readonly dst: Uint8Array;
  /** What the payload is: 6 for TCP. With IPv6, what the last extension header says. */
  readonly protocol: number;
  /** What the IP header carries, as far as it was there (see `truncated`). */
  readonly payload: Uint8Array;
  /** Octets behind the end of the packet: Ethernet's padding, as a rule. */
  readonly trailer: Uint8Array;
}

/** RFC 791 §3.1. */
export interface Ipv4Packet extends IpCommon {
  readonly version: 4;
  /** The header's length in words of 32 bits: 5 to 15. */
  readonly ihl: number;
  /** The octet of DSCP (RFC 2474) and ECN (RFC 3168). */
  readonly trafficClass: number;
  readonly totalLength: number;
  readonly identification: number;
  /** Three bits: reserved (4), don't fragment (2), more fragments (1). */
  readonly flags: number;
  /** In units of eight octets. */
  readonly fragmentOffset: number;
  /** Time to live. */
  readonly hopLimit: number;
  /** As it stands in the header, right or wrong; see `ipv4Checksum`. */
  readonly headerChecksum: number;
  /** The IP options, raw; a multiple of four octets. */
  readonly options: Uint8Array;
}

/** RFC 8200 §3. */
export interface Ipv6Packet extends IpCommon {
  readonly version: 6;
  /** DSCP and ECN. */
  readonly trafficClass: number;
  readonly flowLabel: number;
  /** Octets behind the fixed header, extension headers included. */
  readonly payloadLength: number;
  /** What follows the fixed header: an extension header, or the payload's protocol. */
  readonly nextHeader: number;
  readonly hopLimit: number;
  readonly extensions: readonly Ipv6Extension[];
}

/** An IPv6 extension header, kept raw from its next-header octet on. */
export interface Ipv6Extension {
  /** Its protocol number: 0 hop-by-hop, 43 routing, 44 fragment, 60 destination … */
  readonly protocol: number;
  readonly bytes: Uint8Array;
}

/** IPv4's flag bits, as they stand in `Ipv4Packet.flags`. */
export const Ipv4Flag = { MORE_FRAGMENTS: 1, DONT_FRAGMENT: 2, RESERVED: 4 } as const;
