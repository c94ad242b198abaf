import { LinkType } from "./link-type.ts";
import { type OctetReader, u16, u32 } from "./octets.ts";

/** A frame, taken apart into the link layer's header and what it carries. */
export type OpenedFrame =
  | {
      readonly ok: true;
      /** The link layer's header, 802.1Q tags included; empty for raw IP. */
      readonly header: Uint8Array;
      /**
       * From the IP header to the end of the frame, Ethernet's padding
       * included: `decodeIp` of `@synfin/core/wire` keeps that as the trailer.
       */
      readonly packet: Uint8Array;
    }
  | {
      readonly ok: false;
      /** What the frame is instead, or why it cannot be opened: `ARP`, `link type 105` … */
      readonly reason: string;
    };

const ETHERTYPE_IPV4 = 0x0800;
const ETHERTYPE_IPV6 = 0x86dd;
const ETHERTYPE_ARP = 0x0806;
/** 802.1Q, 802.1ad, and the one that was used before there was 802.1ad. */
const VLAN_TAGS: readonly number[] = [0x8100, 0x88a8, 0x9100];

/** AF_INET everywhere; AF_INET6 of NetBSD and OpenBSD, FreeBSD, Darwin, Linux. */
const FAMILY_IPV4 = 2;
const FAMILIES_IPV6: readonly number[] = [24, 28, 30, 10];

/** Finds the IP packet in a frame of this link type. Never throws. */
export function openFrame(linkType: number, data: Uint8Array): OpenedFrame {
  switch (linkType) {
    case LinkType.RAW:
    case LinkType.IPV4:
    case LinkType.IPV6:
      return opened(data, 0);
    case LinkType.ETHERNET:
      return openTyped(data, 12);
    case LinkType.LINUX_SLL:
      return openTyped(data, 14);
    case LinkType.LINUX_SLL2:
      return openCooked2(data);
    case LinkType.NULL:
      return openFamily(data, true);
    case LinkType.LOOP:
      return openFamily(data, false);
    default:
      return refused(`link type ${linkType}`);
  }
}

/** The EtherType stands right before what it names, but for VLAN tags in between. */
function openTyped(data: Uint8Array, typeAt: number): OpenedFrame {
  const reader = networkOrder(data);
  let at = typeAt;
  while (at + 2 <= data.length && VLAN_TAGS.includes(u16(reader, at))) at += 4;
  if (at + 2 > data.length) return refused(`a frame of ${data.length} octets`);
  return openEtherType(data, u16(reader, at), at + 2);
}

/** Version 2 begins with the EtherType; its header has 20 octets, and tags come behind them. */
function openCooked2(data: Uint8Array): OpenedFrame {
  if (data.length < 20) return refused(`a frame of ${data.length} octets`);
  const type = u16(networkOrder(data), 0);
  // A tag's EtherType was taken as the protocol; its other two octets and the inner type follow.
  return VLAN_TAGS.includes(type) ? openTyped(data, 22) : openEtherType(data, type, 20);
}

function openEtherType(data: Uint8Array, type: number, packetAt: number): OpenedFrame {
  if (type === ETHERTYPE_IPV4 || type === ETHERTYPE_IPV6) return opened(data, packetAt);
  if (type === ETHERTYPE_ARP) return refused("ARP");
  if (type < 0x0600) return refused("an 802.3 frame");
  return refused(`EtherType 0x${type.toString(16).padStart(4, "0")}`);
}

/** An address family of four octets; BSD's loopback writes it in its machine's own order. */
function openFamily(data: Uint8Array, eitherOrder: boolean): OpenedFrame {
  if (data.length < 4) return refused(`a frame of ${data.length} octets`);
  const big = u32(networkOrder(data), 0);
  // No family is so large that it could be mistaken for another one turned round.
  const turned = eitherOrder && big > 0xffff;
  const family = turned ? u32({ bytes: data, littleEndian: true }, 0) : big;
  if (family === FAMILY_IPV4 || FAMILIES_IPV6.includes(family)) return opened(data, 4);
  return refused(`address family ${family}`);
}

function networkOrder(bytes: Uint8Array): OctetReader {
  return { bytes, littleEndian: false };
}

function opened(data: Uint8Array, at: number): OpenedFrame {
  return { ok: true, header: data.subarray(0, at), packet: data.subarray(at) };
}

function refused(reason: string): OpenedFrame {
  return { ok: false, reason };
}
