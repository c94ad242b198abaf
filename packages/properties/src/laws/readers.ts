import {
  createPacketFields,
  dataOffsetFor,
  decodeTcp,
  encodeIp,
  encodeTcp,
  type IpPacket,
  OptionKind,
  type PacketFields,
  readPacket,
  type TcpOption,
  type TcpSegment,
} from "@synfin/core/wire";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { firstDifference } from "../run/difference.ts";

/**
 * The reader that allocates nothing understands of a packet what its options
 * say: each by its own length, wherever it begins, whatever stands between
 * them; nothing behind an EOL; and the last one where a kind comes twice
 * (RFC 9293 §3.1, §3.2: MUST-4, MUST-5, MUST-6, MUST-64, MUST-68). What fills
 * the header behind the options is zeros (MUST-69).
 */
export const readersAgree: Law<TcpSegment> = defineLaw({
  name: "readersAgree",
  source: "RFC 9293 §3.1, §3.2 MUST-4 to MUST-6, MUST-64, MUST-68, MUST-69",
  says: "Whoever reads a segment understands its options alike; zeros fill the header.",
  premises: ["option understood", "option unknown", "header filled up"],
  examine(segment, notes) {
    checkReader(segment, notes);
    checkFilling(segment, notes);
  },
});

function checkReader(segment: TcpSegment, notes: Notes): void {
  const fields = read(segment, notes);
  if (fields === undefined) return;
  const wanted = understood(segment.options);
  notes.met("option understood", segment.options.filter(({ name }) => name !== "unknown").length);
  notes.met("option unknown", segment.options.filter(({ name }) => name === "unknown").length);
  const { mss, windowScale, sackPermitted, hasTimestamps, tsVal, tsEcr } = fields;
  const found = {
    mss,
    windowScale,
    sackPermitted,
    hasTimestamps,
    tsVal,
    tsEcr,
    badOption: fields.badOption,
  };
  const difference = firstDifference(wanted, found);
  if (difference !== "") notes.broken(`its options are read otherwise: ${difference}`);
}

function read(segment: TcpSegment, notes: Notes): PacketFields | undefined {
  const tcp = encodeTcp(segment);
  const packet = tcp.ok ? encodeIp(around(tcp.value)) : tcp;
  if (!packet.ok) {
    notes.broken(`refuses to encode it: ${packet.error.message}`);
    return undefined;
  }
  const fields = createPacketFields();
  const code = readPacket(packet.value, 0, packet.value.length, fields);
  if (code === 0) return fields;
  notes.broken(`its packet is refused with ${code}`);
  return undefined;
}

function around(payload: Uint8Array): IpPacket {
  return {
    ...{ version: 4, ihl: 5, trafficClass: 0, totalLength: 20 + payload.length },
    ...{ identification: 0, flags: 0, fragmentOffset: 0, hopLimit: 64, protocol: 6 },
    ...{ headerChecksum: 0, options: NONE, payload, trailer: NONE },
    ...{ src: new Uint8Array([192, 0, 2, 1]), dst: new Uint8Array([192, 0, 2, 2]) },
  };
}

const NONE = new Uint8Array(0);

interface Understood {
  mss: number;
  windowScale: number;
  sackPermitted: number;
  hasTimestamps: number;
  tsVal: number;
  tsEcr: number;
  badOption: number;
}

function understood(options: readonly TcpOption[]): Understood {
  const told: Understood = {
    ...{ mss: 0, windowScale: -1, sackPermitted: 0, hasTimestamps: 0, tsVal: 0, tsEcr: 0 },
    badOption: 0,
  };
  for (const option of options) {
    if (option.name === "mss") told.mss = option.value;
    if (option.name === "window-scale") told.windowScale = option.shift;
    if (option.name === "sack-permitted") told.sackPermitted = 1;
    if (option.name === "timestamps") {
      Object.assign(told, { hasTimestamps: 1, tsVal: option.value, tsEcr: option.echoReply });
    }
  }
  return told;
}

/** The options without what fills them up: the encoder has to do it. */
function checkFilling(segment: TcpSegment, notes: Notes): void {
  const bare = segment.options.filter(({ name }) => name !== "eol");
  const dataOffset = dataOffsetFor(bare);
  const bytes = encodeTcp({ ...segment, options: bare, dataOffset });
  if (!bytes.ok) return;
  const back = decodeTcp(bytes.value);
  const last = back.ok ? back.value.options.at(-1) : undefined;
  if (last === undefined || firstDifference(last, bare.at(-1)) === "") return;
  notes.met("header filled up");
  const zeros = last.name === "eol" && last.padding.every((octet) => octet === 0);
  if (!zeros) notes.broken(`the header is filled up with ${JSON.stringify(last)}, not with zeros`);
}

/**
 * An option of an illegal length does no harm: it is reported, what stands
 * before it is understood, and the rest of the segment is there (RFC 9293
 * §3.1: MUST-7).
 */
export const badOptionsDoNoHarm: Law<TcpSegment> = defineLaw({
  name: "badOptionsDoNoHarm",
  source: "RFC 9293 §3.1 MUST-7",
  says: "An option of an illegal length is reported, and the rest of the segment is there.",
  premises: ["length made illegal"],
  examine(segment, notes) {
    const whole = encodeTcp(segment);
    const at = whole.ok ? firstLength(whole.value) : -1;
    if (!whole.ok || at === -1) return;
    for (const length of [0, 1, 200]) checkBad(segment, whole.value, at, length, notes);
  },
});

/** Where the first option's length stands; −1 where there is none but EOL and NOP. */
function firstLength(bytes: Uint8Array): number {
  const end = 4 * ((bytes[12] ?? 0) >>> 4);
  for (let at = 20; at < end; at += 1) {
    const kind = bytes[at];
    if (kind === OptionKind.EOL) return -1;
    if (kind !== OptionKind.NOP) return at + 1;
  }
  return -1;
}

function checkBad(
  segment: TcpSegment,
  whole: Uint8Array,
  at: number,
  length: number,
  notes: Notes,
): void {
  const bytes = whole.slice();
  bytes[at] = length;
  notes.met("length made illegal");
  const back = decodeTcp(bytes);
  if (!back.ok) {
    notes.broken(
      `with an option of ${length} octets the segment is refused: ${back.error.message}`,
    );
    return;
  }
  if (back.optionErrors.length === 0) notes.broken(`an option of ${length} octets is not reported`);
  const rest = firstDifference(segment.payload, back.value.payload);
  if (rest !== "") notes.broken(`with an option of ${length} octets the text differs in ${rest}`);
}
