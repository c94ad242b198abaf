import { seqAdd, seqDiff } from "@synfin/core/tcp";

interface Piece {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/**
 * Text that came out of order. The machine says which octets it keeps and
 * when they are due; here are the bytes of them.
 */
export class HeldBytes {
  private pieces: Piece[] = [];

  /** Keeps a copy of these bytes, the first of which has this sequence number. */
  keep(seq: number, bytes: Uint8Array): void {
    this.pieces.push({ seq, bytes: bytes.slice() });
  }

  /**
   * The bytes from `seq` on, put together from what has been kept. Throws
   * where one of them never was: the machine counted what we do not have.
   */
  take(seq: number, length: number): Uint8Array {
    const whole = new Uint8Array(length);
    const filled = new Uint8Array(length);
    for (const piece of this.pieces) copyOverlap(piece, seq, whole, filled);
    if (filled.includes(0)) throw new Error(`synfin: bytes from ${seq} on were never kept`);
    const end = seqAdd(seq, length);
    this.pieces = this.pieces.filter((piece) => {
      return seqDiff(seqAdd(piece.seq, piece.bytes.length), end) > 0;
    });
    return whole;
  }
}

function copyOverlap(piece: Piece, seq: number, whole: Uint8Array, filled: Uint8Array): void {
  const offset = seqDiff(piece.seq, seq);
  const from = Math.max(0, -offset);
  const to = Math.min(piece.bytes.length, whole.length - offset);
  if (from >= to) return;
  whole.set(piece.bytes.subarray(from, to), offset + from);
  filled.fill(1, offset + from, offset + to);
}
