/** Captures built octet by octet, in either byte order: readers meet what writers never write. */
export interface Order {
  readonly littleEndian: boolean;
}

export const ORDERS: readonly (Order & { name: string })[] = [
  { name: "little-endian", littleEndian: true },
  { name: "big-endian", littleEndian: false },
];

export function u16({ littleEndian }: Order, value: number): number[] {
  const octets = [value >>> 8, value & 0xff];
  return littleEndian ? octets.reverse() : octets;
}

export function u32({ littleEndian }: Order, value: number): number[] {
  const octets = [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
  return littleEndian ? octets.reverse() : octets;
}

/** Signed, as `if_tsoffset` is. */
export function i64(order: Order, value: bigint): number[] {
  const low = Number(BigInt.asUintN(32, value));
  const high = Number(BigInt.asUintN(32, value >> 32n));
  return order.littleEndian
    ? [...u32(order, low), ...u32(order, high)]
    : [...u32(order, high), ...u32(order, low)];
}

/** Zeros up to the next multiple of four. */
export function pad(octets: readonly number[]): number[] {
  return [...octets, ...new Array<number>((4 - (octets.length % 4)) % 4).fill(0)];
}

/** A pcapng block around its body. */
export function block(order: Order, type: number, body: readonly number[]): number[] {
  const padded = pad(body);
  const length = u32(order, padded.length + 12);
  return [...u32(order, type), ...length, ...padded, ...length];
}

export function option(order: Order, code: number, value: readonly number[]): number[] {
  return [...u16(order, code), ...u16(order, value.length), ...pad(value)];
}

export function sectionHeader(order: Order, options: readonly number[] = []): number[] {
  const version = [...u16(order, 1), ...u16(order, 0)];
  const unknownLength = new Array<number>(8).fill(0xff);
  const body = [...u32(order, 0x1a2b3c4d), ...version, ...unknownLength, ...options];
  return block(order, 0x0a0d0d0a, body);
}

export function interfaceDescription(
  order: Order,
  linkType: number,
  options: readonly number[] = [],
  snapLength = 0,
): number[] {
  const body = [...u16(order, linkType), 0, 0, ...u32(order, snapLength), ...options];
  return block(order, 1, body);
}

export interface EnhancedPacket {
  readonly interfaceId?: number;
  /** Ticks of the interface's clock. */
  readonly ticks?: bigint;
  readonly data: readonly number[];
  readonly originalLength?: number;
  readonly options?: readonly number[];
}

export function enhancedPacket(order: Order, packet: EnhancedPacket): number[] {
  const { interfaceId = 0, ticks = 0n, data, originalLength = data.length, options = [] } = packet;
  return block(order, 6, [
    ...u32(order, interfaceId),
    ...u32(order, Number(ticks >> 32n)),
    ...u32(order, Number(ticks & 0xffffffffn)),
    ...u32(order, data.length),
    ...u32(order, originalLength),
    ...pad(data),
    ...options,
  ]);
}

/** ASCII. */
export function text(characters: string): number[] {
  return Array.from(characters, (character) => character.charCodeAt(0));
}
