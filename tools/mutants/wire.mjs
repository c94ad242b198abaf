/** Ways to break what stands on the wire: §3.1, §3.2, and the ISN of §3.4.1. */
const WIRE = "packages/core/src/wire";
const ISN = "packages/core/src/tcp/isn.ts";

/** @type {readonly import("./mutant.mjs").Mutant[]} */
export const WIRE_MUTANTS = [
  {
    what: "the window field is a signed number",
    file: "packages/core/src/tcp/arrives/peer-syn.ts",
    find: "setWindow(tcb, segment, segment.window * (1 << tcb.sndScale));",
    replace: "setWindow(tcb, segment, ((segment.window << 16) >> 16) * (1 << tcb.sndScale));",
    breaks: ["MUST-1"],
  },
  {
    what: "the pseudo-header leaves out the protocol",
    file: `${WIRE}/checksum.ts`,
    find: "return addresses + PROTOCOL_TCP + length",
    replace: "return addresses + length",
    breaks: ["MUST-2"],
  },
  {
    what: "the checksum of what arrives is not looked at",
    file: `${WIRE}/verify.ts`,
    find: "return ipChecksumRight(bytes, start) && tcpChecksumRight(bytes);",
    replace: "return ipChecksumRight(bytes, start);",
    breaks: ["MUST-3"],
  },
  {
    what: "an EOL does not end the options",
    file: `${WIRE}/decode-options.ts`,
    find: '      options.push({ name: "eol", padding: bytes.subarray(at + 1, end) });\n      break;',
    replace:
      '      options.push({ name: "eol", padding: bytes.subarray(at + 1, end) });\n      at += 1;\n      continue;',
    breaks: ["MUST-4"],
  },
  {
    what: "a NOP is two octets long",
    file: `${WIRE}/decode-options.ts`,
    find: "if (kind === OptionKind.EOL || kind === OptionKind.NOP) return 1;",
    replace: "if (kind === OptionKind.EOL) return 1;\n  if (kind === OptionKind.NOP) return 2;",
    breaks: ["MUST-4", "MUST-64"],
  },
  {
    what: "options are read from a SYN only",
    file: `${WIRE}/read-packet.ts`,
    find: "if (headerLength > 20) readOptions(",
    replace: "if (headerLength > 20 && (into.flags & 2) !== 0) readOptions(",
    breaks: ["MUST-5"],
  },
  {
    what: "an EOL does not end the options of a packet",
    file: `${WIRE}/read-packet.ts`,
    find: "    if (kind === OptionKind.EOL) return;\n",
    replace: "",
    breaks: ["MUST-4"],
  },
  {
    what: "an unknown option of a packet is taken for its first two octets",
    file: `${WIRE}/read-packet.ts`,
    find: "readOption(bytes, at, kind, length, into);\n    at += length;",
    replace:
      "readOption(bytes, at, kind, length, into);\n    at += kind > 8 && kind !== 28 ? 2 : length;",
    breaks: ["MUST-6", "MUST-68"],
  },
  {
    what: "an unknown option ends the options",
    file: `${WIRE}/decode-options.ts`,
    find: "    options.push(decodeOption(bytes, at, kind, length));\n    at += length;",
    replace:
      '    options.push(decodeOption(bytes, at, kind, length));\n    if (options.at(-1)?.name === "unknown") break;\n    at += length;',
    breaks: ["MUST-6"],
  },
  {
    what: "an unknown option is one octet long",
    file: `${WIRE}/decode-options.ts`,
    find: "return length >= 2 && at + length <= end ? length : 0;",
    replace: "return kind > 8 && kind !== 28 ? 1 : length >= 2 && at + length <= end ? length : 0;",
    breaks: ["MUST-6", "MUST-68"],
  },
  {
    what: "an option of length zero is taken for one octet",
    file: `${WIRE}/decode-options.ts`,
    find: "return length >= 2 && at + length <= end ? length : 0;",
    replace: "return length >= 2 && at + length <= end ? length : 1;",
    breaks: ["MUST-7"],
  },
  {
    what: "an option of illegal length resets, whatever the parameters say",
    file: "packages/core/src/tcp/segment-arrives.ts",
    find: "if (params.badOptionResets === 0 || !mayBeThePeers(tcb, segment)) return;",
    replace: "if (!mayBeThePeers(tcb, segment)) return;",
    breaks: ["MUST-7"],
  },
  {
    what: "an option has to begin at a word",
    file: `${WIRE}/decode-options.ts`,
    find: "    at += length;\n  }\n  return { options, errors };",
    replace: "    at += length === 1 ? 1 : (length + 3) & ~3;\n  }\n  return { options, errors };",
    breaks: ["MUST-64"],
  },
  {
    what: "what fills the header up to the data offset is NOPs",
    file: `${WIRE}/tcp-segment.ts`,
    find: "const bytes = new Uint8Array(headerLength + segment.payload.length);",
    replace: "const bytes = new Uint8Array(headerLength + segment.payload.length).fill(1);",
    breaks: ["MUST-69"],
  },
  {
    what: "the ISN's clock ticks once in a microsecond",
    file: ISN,
    find: "const TICK_US = 4;",
    replace: "const TICK_US = 1;",
    breaks: ["MUST-8"],
  },
  {
    what: "the ISN's secret is not used",
    file: ISN,
    find: "return (clock + halfSipHash(tupleBytes(tuple), secret)) >>> 0;",
    replace: "return (clock + halfSipHash(tupleBytes(tuple), { ...secret, k0: 0, k1: 0 })) >>> 0;",
    breaks: ["MUST-9"],
  },
  {
    what: "the ISN is the clock alone",
    file: ISN,
    find: "return (clock + halfSipHash(tupleBytes(tuple), secret)) >>> 0;",
    replace: "return (clock + 0 * halfSipHash(tupleBytes(tuple), secret)) >>> 0;",
    breaks: ["MUST-9", "SHLD-1"],
  },
];
