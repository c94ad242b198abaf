import { type FlagName, flagBits } from "@synfin/core/tcp";
import type { Ack, Direction, IcmpAction, PacketAction, Position, Seq } from "../ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseCount } from "./number.ts";
import { parseTcpOptions } from "./parse-tcp-options.ts";

/** How scripts write the control bits. */
export const FLAG_LETTERS: ReadonlyMap<string, FlagName> = new Map([
  ["F", "FIN"],
  ["S", "SYN"],
  ["R", "RST"],
  ["P", "PSH"],
  [".", "ACK"],
  ["U", "URG"],
  ["E", "ECE"],
  ["W", "CWR"],
]);

/** Everything behind `<` or `>`. */
export function parsePacket(
  cursor: Cursor,
  at: Position,
  direction: Direction,
): PacketAction | IcmpAction {
  if (cursor.takeWord("icmp")) return parseIcmp(cursor, at, direction);
  const ip = cursor.take("[")
    ? cursor.until("]", '"]" after what is said of IP').trim()
    : undefined;
  const flags = parseFlags(cursor);
  const seq = parseSeq(cursor);
  const ack = cursor.takeWord("ack") ? parseAck(cursor) : undefined;
  const win = cursor.takeWord("win") ? parseCount(cursor, "a window", 0xffff) : undefined;
  const urg = cursor.takeWord("urg") ? parseCount(cursor, "an urgent pointer", 0xffff) : undefined;
  const options = parseTcpOptions(cursor);
  return { type: "packet", at, direction, ip, flags, seq, ack, win, urg, options };
}

function parseFlags(cursor: Cursor): readonly FlagName[] {
  if (cursor.take("-")) return [];
  const start = cursor.offset;
  const letters = cursor.match(/[FSRPUEW.]+/y);
  if (letters === undefined) return cursor.fail('flags, some of "FSRP.UEW", or "-" for none');
  const names = [...letters].flatMap((letter) => FLAG_LETTERS.get(letter) ?? []);
  const sum = names.reduce((bits, name) => bits + flagBits([name]), 0);
  if (sum !== flagBits(names)) cursor.fail("each flag only once", start);
  return names;
}

function parseSeq(cursor: Cursor): Seq {
  if (cursor.take("...")) return { type: "any", length: parseLength(cursor) };
  const at = cursor.offset;
  const start = parseCount(cursor, 'a range such as "0:0(0)", or "...(0)"');
  const marked = cursor.take("!");
  cursor.need(":");
  const end = parseCount(cursor, "the number after the last octet");
  const absolute = cursor.take("!") || marked;
  const length = parseLength(cursor);
  const right = (start + length) % 2 ** 32;
  if (right !== end) {
    const example = `${start}:${right}(${length})`;
    cursor.fail(`a range whose length is the difference of its ends, such as ${example}`, at);
  }
  return { type: "range", start, end, length, absolute };
}

function parseLength(cursor: Cursor): number {
  cursor.need("(", '"(" and the length');
  const length = parseCount(cursor, "a length in octets", 0xffff);
  cursor.need(")");
  return length;
}

function parseAck(cursor: Cursor): Ack {
  const value = parseCount(cursor, "an acknowledgment number");
  return { value, absolute: cursor.take("!") };
}

function parseIcmp(cursor: Cursor, at: Position, direction: Direction): IcmpAction {
  const kind = cursor.match(/[a-z]\w*/y) ?? cursor.fail('an ICMP type such as "unreachable"');
  const code = cursor.match(/(?!mtu\b)[a-z]\w*/y);
  const mtu = cursor.takeWord("mtu") ? parseCount(cursor, "an MTU", 0xffff) : undefined;
  const payload = cursor.take("[") ? parseSeq(cursor) : undefined;
  if (payload !== undefined) cursor.need("]");
  return { type: "icmp", at, direction, kind, code, mtu, payload };
}
