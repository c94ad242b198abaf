import type { OptionItem, SackRange } from "../ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseCount } from "./number.ts";

const KNOWN =
  'one of "mss N", "nop", "eol", "wscale N", "sackOK", "TS val N ecr N", "sack N:N", "unknown KIND 0xHEX"';

/** `<mss 1460,nop,…>`, `<...>`, or nothing at all. */
export function parseTcpOptions(cursor: Cursor): readonly OptionItem[] | "any" | undefined {
  // The next packet may begin with "<" only behind a time, so this one is ours.
  if (!cursor.take("<")) return undefined;
  if (cursor.take("...")) {
    cursor.need(">");
    return "any";
  }
  if (cursor.take(">")) return [];
  const items: OptionItem[] = [parseOption(cursor)];
  while (cursor.take(",")) items.push(parseOption(cursor));
  cursor.need(">", '"," or ">" after an option');
  return items;
}

function parseOption(cursor: Cursor): OptionItem {
  if (cursor.takeWord("mss")) return { type: "mss", value: parseCount(cursor, "an MSS", 0xffff) };
  if (cursor.takeWord("nop")) return { type: "nop" };
  if (cursor.takeWord("eol")) return { type: "eol" };
  if (cursor.takeWord("wscale")) {
    return { type: "wscale", value: parseCount(cursor, "a shift count", 0xff) };
  }
  if (cursor.takeWord("sackOK")) return { type: "sackOK" };
  if (cursor.takeWord("TS")) return parseTimestamps(cursor);
  if (cursor.takeWord("sack")) return parseSack(cursor);
  if (cursor.takeWord("unknown")) return parseUnknown(cursor);
  return cursor.fail(KNOWN);
}

function parseTimestamps(cursor: Cursor): OptionItem {
  cursor.need("val");
  const val = parseCount(cursor, "a timestamp");
  cursor.need("ecr");
  return { type: "TS", val, ecr: parseCount(cursor, "an echo reply") };
}

function parseSack(cursor: Cursor): OptionItem {
  const blocks: SackRange[] = [];
  do {
    const left = parseCount(cursor, "a block's left edge");
    cursor.need(":");
    blocks.push({ left, right: parseCount(cursor, "a block's right edge") });
  } while (/\d/.test(cursor.text.charAt(cursor.offset)));
  if (blocks.length > 4) cursor.fail("at most four blocks before this");
  return { type: "sack", blocks };
}

function parseUnknown(cursor: Cursor): OptionItem {
  const kind = parseCount(cursor, "an option kind", 0xff);
  const start = cursor.offset;
  const hex = (cursor.match(/0x[0-9a-fA-F]*/y) ?? "").slice(2).toLowerCase();
  if (hex.length % 2 === 1 || hex.length > 76) cursor.fail("0 to 38 whole octets", start);
  return { type: "unknown", kind, hex };
}
