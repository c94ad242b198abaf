import fc from "fast-check";
import { expect, test } from "vitest";
import { timeMap } from "../../src/ladder/time-map.ts";

/** Times from nanoscopic gaps to days, and heights of a pixel or more between them. */
const points = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 86_400_000_000 }), fc.integer({ min: 1, max: 90 })), {
    minLength: 1,
    maxLength: 40,
  })
  .map((gaps) => {
    let [time, height] = [0, 44];
    const times = [time];
    const ys = [height];
    for (const [dt, dy] of gaps) {
      time += dt;
      height += dy;
      times.push(time);
      ys.push(height);
    }
    return { times, ys };
  });

test("time to height and back gives the same microsecond", () => {
  fc.assert(
    fc.property(points, fc.double({ min: 0, max: 1, noNaN: true }), ({ times, ys }, share) => {
      const map = timeMap(times, ys);
      const atUs = Math.floor(map.endUs * share);
      expect(map.atUs(map.y(atUs))).toBe(atUs);
    }),
    { numRuns: 2000 },
  );
});

test("later is lower, strictly", () => {
  fc.assert(
    fc.property(points, fc.nat(), fc.nat(), ({ times, ys }, a, b) => {
      const map = timeMap(times, ys);
      const [early = 0, late = 0] = [a % (map.endUs + 1), b % (map.endUs + 1)].sort(
        (x, y) => x - y,
      );
      fc.pre(early < late);
      expect(map.y(early)).toBeLessThan(map.y(late));
    }),
  );
});

test("what lies outside of the run stands at its ends", () => {
  const map = timeMap([0, 1000], [10, 20]);
  expect([map.y(-5), map.y(2000), map.atUs(0), map.atUs(99)]).toEqual([10, 20, 0, 1000]);
});

test.each([
  [[0], [0]],
  [
    [0, 0],
    [0, 1],
  ],
  [
    [0, 1],
    [1, 1],
  ],
  [[0, 1], [0]],
])("there is no map for %j and %j", (times, ys) => {
  expect(() => timeMap(times, ys)).toThrow(/a time map/);
});
