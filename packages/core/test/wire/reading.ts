import { addSack, createSegment, type Segment } from "../../src/tcp/segment.ts";
import {
  createPacketFields,
  type DecodedPacket,
  type DecodeErrorKind,
  decodePacket,
  errorCode,
  type PacketFields,
  type Refused,
  readPacket,
  type TcpOption,
} from "../../src/wire/index.ts";

/** Garbage on both sides of the packet: a read beyond its ends would not go unnoticed. */
const MARGIN = 64;
const room = new Uint8Array(4096).fill(0xa5);
const fields = createPacketFields();

/**
 * Reads a packet both ways, the hot one within a larger array full of
 * garbage, and throws unless they agree on whether it can be read, why not,
 * and every field. Returns what the comfortable one said.
 */
export function expectSameReading(packet: Uint8Array): DecodedPacket | Refused {
  const end = MARGIN + packet.length;
  room.set(packet, MARGIN);
  room.fill(0xa5, end, end + MARGIN);
  const code = readPacket(room, MARGIN, end, fields);
  const decoded = decodePacket(packet);
  const expected = decoded.ok ? 0 : errorCode(decoded.error.kind as DecodeErrorKind);
  if (code !== expected) throw new Error(`readPacket says ${code}, decodePacket ${expected}`);
  if (decoded.ok) expectSameFields(decoded, packet);
  return decoded;
}

function expectSameFields(decoded: DecodedPacket, packet: Uint8Array): void {
  const expected = fieldsOf(decoded, packet);
  for (const [name, value] of Object.entries(expected)) {
    // Blocks beyond the count hold what an earlier packet left there.
    if (Number(/^sack(?:Left|Right)(\d)$/.exec(name)?.[1] ?? 0) > expected.sackCount) continue;
    const read = fields[name as keyof PacketFields];
    if (read !== value) throw new Error(`${name}: readPacket ${read}, decodePacket ${value}`);
  }
}

/** The numbers of the hot path, out of the comfortable structure. */
function fieldsOf({ value, optionErrors }: DecodedPacket, packet: Uint8Array): PacketFields {
  const { ip, tcp } = value;
  const tcpAt = MARGIN + packet.length - ip.trailer.length - ip.payload.length;
  const badLength = optionErrors[0];
  return {
    ...createSegment(),
    ...optionFields(tcp.options),
    badOption: badLength === undefined ? 0 : 1,
    seq: tcp.seq,
    ack: tcp.ack,
    flags: tcp.flags,
    window: tcp.window,
    urgentPointer: tcp.urgentPointer,
    length: tcp.payload.length,
    srcPort: tcp.srcPort,
    dstPort: tcp.dstPort,
    version: ip.version,
    addressAt: MARGIN + (ip.version === 4 ? 12 : 8),
    tcpAt,
    payloadAt: tcpAt + 4 * tcp.dataOffset,
    // Errors point at the length octet, one behind the option's kind.
    badOptionAt: badLength === undefined ? 0 : MARGIN + badLength.offset - 1,
    reserved: tcp.reserved,
    checksum: tcp.checksum,
  };
}

/** Of several options of one kind the last one counts; a segment has room for four blocks. */
function optionFields(options: readonly TcpOption[]): Partial<Segment> {
  const segment = createSegment();
  for (const option of options) addOption(segment, option);
  return segment;
}

function addOption(segment: Segment, option: TcpOption): void {
  switch (option.name) {
    case "mss":
      segment.mss = option.value;
      break;
    case "window-scale":
      segment.windowScale = option.shift;
      break;
    case "sack-permitted":
      segment.sackPermitted = 1;
      break;
    case "timestamps":
      segment.hasTimestamps = 1;
      segment.tsVal = option.value;
      segment.tsEcr = option.echoReply;
      break;
    case "user-timeout":
      segment.userTimeout = option.timeout | (option.unit === "minutes" ? 0x8000 : 0);
      break;
    case "sack":
      segment.sackCount = 0;
      for (const { left, right } of option.blocks) addSack(segment, left, right);
      break;
    default:
  }
}
