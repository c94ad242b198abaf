import { monospaceWidth } from "@synfin/simulator/view";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Mark, type PlacedMark, placeMarks } from "../../src/plot/marks.ts";
import { SECOND } from "./crowd.ts";

/** A pixel for each half second, up to 400. */
function place(...marks: readonly Mark[]): PlacedMark[] {
  return placeMarks(marks, (atUs) => (2 * atUs) / SECOND, 400);
}

function at(seconds: number, text: string): Mark {
  return { atUs: seconds * SECOND, text };
}

test("words stand right of their line, and left of it at the right edge", () => {
  expect(place(at(10, "first RST"), at(190, "last FIN"))).toEqual([
    { x: 20, words: "first RST at 10 s", row: 0, anchor: "start" },
    { x: 380, words: "last FIN at 190 s", row: 0, anchor: "end" },
  ]);
});

test("words over a line that comes later go up, so that no line crosses words", () => {
  const rows = place(at(10, "first"), at(20, "second"), at(30, "third")).map(({ row }) => row);
  expect(rows).toEqual([2, 1, 0]);
});

test("words of a right edge go over all the lines that they reach", () => {
  const placed = place(at(150, "a"), at(199, "the end of all connections"));
  expect(placed.map(({ row, anchor }) => [row, anchor])).toEqual([
    [0, "start"],
    [1, "end"],
  ]);
});

test("whatever the marks, no words cover other words, and few lines cross them", () => {
  const mark = fc
    .tuple(fc.nat(199), fc.constantFrom("RST", "first EADDRNOTAVAIL", "drop"))
    .map(([seconds, text]) => at(seconds, text));
  let crossed = 0;
  let all = 0;
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 7 }), (marks) => {
      const spans = place(...marks).map(({ x, words, row, anchor }) => {
        const width = monospaceWidth(words, 11);
        return anchor === "start"
          ? { x, row, from: x + 4, to: x + 4 + width }
          : { x, row, from: x - 4 - width, to: x - 4 };
      });
      for (const [index, a] of spans.entries()) {
        for (const b of spans.slice(index + 1)) {
          if (a.row === b.row) expect(a.to <= b.from || b.to <= a.from).toBe(true);
          const [above, below] = a.row > b.row ? [a, b] : [b, a];
          all += 1;
          if (above.row > below.row && above.x > below.from && above.x < below.to) crossed += 1;
        }
      }
    }),
    { numRuns: 500, seed: 3 },
  );
  expect(all).toBeGreaterThan(1_000);
  expect(crossed / all).toBeLessThan(0.1);
});
