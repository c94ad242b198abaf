import fc from "fast-check";
import { expect, test } from "vitest";
import { BUCKET_COUNT, bucketOf, bucketRange, MAX_VALUE } from "../../src/stats/buckets.ts";
import { Histogram } from "../../src/stats/histogram.ts";

/** Integers of every size: most are small where they are drawn evenly by their bits. */
const value = fc
  .tuple(fc.integer({ min: 0, max: 53 }), fc.maxSafeNat())
  .map(([bits, nat]) => Math.floor(nat / 2 ** bits));
const values = fc.array(value, { maxLength: 200 });

function of(...recorded: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const one of recorded) histogram.record(one);
  return histogram;
}

function merged(...parts: readonly Histogram[]): Histogram {
  const whole = new Histogram();
  for (const part of parts) whole.merge(part);
  return whole;
}

test("every value is in its bucket, and no bucket is wider than 1/128 of it", () => {
  fc.assert(
    fc.property(value, (one) => {
      const [least, greatest] = bucketRange(bucketOf(one));
      expect(least).toBeLessThanOrEqual(one);
      expect(greatest).toBeGreaterThanOrEqual(one);
      expect((greatest - least) * 128).toBeLessThan(Math.max(128, least + 1));
    }),
  );
});

test("the buckets follow each other without a gap up to 2⁵³", () => {
  let next = 0;
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket += 1) {
    const [least, greatest] = bucketRange(bucket);
    expect(least).toBe(next);
    expect([bucketOf(least), bucketOf(greatest)]).toEqual([bucket, bucket]);
    next = greatest + 1;
  }
  expect(next - 1).toBe(MAX_VALUE);
  expect(BUCKET_COUNT).toBe(6016);
});

test("count, least, greatest and mean are those of the values, not of buckets", () => {
  const histogram = of(100_003, 1, 100_001);
  const { count, min, max, mean } = histogram;
  expect({ count, min, max, mean }).toEqual({ count: 3, min: 1, max: 100_003, mean: 200_005 / 3 });
});

test("a sum beyond 2⁵³ stays exact", () => {
  const histogram = of(...new Array<number>(1000).fill(MAX_VALUE), 5);
  const [high, low] = histogram.toJSON().sum;
  expect(BigInt(high) * 2n ** 32n + BigInt(low)).toBe(BigInt(MAX_VALUE) * 1000n + 5n);
  expect(of(MAX_VALUE, MAX_VALUE).mean).toBe(MAX_VALUE);
});

test("small values have exact percentiles", () => {
  const histogram = of(...Array.from({ length: 100 }, (_, index) => index + 1));
  const percentiles = (
    [
      [0, 1],
      [1, 100],
      [1, 2],
      [99, 100],
      [999, 1000],
      [1, 1],
    ] as const
  ).map((part) => histogram.percentile(part));
  expect(percentiles).toEqual([1, 1, 50, 99, 100, 100]);
});

test("nothing counted is all zeros", () => {
  const { count, min, max, mean } = new Histogram();
  expect([count, min, max, mean, new Histogram().percentile([99, 100])]).toEqual([0, 0, 0, 0, 0]);
});

test("percentiles lie over the exact ones by less than a bucket", () => {
  let wide = 0;
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 0, max: 1000 }),
      (recorded, thousandths) => {
        const sorted = [...recorded].sort((a, b) => a - b);
        const rank = Math.max(1, Math.ceil((sorted.length * thousandths) / 1000));
        const exact = sorted[rank - 1] ?? 0;
        const found = of(...recorded).percentile([thousandths, 1000]);
        expect(found).toBeGreaterThanOrEqual(exact);
        expect((found - exact) * 128).toBeLessThan(Math.max(1, exact));
        if (found > exact) wide += 1;
      },
    ),
  );
  expect(wide).toBeGreaterThan(5);
});

test("a merge is what one histogram of all values is, in any order", () => {
  fc.assert(
    fc.property(values, values, values, (a, b, c) => {
      const whole = of(...a, ...b, ...c).toJSON();
      expect(merged(of(...a), of(...b), of(...c)).toJSON()).toEqual(whole);
      expect(merged(of(...c), merged(of(...b), of(...a))).toJSON()).toEqual(whole);
    }),
  );
});

test("merging leaves the other one as it is, and nothing adds nothing", () => {
  const part = of(7, 8);
  merged(part, of(100));
  expect(part.toJSON()).toEqual(of(7, 8).toJSON());
  expect(merged(new Histogram(), of(7), new Histogram()).toJSON()).toEqual(of(7).toJSON());
});

test("JSON and the transferred row bring back the same histogram", () => {
  fc.assert(
    fc.property(values, (recorded) => {
      const histogram = of(...recorded);
      const back = Histogram.fromJSON(JSON.parse(JSON.stringify(histogram)));
      expect(back.ok && back.value.toJSON()).toEqual(histogram.toJSON());
      const row = structuredClone(histogram.toTransfer());
      expect(merged(Histogram.fromTransfer(row)).toJSON()).toEqual(histogram.toJSON());
    }),
  );
});

test("a bucket list is short and can be read", () => {
  expect(of(3, 3, 1000).toJSON()).toEqual({
    count: 3,
    min: 3,
    max: 1000,
    sum: [0, 1006],
    buckets: [
      [3, 2],
      [506, 1],
    ],
  });
});

test.each([
  [{ count: 4 }, "count is 4, but its buckets hold 3"],
  [{ min: 4 }, "min is 4, which is not in the first bucket"],
  [{ max: 900 }, "max is 900, which is not in the last bucket"],
  [{ sum: [0, 2 ** 32] as const }, "sum[1] is 4294967296; it should be below 2³²"],
  [{ count: -1 }, "-1 should be an integer that is not negative"],
  [
    {
      buckets: [
        [506, 1],
        [3, 2],
      ] as const,
    },
    "bucket 3 should come in ascending order",
  ],
])("JSON that contradicts itself is refused: %j", (change, why) => {
  const result = Histogram.fromJSON({ ...of(3, 3, 1000).toJSON(), ...change });
  expect(result).toEqual({ ok: false, message: `bad histogram: ${why}` });
});

test("values and parts that are none are bugs", () => {
  for (const bad of [-1, 0.5, 2 ** 53, Number.NaN]) {
    expect(() => new Histogram().record(bad)).toThrow(`the value is ${bad}`);
  }
  expect(() => of(1).percentile([101, 100])).toThrow("the part is 101/100");
  expect(() => Histogram.fromTransfer(Float64Array.of(1, 2))).toThrow("bad histogram: count is 1");
});
