import { draw, drawKey, hits, Purpose } from "@synfin/simulator";
import { expect, test } from "vitest";

const key = drawKey(1, "test");

test("a draw depends on its own key only", () => {
  expect(draw(key, Purpose.LOSS, 1, 0, 5)).toBe(draw(key, Purpose.LOSS, 1, 0, 5));
  const others = [
    draw(drawKey(2, "test"), Purpose.LOSS, 1, 0, 5),
    draw(drawKey(1, "tesu"), Purpose.LOSS, 1, 0, 5),
    draw(key, Purpose.CORRUPT, 1, 0, 5),
    draw(key, Purpose.LOSS, 2, 0, 5),
    draw(key, Purpose.LOSS, 1, 1, 5),
    draw(key, Purpose.LOSS, 1, 0, 6),
  ];
  expect(others).not.toContain(draw(key, Purpose.LOSS, 1, 0, 5));
});

test("draws are even: each of 16 bins gets its share (χ² with 15 degrees, p > 0.001)", () => {
  const count = 160_000;
  const bins = new Array<number>(16).fill(0);
  for (let n = 0; n < count; n += 1) {
    const bin = draw(key, Purpose.JITTER, 1, 0, n) >>> 28;
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const expected = count / 16;
  const chi2 = bins.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0);
  expect(chi2).toBeLessThan(37.7);
});

test("neighbours do not go together", () => {
  let together = 0;
  const count = 100_000;
  for (let n = 0; n < count; n += 1) {
    const a = hits(draw(key, Purpose.LOSS, n, 0, 1), 1, 2);
    const b = hits(draw(key, Purpose.LOSS, n, 0, 2), 1, 2);
    if (a === b) together += 1;
  }
  expect(together / count).toBeCloseTo(0.5, 2);
});

test("a ratio of nothing never comes up, one of one always", () => {
  expect(hits(0xffff_ffff, 0, 1)).toBe(false);
  expect(hits(0xffff_ffff, 1, 1)).toBe(true);
});
