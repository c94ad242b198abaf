import type { Ratio } from "../scenario/scenario.ts";
import { BUCKET_COUNT, bucketOf, bucketRange, MAX_VALUE } from "./buckets.ts";

/** A histogram as JSON: what it counted, in integers only. */
export interface HistogramJson {
  readonly count: number;
  /** The least and the greatest value; both 0 where nothing was counted. */
  readonly min: number;
  readonly max: number;
  /** The sum of all values as `high · 2³² + low`. */
  readonly sum: readonly [high: number, low: number];
  /** The buckets that are not empty, in order: which, and how many values it holds. */
  readonly buckets: readonly (readonly [bucket: number, count: number])[];
}

/** A histogram, or one line that says what was wrong. */
export type HistogramResult =
  | { readonly ok: true; readonly value: Histogram }
  | { readonly ok: false; readonly message: string };

const WORD = 0x1_0000_0000;

/**
 * Counts integers, such as microseconds, in buckets that are never wider than
 * 1/128 of their values (0.8 %). Everything in it is an integer that adds up
 * exactly, so histograms of shards merge to the same in any order.
 *
 * Our own, because hdr-histogram-js 3.0.1 bundles to 60 kB gzip with its
 * WebAssembly, and a worker's whole bundle has 25 kB.
 */
export class Histogram {
  readonly #buckets = new Float64Array(BUCKET_COUNT);
  #count = 0;
  #min = MAX_VALUE;
  #max = 0;
  #sumHigh = 0;
  #sumLow = 0;

  get count(): number {
    return this.#count;
  }

  /** The least value; 0 where nothing was counted. */
  get min(): number {
    return this.#count === 0 ? 0 : this.#min;
  }

  get max(): number {
    return this.#max;
  }

  /** The mean of the values themselves, not of their buckets; 0 where nothing was counted. */
  get mean(): number {
    if (this.#count === 0) return 0;
    const whole = Math.floor(this.#sumHigh / this.#count);
    return whole * WORD + ((this.#sumHigh % this.#count) * WORD + this.#sumLow) / this.#count;
  }

  /** Counts one value: an integer from 0 to 2⁵³ − 1. Anything else is a bug. */
  record(value: number): void {
    if (!(Number.isSafeInteger(value) && value >= 0)) {
      throw new RangeError(
        `synfin: the value is ${value}; it must be an integer from 0 to 2⁵³ − 1`,
      );
    }
    const bucket = bucketOf(value);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#count += 1;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    this.#add(Math.floor(value / WORD), value % WORD);
  }

  /** Adds what another one counted, which stays as it is. */
  merge(other: Histogram): void {
    other.#buckets.forEach((count, bucket) => {
      this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + count;
    });
    this.#count += other.#count;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    this.#add(other.#sumHigh, other.#sumLow);
  }

  /**
   * The least value that at least so great a part of all values does not
   * exceed: `[99, 100]` for p99. Exact below 256, else the upper edge of its
   * bucket, up to 0.8 % too great; 0 where nothing was counted.
   *
   * @param part integers, from 0 to 1 as a ratio
   */
  percentile([numerator, denominator]: Ratio): number {
    if (!(denominator > 0 && numerator >= 0 && numerator <= denominator)) {
      throw new RangeError(`synfin: the part is ${numerator}/${denominator}; it must be 0 to 1`);
    }
    const rank = Math.max(1, Math.ceil((this.#count * numerator) / denominator));
    if (numerator === 0 || this.#count === 0) return this.min;
    let seen = 0;
    for (let bucket = 0; bucket < BUCKET_COUNT; bucket += 1) {
      seen += this.#buckets[bucket] ?? 0;
      if (seen >= rank) return Math.min(bucketRange(bucket)[1], this.#max);
    }
    return this.#max;
  }

  toJSON(): HistogramJson {
    const buckets: [number, number][] = [];
    this.#buckets.forEach((count, bucket) => {
      if (count > 0) buckets.push([bucket, count]);
    });
    const { min, max } = this;
    return { count: this.#count, min, max, sum: [this.#sumHigh, this.#sumLow], buckets };
  }

  /** The same numbers in a row, whose buffer can be transferred to another thread. */
  toTransfer(): Float64Array<ArrayBuffer> {
    const { count, min, max, sum, buckets } = this.toJSON();
    return Float64Array.from([count, min, max, ...sum, ...buckets.flat()]);
  }

  /** Takes back what `toTransfer` gave. Throws for anything else. */
  static fromTransfer(row: Float64Array): Histogram {
    const [count = 0, min = 0, max = 0, high = 0, low = 0, ...rest] = row;
    const buckets = Array.from({ length: Math.ceil(rest.length / 2) }, (_, index) => {
      return [rest[2 * index] ?? 0, rest[2 * index + 1] ?? 0] as const;
    });
    const result = Histogram.fromJSON({ count, min, max, sum: [high, low], buckets });
    if (!result.ok) throw new RangeError(`synfin: ${result.message}`);
    return result.value;
  }

  /** Takes back what `toJSON` gave; JSON that contradicts itself is refused. */
  static fromJSON(json: HistogramJson): HistogramResult {
    const why = contradiction(json);
    if (why !== undefined) return { ok: false, message: `bad histogram: ${why}` };
    const value = new Histogram();
    for (const [bucket, count] of json.buckets) value.#buckets[bucket] = count;
    value.#count = json.count;
    if (json.count > 0) value.#min = json.min;
    value.#max = json.max;
    value.#add(...json.sum);
    return { ok: true, value };
  }

  #add(high: number, low: number): void {
    const sum = this.#sumLow + low;
    const carry = sum >= WORD ? 1 : 0;
    this.#sumLow = sum - carry * WORD;
    this.#sumHigh += high + carry;
  }
}

/** What is wrong with JSON that claims to be a histogram. */
function contradiction({ count, min, max, sum, buckets }: HistogramJson): string | undefined {
  const [high, low] = sum;
  const numbers = [count, min, max, high, low, ...buckets.flat()];
  const bad = numbers.find((number) => !(Number.isSafeInteger(number) && number >= 0));
  if (bad !== undefined) return `${bad} should be an integer that is not negative`;
  if (low >= WORD) return `sum[1] is ${low}; it should be below 2³²`;
  const disorder = buckets.find(([bucket], index) => bucket <= (buckets[index - 1]?.[0] ?? -1));
  if (disorder !== undefined) return `bucket ${disorder[0]} should come in ascending order`;
  const held = buckets.reduce((all, [, inside]) => all + inside, 0);
  if (held !== count) return `count is ${count}, but its buckets hold ${held}`;
  if (count === 0) return undefined;
  const [first, last] = [buckets[0]?.[0], buckets.at(-1)?.[0]];
  if (first !== bucketOf(min)) return `min is ${min}, which is not in the first bucket`;
  return last === bucketOf(max) ? undefined : `max is ${max}, which is not in the last bucket`;
}
