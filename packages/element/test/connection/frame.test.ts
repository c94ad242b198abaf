import { moments } from "@synfin/simulator/view";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canDrop, frameAt, phaseOf, stepAt } from "../../src/connection/frame.ts";
import { layoutLadder } from "../../src/ladder/ladder.ts";
import { anyTrace, traceOf } from "../traces.ts";

const trace = traceOf("lost-fin");
const ladder = layoutLadder(trace);
const steps = moments(trace);

test("the segments on their way are those that have left and not come", () => {
  fc.assert(
    fc.property(anyTrace, fc.double({ min: 0, max: 1, noNaN: true }), (run, share) => {
      const layout = layoutLadder(run);
      const atUs = Math.floor(run.endedAtUs * share);
      const { dots } = frameAt(layout, moments(run), atUs);
      const flying = layout.arrows.filter(
        ({ flight }) => flight.sentAtUs <= atUs && atUs < (flight.lostAtUs ?? flight.arriveAtUs),
      );
      expect(dots.map(({ id }) => id)).toEqual(flying.map(({ flight }) => flight.segment.id));
    }),
    { numRuns: 40 },
  );
});

test("a dot lies on the line of the present, and on its arrow", () => {
  const { dots, y } = frameAt(ladder, steps, 335_000);
  expect(dots.map(({ id, side }) => [id, side])).toEqual([["client-4", "left"]]);
  expect(dots[0]?.y).toBeCloseTo(y, 6);
  expect(dots[0]?.x).toBeGreaterThan(ladder.columns.innerX.left);
});

test("the states are those after everything that happens then", () => {
  const statesAt = (atUs: number): string[] =>
    frameAt(ladder, steps, atUs).ends.map(({ state }) => state);
  expect(statesAt(0)).toEqual(["CLOSED", "LISTEN"]);
  expect(statesAt(310_000)).toEqual(["FIN-WAIT-1", "ESTABLISHED"]);
  expect(statesAt(trace.endedAtUs)).toEqual(["CLOSED", "CLOSED"]);
});

test("the step is the last moment that is not after the time", () => {
  expect(stepAt(steps, -1)).toBe(-1);
  expect(stepAt(steps, 0)).toBe(0);
  expect(stepAt(steps, 9_999)).toBe(0);
  expect(stepAt(steps, trace.endedAtUs + 1)).toBe(steps.length - 1);
});

test("only what is not lost and has not arrived can be lost", () => {
  const [syn] = trace.segments;
  const fin = trace.segments.find(({ id }) => id === "client-4");
  if (syn === undefined || fin === undefined) throw new Error("the run has no SYN or no FIN");
  expect([0, 10_000, 59_999, 60_000].map((atUs) => phaseOf(syn, atUs))).toEqual([
    "ahead",
    "air",
    "air",
    "past",
  ]);
  expect([0, 59_999, 60_000].map((atUs) => canDrop(syn, atUs))).toEqual([true, true, false]);
  expect(canDrop(fin, 0)).toBe(false);
});
