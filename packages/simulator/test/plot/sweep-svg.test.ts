import { expect, test } from "vitest";
import { type SweepPlot, sweepSvg } from "../../src/plot/sweep-svg.ts";
import { textsOf } from "./crowd.ts";

const plot: SweepPlot = {
  title: "Ports of one client",
  x: { label: "offered load (erlangs)" },
  y: { label: "refused", kind: "share" },
  points: "simulated, 99 % interval",
};

test("round ticks around all values, with the units that were asked for", () => {
  const points = [
    { x: 22_000, mean: 0, low: 0, high: 0.001 },
    { x: 40_000, mean: 0.29, low: 0.285, high: 0.295 },
  ];
  expect(textsOf(sweepSvg(points, plot))).toEqual([
    ...["Ports of one client", "simulated, 99 % interval", "refused"],
    ...["0%", "10%", "20%", "30%"],
    ...["20k", "25k", "30k", "35k", "40k", "offered load (erlangs)"],
  ]);
});

test("points stand where their values are, their bars reach from bound to bound", () => {
  const points = [
    { x: 0, mean: 0, low: 0, high: 0 },
    { x: 10, mean: 0.5, low: 0.25, high: 1 },
  ];
  const svg = sweepSvg(points, plot);
  // The chart reaches from x = 60 to 620 and from y = 84 up at 1 to 344 at 0.
  expect(svg).toContain('<circle class="point" cx="620" cy="214" r="3.5"/>');
  expect(svg).toContain('<path class="error" d="M620 279V84M616 279H624M616 84H624"/>');
});

test("theory is a line, named in the legend", () => {
  const theory = { name: "Erlang B", line: [[0, 0] as const, [5, 0.5] as const, [10, 1] as const] };
  const svg = sweepSvg([{ x: 5, mean: 0.5, low: 0.4, high: 0.6 }], { ...plot, theory });
  expect(svg).toContain('<path class="theory" d="M60 344L340 214L620 84"/>');
  expect(textsOf(svg)).toContain("Erlang B");
  expect(svg).toContain("refused by offered load (erlangs), beside Erlang B: 5: 50%.");
});

test("a bound below the chart has no cap, a single value no bar", () => {
  const svg = sweepSvg(
    [
      { x: 0, mean: 0.1, low: -0.1, high: 0.3 },
      { x: 1, mean: 1, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY },
    ],
    plot,
  );
  const bars = svg.slice(svg.lastIndexOf("offered load")).match(/class="error" d="[^"]*"/g);
  expect(bars).toEqual(['class="error" d="M60 344V266M56 266H64"']);
});

test("one point, and none, are pictures too", () => {
  expect(
    textsOf(sweepSvg([{ x: 7, mean: 3, low: 2, high: 4 }], { ...plot, y: { label: "n" } })),
  ).toContain("4");
  expect(sweepSvg([], plot)).not.toContain("NaN");
});
