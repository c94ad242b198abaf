import type { Language } from "../locale/language.ts";
import { FIELD_MEANINGS } from "./field-meanings.ts";

/** What there is to know of a field of a TCP header. */
export interface FieldNote {
  /** Where it stands, what it holds, and what that means. */
  readonly text: string;
  /** The octets that hold it, from the first to the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** The fields by their names, with their bits in the header: RFC 9293 Figure 1. */
export const FIELD_BITS: Readonly<Record<string, readonly [at: number, count: number]>> = {
  srcPort: [0, 16],
  dstPort: [16, 16],
  seq: [32, 32],
  ack: [64, 32],
  offset: [96, 4],
  reserved: [100, 4],
  CWR: [104, 1],
  ECE: [105, 1],
  URG: [106, 1],
  ACK: [107, 1],
  PSH: [108, 1],
  RST: [109, 1],
  SYN: [110, 1],
  FIN: [111, 1],
  window: [112, 16],
  checksum: [128, 16],
  urgent: [144, 16],
};

/** The note for a field of this header. Options take what the other fields leave. */
export function noteOf(field: string, header: DataView, language: Language): FieldNote {
  const [at, count] = FIELD_BITS[field] ?? [160, 8 * header.byteLength - 160];
  const from = at >>> 3;
  const to = (at + count + 7) >>> 3;
  const octets = Array.from({ length: to - from }, (_, index) => header.getUint8(from + index));
  const bits = octets.map((octet) => octet.toString(2).padStart(8, "0")).join("");
  const own = bits.slice(at & 7, (at & 7) + count);
  const hex = octets.map((octet) => octet.toString(16).padStart(2, "0")).join("");
  const value = count % 8 === 0 ? `0x${hex}` : `${own.replace(/^(.{4})(?=.)/, "$1 ")}₂`;
  const words = FIELD_MEANINGS[language];
  const where = words.where(range(from, to), range(at, at + count));
  // A bit's cell holds nothing but its name, which is worth saying again.
  const name = count === 1 ? `${field}, ` : "";
  return {
    text: `${name}${where}: ${value}. ${words.fields[field] ?? words.fields["options"]}`,
    from,
    to,
  };
}

/** `4–7`, or `13` alone. */
function range(from: number, to: number): string {
  return to - from === 1 ? `${from}` : `${from}–${to - 1}`;
}
