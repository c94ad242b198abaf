import { type CaptureRecord, openFrame } from "@synfin/capture";
import { type FlagName, flagNames } from "@synfin/core/tcp";
import {
  decodePacket,
  formatAddress,
  type IpPacket,
  ipv4Checksum,
  type TcpOption,
  type TcpSegment,
  tcpChecksumOk,
  type WireError,
} from "@synfin/core/wire";

/** What one captured frame is: a TCP segment, something else, or broken. */
export type DecodedFrame = SegmentFrame | SkippedFrame | BrokenFrame;

interface FrameCommon {
  /** From 1, as Wireshark counts. */
  readonly frame: number;
  /** Microseconds since 1970; absent where the capture has no time. */
  readonly timeUs?: number;
}

/** A TCP segment; all numbers are raw. */
export interface SegmentFrame extends FrameCommon {
  readonly src: string;
  readonly dst: string;
  readonly srcPort: number;
  readonly dstPort: number;
  readonly seq: number;
  readonly ack: number;
  readonly flags: readonly FlagName[];
  readonly reserved: number;
  readonly window: number;
  readonly urgentPointer: number;
  /** TCP's; null where the capture cut the segment off, so that nobody can tell. */
  readonly checksumOk: boolean | null;
  /** The IPv4 header's; IPv6 has none, and that is right. */
  readonly ipChecksumOk: boolean;
  readonly options: readonly TcpOption[];
  /** The options of illegal length (RFC 9293 MUST-7). */
  readonly optionErrors: readonly WireError[];
  /** Octets of text, as the IP header counts them. */
  readonly payloadLength: number;
}

/** A frame without a whole TCP segment in it. */
export interface SkippedFrame extends FrameCommon {
  /** What it is: `UDP`, `ARP`, `an IP fragment`, `link type 105` … */
  readonly skipped: string;
}

/** A frame that should hold an IP packet or a segment, but cannot be read. */
export interface BrokenFrame extends FrameCommon {
  /** Offsets count from the start of the IP packet. */
  readonly error: WireError;
}

/** The commonest protocols beside TCP. */
const PROTOCOL_NAMES: ReadonlyMap<number, string> = new Map([
  [1, "ICMP"],
  [2, "IGMP"],
  [17, "UDP"],
  [50, "ESP"],
  [58, "ICMPv6"],
  [132, "SCTP"],
]);

/** Decodes one frame. Never throws. */
export function decodeFrame(record: CaptureRecord): DecodedFrame {
  const { number, timeUs, linkType, data, originalLength } = record;
  const common = { frame: number, ...(timeUs === undefined ? {} : { timeUs }) };
  const opened = openFrame(linkType, data);
  if (!opened.ok) return { ...common, skipped: opened.reason };
  const truncated = originalLength > data.length;
  const decoded = decodePacket(opened.packet, { truncated });
  if (decoded.ok) {
    const { ip, tcp } = decoded.value;
    const { optionErrors } = decoded;
    return { ...common, ...describe(opened.packet, ip, tcp), optionErrors };
  }
  const { error } = decoded;
  if (error.kind === "not-tcp") return { ...common, skipped: protocolName(Number(error.value)) };
  if (error.kind === "fragment") return { ...common, skipped: "an IP fragment" };
  return { ...common, error };
}

function describe(
  packet: Uint8Array,
  ip: IpPacket,
  tcp: TcpSegment,
): Omit<SegmentFrame, "frame" | "timeUs" | "optionErrors"> {
  const cutOff = announcedLength(ip) - ip.payload.length;
  return {
    src: formatAddress(ip.src),
    dst: formatAddress(ip.dst),
    srcPort: tcp.srcPort,
    dstPort: tcp.dstPort,
    seq: tcp.seq,
    ack: tcp.ack,
    flags: flagNames(tcp.flags),
    reserved: tcp.reserved,
    window: tcp.window,
    urgentPointer: tcp.urgentPointer,
    checksumOk: cutOff > 0 ? null : tcpChecksumOk(packet),
    ipChecksumOk: isIpChecksumOk(packet, ip),
    options: tcp.options,
    payloadLength: tcp.payload.length + cutOff,
  };
}

/** How long the IP header says that its payload is. */
function announcedLength(ip: IpPacket): number {
  if (ip.version === 4) return ip.totalLength - 4 * ip.ihl;
  return ip.extensions.reduce((left, { bytes }) => left - bytes.length, ip.payloadLength);
}

function isIpChecksumOk(packet: Uint8Array, ip: IpPacket): boolean {
  return ip.version === 6 || ipv4Checksum(packet.subarray(0, 4 * ip.ihl)) === ip.headerChecksum;
}

function protocolName(protocol: number): string {
  return PROTOCOL_NAMES.get(protocol) ?? `IP protocol ${protocol}`;
}
