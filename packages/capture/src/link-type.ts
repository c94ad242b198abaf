/**
 * What a captured frame starts with: the LINKTYPE_ values of
 * https://www.tcpdump.org/linktypes.html that can be opened here.
 */
export const LinkType = {
  /** BSD loopback: an address family in the byte order of the machine that captured. */
  NULL: 0,
  ETHERNET: 1,
  /** An IP packet, nothing before it. */
  RAW: 101,
  /** OpenBSD loopback: an address family in network byte order. */
  LOOP: 108,
  /** Linux "cooked" capture, version 1: what `-i any` gives. */
  LINUX_SLL: 113,
  /** Raw IPv4. */
  IPV4: 228,
  /** Raw IPv6. */
  IPV6: 229,
  /** Linux "cooked" capture, version 2. */
  LINUX_SLL2: 276,
} as const;

/** A link type that can be opened here. */
export type LinkType = (typeof LinkType)[keyof typeof LinkType];
