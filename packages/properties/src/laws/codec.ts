import { decodeTcp, encodeTcp, type Result, type TcpSegment } from "@synfin/core/wire";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { firstDifference } from "../run/difference.ts";
import { toHex } from "../run/hex.ts";

/** Something that writes segments and reads them. */
export interface Codec {
  readonly encode: (segment: TcpSegment) => Result<Uint8Array>;
  readonly decode: (bytes: Uint8Array) => Result<TcpSegment>;
}

const OURS: Codec = { encode: encodeTcp, decode: decodeTcp };

/**
 * `encodeDecodeIdentity` for any codec.
 *
 * @param codec for example your own, or a broken one to see the law at work
 */
export function encodeDecodeIdentityOf(codec: Codec): Law<TcpSegment> {
  return defineLaw({
    name: "encodeDecodeIdentity",
    source: "RFC 9293 §3.1, §3.2",
    says: "A segment that is encoded and decoded is the same segment, and its octets stay.",
    premises: ["segment encoded", "with options", "with text", "with reserved bits"],
    examine(segment, notes) {
      notes.met("segment encoded");
      if (segment.options.length > 0) notes.met("with options");
      if (segment.payload.length > 0) notes.met("with text");
      if (segment.reserved !== 0) notes.met("with reserved bits");
      checkIdentity(codec, segment, notes);
    },
  });
}

/**
 * Encoding and decoding is the identity, both ways: the segment that comes
 * back is the one that was written, and writing it again gives the same
 * octets. Every field, reserved bit and unknown option counts (RFC 9293 §3.1,
 * §3.2), or a capture that passes through would be changed.
 */
export const encodeDecodeIdentity: Law<TcpSegment> = encodeDecodeIdentityOf(OURS);

function checkIdentity(codec: Codec, segment: TcpSegment, notes: Notes): void {
  const bytes = codec.encode(segment);
  if (!bytes.ok) {
    notes.broken(`refuses to encode it: ${bytes.error.message}`);
    return;
  }
  const back = codec.decode(bytes.value);
  if (!back.ok) {
    notes.broken(`refuses what it encoded, ${toHex(bytes.value)}: ${back.error.message}`);
    return;
  }
  const difference = firstDifference(segment, back.value);
  if (difference !== "") notes.broken(`encoded and decoded it differs in ${difference}`);
  const again = codec.encode(back.value);
  const octets = again.ok ? firstDifference(bytes.value, again.value) : again.error.message;
  if (octets !== "") notes.broken(`encoded once more its octets differ in ${octets}`);
}
