/**
 * The packets that the codec is measured with, as a busy server of today sees
 * them: mostly text and acknowledgments with timestamps, some SACK blocks, and
 * the handshakes and closes between them. IPv4, one behind another in one
 * array, as they stand in a capture.
 */
import { createSegment, Flag } from "@synfin/core/tcp";
import { buildPacket } from "@synfin/core/wire";

/** The arrangement of a header's options, by which the limit knows where each field stands. */
export const Layout = { BARE: 0, SYN: 1, TIMESTAMPS: 2, ONE_SACK_BLOCK: 3 };

const LINUX = 1;
const PACKETS = 1024;

/** @typedef {Partial<import("@synfin/core/tcp").Segment>} Fields */

/**
 * Kinds of packets, and how many of 32 are of each kind.
 *
 * @type {readonly { layout: number, share: number, fields: Fields }[]}
 */
const KINDS = [
  { layout: Layout.SYN, share: 1, fields: { flags: Flag.SYN, ack: 0, ...synOptions() } },
  { layout: Layout.SYN, share: 1, fields: { flags: Flag.SYN | Flag.ACK, ...synOptions() } },
  { layout: Layout.TIMESTAMPS, share: 11, fields: { flags: Flag.ACK, ...timestamps() } },
  {
    layout: Layout.TIMESTAMPS,
    share: 11,
    fields: { flags: Flag.ACK, length: 1448, ...timestamps() },
  },
  {
    layout: Layout.TIMESTAMPS,
    share: 3,
    fields: { flags: Flag.ACK | Flag.PSH, length: 120, ...timestamps() },
  },
  {
    layout: Layout.ONE_SACK_BLOCK,
    share: 1,
    fields: { flags: Flag.ACK, ...timestamps(), ...sack() },
  },
  { layout: Layout.BARE, share: 2, fields: { flags: Flag.ACK } },
  { layout: Layout.TIMESTAMPS, share: 2, fields: { flags: Flag.FIN | Flag.ACK, ...timestamps() } },
];

/**
 * @typedef {object} Corpus
 * @property {Uint8Array} bytes
 * @property {Int32Array} starts where each packet starts; one more at the end of all
 * @property {Uint8Array} layouts the options' arrangement of each packet
 */

/** @returns {Corpus} */
export function buildCorpus() {
  const deck = KINDS.flatMap((kind) => Array.from({ length: kind.share }, () => kind));
  const packets = Array.from({ length: PACKETS }, (_, nth) => {
    // An odd step that does not repeat within the deck: mixed, and the same every time.
    const kind = deck[(nth * 11 + (nth >> 5) * 7) % deck.length];
    if (kind === undefined) throw new Error("the deck is empty");
    return { layout: kind.layout, bytes: packet(nth, kind.fields) };
  });
  const starts = new Int32Array(PACKETS + 1);
  for (const [nth, { bytes }] of packets.entries())
    starts[nth + 1] = (starts[nth] ?? 0) + bytes.length;
  const bytes = new Uint8Array(starts[PACKETS] ?? 0);
  for (const [nth, one] of packets.entries()) bytes.set(one.bytes, starts[nth]);
  return { bytes, starts, layouts: Uint8Array.from(packets, ({ layout }) => layout) };
}

/**
 * @param {number} nth
 * @param {Fields} fields
 */
function packet(nth, fields) {
  const numbers = { seq: Math.imul(nth, 0x9e3779b1) >>> 0, ack: Math.imul(nth, 0x85ebca6b) >>> 0 };
  const segment = { ...createSegment(), optionLayout: LINUX, window: 502, ...numbers, ...fields };
  return buildPacket({
    src: Uint8Array.of(192, 0, 2, 1),
    dst: Uint8Array.of(192, 0, 2, 2),
    srcPort: 32768 + (nth % 28000),
    dstPort: 443,
    segment,
  });
}

function synOptions() {
  return { mss: 1460, windowScale: 7, sackPermitted: 1, window: 64240, ...timestamps() };
}

function timestamps() {
  return { hasTimestamps: 1, tsVal: 0xc0ffee00, tsEcr: 0x00c0ffee };
}

function sack() {
  return { sackCount: 1, sackLeft1: 0xf0000000, sackRight1: 0xf00005a8 };
}
