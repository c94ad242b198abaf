import type { Cursor } from "./cursor.ts";

const MICROSECONDS = 1_000_000;

/** An unsigned decimal number. */
export function parseCount(cursor: Cursor, what: string, max = 0xffff_ffff): number {
  const start = cursor.offset;
  const digits = cursor.match(/\d+/y);
  if (digits === undefined) return cursor.fail(what);
  const value = Number(digits);
  if (value > max) return cursor.fail(`${what}, at most ${max}`, start);
  return value;
}

/** Seconds, `1`, `1.25` or `.25`, as microseconds. The blanks behind it are left. */
export function parseSeconds(cursor: Cursor): number {
  const start = cursor.offset;
  const text = cursor.matchExactly(/\d+(?:\.\d+)?|\.\d+/y);
  if (text === undefined) return cursor.fail("a time in seconds, such as 0.1");
  const [whole = "", fraction = ""] = text.split(".");
  if (/[1-9]/.test(fraction.slice(6))) cursor.fail("a time of at most six decimals", start);
  const us = Number(whole) * MICROSECONDS + Number(fraction.slice(0, 6).padEnd(6, "0"));
  if (!Number.isSafeInteger(us)) cursor.fail("a time of less than 285 years", start);
  return us;
}
