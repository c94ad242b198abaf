/**
 * Initial sequence numbers, RFC 6528 and §3.4.1 (MUST-8, MUST-9, SHLD-1):
 *
 *     ISN = M + F(localip, localport, remoteip, remoteport, secretkey)
 *
 * M is a clock of one tick in 4 µs; F is HalfSipHash-2-4, a pseudo-random
 * function that no one can compute without the key.
 */
const TICK_US = 4;

/** The secret of one host: two 32-bit numbers that no one else knows. */
export interface IsnSecret {
  readonly k0: number;
  readonly k1: number;
}

/** The two ends of a connection: addresses of 4 or 16 octets, and ports. */
export interface FourTuple {
  readonly localAddress: Uint8Array;
  readonly localPort: number;
  readonly remoteAddress: Uint8Array;
  readonly remotePort: number;
}

/** The initial sequence number for a connection that opens now. */
export function initialSequenceNumber(nowUs: number, tuple: FourTuple, secret: IsnSecret): number {
  const clock = Math.floor(nowUs / TICK_US) >>> 0;
  return (clock + halfSipHash(tupleBytes(tuple), secret)) >>> 0;
}

/** Both ends of a connection in the order in which they are hashed. */
export function tupleBytes(tuple: FourTuple): Uint8Array {
  const { localAddress, localPort, remoteAddress, remotePort } = tuple;
  return Uint8Array.of(
    ...localAddress,
    localPort >>> 8,
    localPort & 0xff,
    ...remoteAddress,
    remotePort >>> 8,
    remotePort & 0xff,
  );
}

function rotl(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** HalfSipHash-2-4 with 32 bits of output (Aumasson and Bernstein, SipHash). Unsigned. */
export function halfSipHash(bytes: Uint8Array, secret: IsnSecret): number {
  const v: [number, number, number, number] = [
    secret.k0 | 0,
    secret.k1 | 0,
    secret.k0 ^ 0x6c79_6765,
    secret.k1 ^ 0x7465_6462,
  ];
  const whole = bytes.length & ~3;
  for (let at = 0; at < whole; at += 4) absorb(v, wordAt(bytes, at, 4));
  absorb(v, wordAt(bytes, whole, bytes.length - whole) | (bytes.length << 24));
  v[2] ^= 0xff;
  for (let round = 0; round < 4; round += 1) sipRound(v);
  return (v[1] ^ v[3]) >>> 0;
}

function absorb(v: [number, number, number, number], word: number): void {
  v[3] ^= word;
  sipRound(v);
  sipRound(v);
  v[0] ^= word;
}

function sipRound(v: [number, number, number, number]): void {
  let [v0, v1, v2, v3] = v;
  v0 = (v0 + v1) | 0;
  v1 = rotl(v1, 5) ^ v0;
  v0 = rotl(v0, 16);
  v2 = (v2 + v3) | 0;
  v3 = rotl(v3, 8) ^ v2;
  v0 = (v0 + v3) | 0;
  v3 = rotl(v3, 7) ^ v0;
  v2 = (v2 + v1) | 0;
  v1 = rotl(v1, 13) ^ v2;
  v2 = rotl(v2, 16);
  v[0] = v0;
  v[1] = v1;
  v[2] = v2;
  v[3] = v3;
}

/** Up to four octets, the first one lowest. */
function wordAt(bytes: Uint8Array, at: number, count: number): number {
  let word = 0;
  for (let index = 0; index < count; index += 1) word |= (bytes[at + index] ?? 0) << (8 * index);
  return word;
}
