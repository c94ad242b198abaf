/**
 * What reading a packet costs: the codec's two ways beside raw `DataView`
 * reads of the same fields, which is the limit, and beside decoders from npm.
 */
import { createPacketFields, decodePacket, readPacket } from "@synfin/core/wire";
import { buildCorpus, Layout } from "./codec-corpus.mjs";
import { npmDecoders } from "./codec-npm.mjs";
import { measureInTurns } from "./measure.mjs";

/** @typedef {import("./codec-corpus.mjs").Corpus} Corpus */
/** @typedef {import("@synfin/core/wire").PacketFields} PacketFields */

/**
 * All of them in turns; the first is the limit. Nanoseconds for each packet.
 *
 * @param {{ packets?: number, rounds?: number, npm?: boolean }} [options] how many packets make a
 *   round, and whether decoders from npm are installed to be measured as well
 */
export async function measureCodec({ packets = 200_000, rounds = 15, npm = true } = {}) {
  const corpus = buildCorpus();
  const passes = Math.max(1, Math.round(packets / corpus.layouts.length));
  const cases = [
    { name: "raw DataView reads of the same fields", run: rawPass(corpus) },
    { name: "readPacket: checked, into fields that are used again", run: readPass(corpus) },
    { name: "decodePacket: lossless, a new structure each", run: decodePass(corpus) },
  ];
  const others = npm ? await npmDecoders(corpus) : [];
  const repeated = cases.map(({ name, run }) => ({ name, run: () => repeat(run, passes) }));
  const theirs = others.map((one) =>
    "skipped" in one
      ? { name: one.name, run: () => ({ skipped: one.skipped }) }
      : { name: one.name, run: () => repeat(one.run, passes) },
  );
  return measureInTurns([...repeated, ...theirs], { rounds, warmUp: 2 });
}

/**
 * @param {() => number} pass reads every packet of the corpus once, and returns how many
 * @param {number} passes
 */
function repeat(pass, passes) {
  let packets = 0;
  for (let count = 0; count < passes; count += 1) packets += pass();
  return packets;
}

/** @param {Corpus} corpus */
function readPass({ bytes, starts, layouts }) {
  const fields = createPacketFields();
  return () => {
    for (let nth = 0; nth < layouts.length; nth += 1) {
      const code = readPacket(bytes, starts[nth] ?? 0, starts[nth + 1] ?? 0, fields);
      if (code !== 0) throw new Error(`packet ${nth} of the corpus is refused with ${code}`);
    }
    return layouts.length;
  };
}

/** @param {Corpus} corpus */
function decodePass({ bytes, starts, layouts }) {
  return () => {
    for (let nth = 0; nth < layouts.length; nth += 1) {
      const decoded = decodePacket(bytes.subarray(starts[nth], starts[nth + 1]));
      if (!decoded.ok) throw new Error(`packet ${nth} of the corpus: ${decoded.error.message}`);
    }
    return layouts.length;
  };
}

/** @param {Corpus} corpus */
function rawPass({ bytes, starts, layouts }) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields = createPacketFields();
  return () => {
    for (let nth = 0; nth < layouts.length; nth += 1) {
      readRaw(view, starts[nth] ?? 0, layouts[nth] ?? 0, fields);
    }
    return layouts.length;
  };
}

/**
 * Every field that `readPacket` fills in, from where it is known to stand:
 * nothing is checked, and no option is looked for.
 *
 * @param {DataView} view
 * @param {number} start
 * @param {number} layout
 * @param {PacketFields} into
 */
export function readRaw(view, start, layout, into) {
  const at = start + 20;
  const word = view.getUint16(at + 12);
  into.version = view.getUint8(start) >>> 4;
  into.addressAt = start + 12;
  into.tcpAt = at;
  into.srcPort = view.getUint16(at);
  into.dstPort = view.getUint16(at + 2);
  into.seq = view.getUint32(at + 4);
  into.ack = view.getUint32(at + 8);
  into.reserved = (word >>> 8) & 0x0f;
  into.flags = word & 0xff;
  into.window = view.getUint16(at + 14);
  into.checksum = view.getUint16(at + 16);
  into.urgentPointer = view.getUint16(at + 18);
  into.payloadAt = at + 4 * (word >>> 12);
  into.length = start + view.getUint16(start + 2) - into.payloadAt;
  readRawOptions(view, at + 20, layout, into);
}

/**
 * @param {DataView} view
 * @param {number} at
 * @param {number} layout
 * @param {PacketFields} into
 */
function readRawOptions(view, at, layout, into) {
  const isSyn = layout === Layout.SYN;
  const timestampsAt = isSyn ? at + 6 : at + 2;
  into.mss = isSyn ? view.getUint16(at + 2) : 0;
  into.windowScale = isSyn ? view.getUint8(at + 19) : -1;
  into.sackPermitted = isSyn ? 1 : 0;
  into.hasTimestamps = layout === Layout.BARE ? 0 : 1;
  into.tsVal = layout === Layout.BARE ? 0 : view.getUint32(timestampsAt + 2);
  into.tsEcr = layout === Layout.BARE ? 0 : view.getUint32(timestampsAt + 6);
  into.sackCount = layout === Layout.ONE_SACK_BLOCK ? 1 : 0;
  if (layout === Layout.ONE_SACK_BLOCK) {
    into.sackLeft1 = view.getUint32(at + 16);
    into.sackRight1 = view.getUint32(at + 20);
  }
  into.userTimeout = -1;
  into.badOption = 0;
  into.badOptionAt = 0;
}
