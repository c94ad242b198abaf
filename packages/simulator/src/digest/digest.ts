import { finish, mix } from "../random/draw.ts";

/** Changes with the algorithm: digests of different versions are not to be compared. */
export const DIGEST_VERSION = 1;

const LANE_A = 0x243f_6a88;
const LANE_B = 0x85a3_08d3;

/**
 * The digest of a run: two 32-bit hashes of every event, each summed modulo
 * 2³² over all events. A sum knows no order, so shards that each saw a part of
 * the run add up to the same digest; each event's own numbers (its time, its
 * connection, its place in that connection's history) hold the order.
 */
export class Digest {
  private a = 0;
  private b = 0;
  private laneA = 0;
  private laneB = 0;

  /** Begins an event of this kind at this time. */
  begin(kind: number, atUs: number): this {
    this.laneA = mix(LANE_A, DIGEST_VERSION);
    this.laneB = mix(LANE_B, DIGEST_VERSION);
    return this.word(kind)
      .word(atUs >>> 0)
      .word(Math.floor(atUs / 0x1_0000_0000));
  }

  /** One more number of the event: an integer that fits 32 bits. */
  word(value: number): this {
    this.laneA = mix(this.laneA, value);
    this.laneB = mix(this.laneB, value ^ LANE_B);
    return this;
  }

  text(value: string): this {
    for (let index = 0; index < value.length; index += 1) this.word(value.charCodeAt(index));
    return this.word(value.length);
  }

  bytes(value: Uint8Array): this {
    for (const byte of value) this.word(byte);
    return this.word(value.length);
  }

  /** Ends the event. */
  end(): void {
    this.a = (this.a + finish(this.laneA)) >>> 0;
    this.b = (this.b + finish(this.laneB)) >>> 0;
  }

  /** Adds what another shard has seen. */
  merge(other: Digest): void {
    this.a = (this.a + other.a) >>> 0;
    this.b = (this.b + other.b) >>> 0;
  }

  /** Takes back what `toString` gave. Throws for anything else: a bug. */
  static fromString(text: string): Digest {
    if (!/^[0-9a-f]{16}$/.test(text)) throw new RangeError(`synfin: "${text}" is no digest`);
    const digest = new Digest();
    digest.a = Number.parseInt(text.slice(0, 8), 16);
    digest.b = Number.parseInt(text.slice(8), 16);
    return digest;
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return hex8(this.a) + hex8(this.b);
  }
}

function hex8(value: number): string {
  return value.toString(16).padStart(8, "0");
}
