import { clearOptions, type Segment } from "@synfin/core/tcp";

/** Who sent a segment to whom, beside the segment. */
export interface Envelope {
  src: number;
  srcPort: number;
  dst: number;
  dstPort: number;
  /** The connection's number, or 0 where no connection sent it. */
  flow: number;
}

const WORDS = 11;
const FIRST_RECORDS = 256;

const BIT_SACK_PERMITTED = 1 << 5;
const BIT_TIMESTAMPS = 1 << 6;
const BIT_BAD_OPTION = 1 << 7;
const BIT_LAYOUT = 1 << 8;
/** Urgent text, SACK blocks or a user timeout: few segments carry them, so they lie elsewhere. */
const BIT_RARE = 1 << 9;

/** The segments that are on their way: a record each, used again once it has arrived. */
export class Flights {
  #words = new Int32Array(FIRST_RECORDS * WORDS);
  #made = 0;
  readonly #free: number[] = [];
  readonly #rare = new Map<number, Segment>();

  /** Writes a segment down. @returns the number of its record. */
  add(envelope: Envelope, segment: Readonly<Segment>): number {
    const flight = this.#free.pop() ?? this.#make();
    const words = this.#words;
    const at = flight * WORDS;
    const rare = isRare(segment);
    if (rare) this.#rare.set(flight, { ...segment });
    words[at] = envelope.src;
    words[at + 1] = envelope.dst;
    words[at + 2] = (envelope.srcPort << 16) | envelope.dstPort;
    words[at + 3] = envelope.flow;
    words[at + 4] = segment.seq;
    words[at + 5] = segment.ack;
    words[at + 6] = (segment.window << 16) | segment.length;
    words[at + 7] = (segment.mss << 16) | (segment.flags << 8);
    words[at + 8] = packOptions(segment) | (rare ? BIT_RARE : 0);
    words[at + 9] = segment.tsVal;
    words[at + 10] = segment.tsEcr;
    return flight;
  }

  /** Reads a record. */
  read(flight: number, envelope: Envelope, segment: Segment): void {
    const words = this.#words;
    const at = flight * WORDS;
    envelope.src = (words[at] ?? 0) >>> 0;
    envelope.dst = (words[at + 1] ?? 0) >>> 0;
    const ports = words[at + 2] ?? 0;
    envelope.srcPort = ports >>> 16;
    envelope.dstPort = ports & 0xffff;
    envelope.flow = (words[at + 3] ?? 0) >>> 0;
    const bits = words[at + 8] ?? 0;
    if ((bits & BIT_RARE) !== 0) {
      Object.assign(segment, this.#rare.get(flight));
      return;
    }
    clearOptions(segment);
    segment.seq = (words[at + 4] ?? 0) >>> 0;
    segment.ack = (words[at + 5] ?? 0) >>> 0;
    const extent = words[at + 6] ?? 0;
    segment.window = extent >>> 16;
    segment.length = extent & 0xffff;
    const kind = words[at + 7] ?? 0;
    segment.mss = kind >>> 16;
    segment.flags = (kind >>> 8) & 0xff;
    segment.urgentPointer = 0;
    segment.optionLayout = (bits & BIT_LAYOUT) === 0 ? 0 : 1;
    if ((bits & ~BIT_LAYOUT) === 0) return;
    segment.windowScale = (bits & 31) - 1;
    segment.sackPermitted = (bits & BIT_SACK_PERMITTED) === 0 ? 0 : 1;
    segment.hasTimestamps = (bits & BIT_TIMESTAMPS) === 0 ? 0 : 1;
    segment.badOption = (bits & BIT_BAD_OPTION) === 0 ? 0 : 1;
    segment.tsVal = (words[at + 9] ?? 0) >>> 0;
    segment.tsEcr = (words[at + 10] ?? 0) >>> 0;
  }

  /** It has arrived, or will not. */
  drop(flight: number): void {
    if (((this.#words[flight * WORDS + 8] ?? 0) & BIT_RARE) !== 0) this.#rare.delete(flight);
    this.#free.push(flight);
  }

  get bytes(): number {
    return 4 * this.#words.length;
  }

  #make(): number {
    if (this.#made * WORDS === this.#words.length) {
      const wider = new Int32Array(2 * this.#words.length);
      wider.set(this.#words);
      this.#words = wider;
    }
    this.#made += 1;
    return this.#made - 1;
  }
}

function isRare(segment: Readonly<Segment>): boolean {
  return segment.urgentPointer !== 0 || segment.sackCount !== 0 || segment.userTimeout !== -1;
}

function packOptions(segment: Readonly<Segment>): number {
  return (
    (segment.windowScale + 1) |
    (segment.sackPermitted === 0 ? 0 : BIT_SACK_PERMITTED) |
    (segment.hasTimestamps === 0 ? 0 : BIT_TIMESTAMPS) |
    (segment.badOption === 0 ? 0 : BIT_BAD_OPTION) |
    (segment.optionLayout === 0 ? 0 : BIT_LAYOUT)
  );
}

/** An envelope to be used again and again. */
export function createEnvelope(): Envelope {
  return { src: 0, srcPort: 0, dst: 0, dstPort: 0, flow: 0 };
}
