import { readU16, writeU16 } from "./bytes.ts";
import { ok, type Refused, type Result, refuse } from "./result.ts";

/**
 * An IP address from its text: 4 octets for `192.0.2.1`, 16 for
 * `2001:db8::1` or `::ffff:192.0.2.1` (RFC 4291 §2.2). Zone identifiers,
 * prefix lengths and octets with a leading zero are refused.
 */
export function parseAddress(text: string): Result<Uint8Array> {
  const bytes = text.includes(":") ? parseV6(text) : parseV4(text);
  return bytes === undefined ? notAnAddress(text) : ok(bytes);
}

/**
 * The canonical text of an address of 4 or 16 octets: dotted decimal, or
 * RFC 5952 (lower case, the longest run of zero groups as `::`, IPv4-mapped
 * ones with a dotted tail). Throws on any other length: that is a bug.
 */
export function formatAddress(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  if (bytes.length === 16) return formatV6(bytes);
  throw new RangeError(`an IP address has 4 or 16 octets, not ${bytes.length}`);
}

function notAnAddress(text: string): Refused {
  const right = "an IPv4 address such as 192.0.2.1 or an IPv6 address such as 2001:db8::1";
  return refuse("address", "address", 0, text, right);
}

function parseV4(text: string): Uint8Array | undefined {
  const parts = text.split(".");
  const octets = parts.filter((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  return parts.length === 4 && octets.length === 4 ? Uint8Array.from(octets, Number) : undefined;
}

function parseV6(text: string): Uint8Array | undefined {
  const [left = "", right, ...more] = text.split("::");
  if (more.length > 0) return undefined;
  const head = parseGroups(left, right === undefined);
  const tail = parseGroups(right ?? "", true);
  if (head === undefined || tail === undefined) return undefined;
  const given = head.length + tail.length;
  // "::" stands for at least one group; without it all eight are there.
  if (right === undefined ? given !== 8 : given > 7) return undefined;
  const groups = [...head, ...new Array<number>(8 - given).fill(0), ...tail];
  const bytes = new Uint8Array(16);
  groups.forEach((group, index) => {
    writeU16(bytes, 2 * index, group);
  });
  return bytes;
}

/** The groups of one side of the `::`; only the last one of all may be dotted decimal. */
function parseGroups(text: string, mayEndInV4: boolean): number[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    const v4 = mayEndInV4 && index === parts.length - 1 ? parseV4(part) : undefined;
    if (v4 !== undefined) groups.push(readU16(v4, 0), readU16(v4, 2));
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function formatV6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) => readU16(bytes, 2 * index));
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) return `::ffff:${bytes.subarray(12).join(".")}`;
  const [start, length] = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(":");
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

/** RFC 5952 §4.2.3: the longest run, and the first one of equals. */
function longestZeroRun(groups: readonly number[]): [start: number, length: number] {
  let best: [number, number] = [0, 0];
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best[1]) best = [start, index + 1 - start];
  });
  return best;
}
