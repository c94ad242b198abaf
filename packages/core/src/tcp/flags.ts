/**
 * The control bits of the TCP header, RFC 9293 §3.1, as they stand in the
 * header's fourteenth octet.
 */
export const Flag = {
  FIN: 0x01,
  SYN: 0x02,
  RST: 0x04,
  PSH: 0x08,
  ACK: 0x10,
  URG: 0x20,
  ECE: 0x40,
  CWR: 0x80,
} as const;

/** The name of one control bit. */
export type FlagName = keyof typeof Flag;

/** The order in which people name flags: `SYN,ACK`, `FIN,ACK`, `PSH,ACK`. */
const SPOKEN_ORDER: readonly FlagName[] = ["SYN", "FIN", "RST", "PSH", "URG", "ECE", "CWR", "ACK"];

/** The names of the bits that are set, in the order in which people say them. */
export function flagNames(flags: number): FlagName[] {
  return SPOKEN_ORDER.filter((name) => (flags & Flag[name]) !== 0);
}

/** The octet that holds exactly the named bits. */
export function flagBits(names: readonly FlagName[]): number {
  return names.reduce((bits, name) => bits | Flag[name], 0);
}
