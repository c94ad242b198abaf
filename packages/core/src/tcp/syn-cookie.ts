import { type FourTuple, halfSipHash, type IsnSecret, tupleBytes } from "./isn.ts";

/**
 * SYN cookies, RFC 4987 §3.6 and Appendix A: an initial sequence number that
 * holds all that a listener has to remember of a SYN.
 *
 *     5 bits              2 bits            25 bits
 *     counter modulo 32   which MSS value   keyed hash
 *
 * The hash covers both ends, the peer's ISN, the whole counter and the MSS
 * value, so that no one who lacks the secret can make one up, change one, or
 * use one of another connection or of another hour.
 */
const MSS_SHIFT = 25;
const COUNTER_SHIFT = 27;
const HASH_MASK = 0x01ff_ffff;
const COUNTER_MASK = 31;

/** The counter goes up every 64 seconds. */
const TICK_US = 64_000_000;
/** A cookie of this tick counts, and one of the last. */
const TICKS = 2;

/** After so long no cookie is good any more. */
export const COOKIE_LIFETIME_US: number = TICKS * TICK_US;

/**
 * The MSS values that two bits can say, in order: the least that is believed,
 * what is assumed over IPv4 and over IPv6 (MUST-15), and Ethernet's. The one
 * that counts is the largest that is not above the offer (MUST-16).
 */
const MSS_VALUES: readonly number[] = [64, 536, 1220, 1460];

/**
 * The initial sequence number for the answer to a SYN.
 *
 * @param irs the SYN's own sequence number
 * @param mss what its MSS option says, or what is assumed without one
 */
export function synCookie(
  tuple: FourTuple,
  irs: number,
  mss: number,
  nowUs: number,
  secret: IsnSecret,
): number {
  const last = MSS_VALUES.findLastIndex((value) => value <= mss);
  return cookieOf(tuple, irs, Math.max(0, last), Math.floor(nowUs / TICK_US), secret);
}

/**
 * The MSS in a cookie that has come back, or undefined where it is none of
 * ours for this connection, or too old.
 *
 * @param irs the sequence number of the ACK, less one
 * @param cookie its acknowledgment number, less one
 */
export function cookieMss(
  tuple: FourTuple,
  irs: number,
  cookie: number,
  nowUs: number,
  secret: IsnSecret,
): number | undefined {
  const now = Math.floor(nowUs / TICK_US);
  const age = (now - (cookie >>> COUNTER_SHIFT)) & COUNTER_MASK;
  if (age >= TICKS || age > now) return undefined;
  const which = (cookie >>> MSS_SHIFT) & 3;
  const ours = cookieOf(tuple, irs, which, now - age, secret);
  return ours === cookie ? MSS_VALUES[which] : undefined;
}

function cookieOf(
  tuple: FourTuple,
  irs: number,
  which: number,
  counter: number,
  secret: IsnSecret,
): number {
  const ends = tupleBytes(tuple);
  const bytes = new Uint8Array(ends.length + 9);
  bytes.set(ends);
  const view = new DataView(bytes.buffer);
  view.setUint32(ends.length, irs);
  view.setUint32(ends.length + 4, counter >>> 0);
  view.setUint8(ends.length + 8, which);
  const hash = halfSipHash(bytes, secret) & HASH_MASK;
  return (((counter & COUNTER_MASK) << COUNTER_SHIFT) | (which << MSS_SHIFT) | hash) >>> 0;
}
