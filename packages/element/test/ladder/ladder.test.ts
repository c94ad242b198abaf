import { scenarios } from "@synfin/simulator";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawLadder, labelText } from "../../src/ladder/draw.ts";
import { type Ladder, layoutLadder } from "../../src/ladder/ladder.ts";
import { overlap } from "../../src/ladder/polygon.ts";
import { anyTrace, traceOf } from "../traces.ts";

/** The pairs of labels that lie on one another. */
function collisions({ labels }: Ladder): string[] {
  return labels.flatMap((one, index) =>
    labels
      .slice(index + 1)
      .filter((other) => overlap(one.box, other.box))
      .map((other) => `${labelText(one)} / ${labelText(other)}`),
  );
}

describe.each(scenarios.map(({ name }) => name))("%s", (name) => {
  test.each([
    [640, "relative"],
    [640, "absolute"],
    [560, "relative"],
    [340, "relative"],
    [340, "absolute"],
    [300, "relative"],
  ] as const)("%i px, %s: no label lies on another or on an arrow", (width, seq) => {
    const ladder = layoutLadder(traceOf(name), { width, seq });
    expect(collisions(ladder)).toEqual([]);
    const crossed = ladder.labels.filter(({ arrow, box }) =>
      ladder.arrows.some((other) => other !== arrow && overlap(box, [other.start, other.end])),
    );
    expect(crossed.map(labelText)).toEqual([]);
  });
});

test("every transmission has its arrow and its label, whatever goes wrong", () => {
  let lost = 0;
  fc.assert(
    fc.property(anyTrace, fc.constantFrom(300, 340, 560, 640, 900), (trace, width) => {
      const { arrows, labels } = layoutLadder(trace, { width });
      const copies = trace.segments.flatMap(({ arrivals }) => arrivals);
      expect(arrows).toHaveLength(copies.length);
      const labelled = labels.filter(({ arrow }) => arrow.flight.copy === 0);
      expect(labelled).toHaveLength(trace.segments.length);
      lost += arrows.filter(({ flight }) => flight.lostAtUs !== undefined).length;
    }),
    { numRuns: 100 },
  );
  expect(lost).toBeGreaterThan(20);
});

test("everything stays within the picture, and arrows fall", () => {
  fc.assert(
    fc.property(anyTrace, fc.constantFrom(300, 640), (trace, width) => {
      const ladder = layoutLadder(trace, { width });
      for (const { start, end, goal } of ladder.arrows) {
        expect(goal.y - start.y).toBeGreaterThanOrEqual(34);
        for (const { x, y } of [start, end, goal]) {
          expect(x).toBeGreaterThan(0);
          expect(x).toBeLessThan(width);
          expect(y).toBeLessThanOrEqual(ladder.height);
        }
      }
      for (const { y } of ladder.notes) expect(y + 9).toBeLessThanOrEqual(ladder.height);
      for (const { y } of ladder.labels.flatMap(({ box }) => box)) {
        expect(y).toBeGreaterThan(0);
        expect(y).toBeLessThanOrEqual(ladder.height);
      }
    }),
    { numRuns: 100 },
  );
});

test("notes beside a lifeline never lie on one another", () => {
  fc.assert(
    fc.property(anyTrace, (trace) => {
      const { notes } = layoutLadder(trace);
      for (const side of ["left", "right"]) {
        const ys = notes.filter((note) => note.side === side).map(({ y }) => y);
        for (const [index, y] of ys.slice(1).entries()) {
          expect(y - (ys[index] ?? 0)).toBeGreaterThanOrEqual(18);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test("the time of a ladder can be read back from it exactly", () => {
  fc.assert(
    fc.property(anyTrace, fc.double({ min: 0, max: 1, noNaN: true }), (trace, share) => {
      const { map } = layoutLadder(trace);
      const atUs = Math.floor(map.endUs * share);
      expect(map.atUs(map.y(atUs))).toBe(atUs);
      for (const segment of trace.segments) {
        expect(map.atUs(map.y(segment.sentAtUs))).toBe(segment.sentAtUs);
      }
    }),
    { numRuns: 100 },
  );
});

test("four minutes of TIME-WAIT take no more room than a fold", () => {
  const ladder = layoutLadder(traceOf("four-way-close"));
  const fold = ladder.folds.at(-1);
  expect(fold?.label).toBe("239.9 s");
  expect(ladder.height).toBeLessThan(900);
});

test("a lost segment stops on its way, and a timer stands beside the wait", () => {
  const ladder = layoutLadder(traceOf("lost-fin"));
  const lost = ladder.arrows.filter(({ flight }) => flight.lostAtUs !== undefined);
  expect(lost).toHaveLength(1);
  const [{ start, end, goal } = { start: { x: 0 }, end: { x: 0 }, goal: { x: 0 } }] = lost;
  const share = (end.x - start.x) / (goal.x - start.x);
  expect(share).toBeGreaterThan(0.4);
  expect(share).toBeLessThan(0.7);
  expect(ladder.timers.map(({ span }) => [span.timer, span.untilUs - span.fromUs])).toEqual([
    ["retransmission", 1_000_000],
    ["time-wait", 240_000_000],
  ]);
});

test("segments that leave at one instant take a row each", () => {
  const trace = traceOf("four-way-close");
  const [first] = trace.segments;
  if (first === undefined) throw new Error("nothing was sent");
  const twins = [1, 2].map((n) => ({ ...first, id: `client-9${n}` }));
  const ladder = layoutLadder({
    ...trace,
    segments: [first, ...twins, ...trace.segments.slice(1)],
  });
  const rows = ladder.arrows.filter(({ flight }) => flight.sentAtUs === first.sentAtUs);
  expect(rows.map(({ flight }) => flight.row)).toEqual([0, 1, 2]);
  expect(new Set(rows.map(({ start }) => start.y)).size).toBe(3);
  expect(collisions(ladder)).toEqual([]);
});

test("the words are those of the language, the protocol's stay", () => {
  const texts = (lang: "en" | "ko"): string =>
    drawLadder(layoutLadder(traceOf("lost-fin"), { lang }))
      .texts.flatMap((shape) => (shape.tag === "text" ? shape.spans.map(({ text }) => text) : []))
      .join(" ");
  expect(texts("en")).toContain("lost");
  expect(texts("ko")).toContain("유실");
  for (const word of ["FIN,ACK", "FIN-WAIT-1", "RTO", "2MSL", "close()"]) {
    expect(texts("en")).toContain(word);
    expect(texts("ko")).toContain(word);
  }
});

test("how long a timer ran stands on one line", () => {
  for (const width of [300, 340, 560, 640]) {
    const lines = layoutLadder(traceOf("stuck-in-fin-wait-1"), { width }).labels.flatMap((label) =>
      label.lines.map((parts) => parts.map(({ text }) => text).join(" ")),
    );
    const waits = lines.filter((line) => /[()]/.test(line));
    expect(waits.filter((line) => !/\(RTO \d+ s\)/.test(line))).toEqual([]);
  }
});
