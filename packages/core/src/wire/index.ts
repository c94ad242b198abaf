export { formatAddress, parseAddress } from "./address.ts";
export { type AddressKind, addressKind } from "./address-kind.ts";
export { buildPacket, type PacketParts } from "./build-packet.ts";
export { ipv4Checksum, PROTOCOL_TCP, tcpChecksum } from "./checksum.ts";
export { type DecodeIpOptions, decodeIp } from "./decode-ip.ts";
export { type DecodedPacket, decodePacket, isFragment } from "./decode-packet.ts";
export { encodeIp } from "./encode-ip.ts";
export * from "./ip-packet.ts";
export * from "./option.ts";
export { createPacketFields, errorCode, type PacketFields, readPacket } from "./read-packet.ts";
export {
  DECODE_ERROR_KINDS,
  type DecodeErrorKind,
  type Ok,
  type Refused,
  type Result,
  type WireError,
  type WireErrorKind,
} from "./result.ts";
export { segmentOptions } from "./segment-options.ts";
export {
  type DecodedTcp,
  dataOffsetFor,
  decodeTcp,
  encodeTcp,
  type TcpSegment,
} from "./tcp-segment.ts";
export { checksumOk, tcpChecksumOk } from "./verify.ts";
