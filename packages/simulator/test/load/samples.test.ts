import { expect, test } from "vitest";
import { Samples } from "../../src/load/samples.ts";

const times = (samples: Samples): number[] => samples.rows.map(({ atUs }) => atUs);

test("a sample holds what was true up to its time, the event at that time included", () => {
  const samples = new Samples(10);
  samples.upTo(10, [5], [0]);
  // At 10 the count changed to 4, and at 25 to 3.
  samples.upTo(25, [4], [1]);
  samples.upTo(26, [3], [2]);
  expect(samples.rows).toEqual([
    { atUs: 0, client: [5], server: [0] },
    { atUs: 10, client: [4], server: [1] },
    { atUs: 20, client: [4], server: [1] },
  ]);
});

test("what is handed out is handed out once", () => {
  const samples = new Samples(10);
  samples.upTo(15, [1], [1]);
  expect(samples.take()).toMatchObject({ first: 0, rows: [{ atUs: 0 }, { atUs: 10 }] });
  samples.upTo(25, [2], [2]);
  expect(samples.take()).toMatchObject({ first: 2, rows: [{ atUs: 20 }] });
  expect(samples.take()).toEqual({ first: 3, rows: [] });
});

test("a long run is thinned out, and the reader starts again from the first row", () => {
  const samples = new Samples(10);
  samples.upTo(4_000, [1], [1]);
  samples.take();
  samples.upTo(100_000, [1], [1]);
  const all = times(samples);
  expect(all.length).toBeGreaterThan(200);
  expect(all.length).toBeLessThanOrEqual(480);
  const distances = new Set(all.slice(1).map((atUs, index) => atUs - (all[index] ?? 0)));
  expect([...distances]).toEqual([320]);
  expect(samples.take().first).toBe(0);
});
