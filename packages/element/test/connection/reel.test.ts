import { moments } from "@synfin/simulator/view";
import { expect, test } from "vitest";
import { panelsOf } from "../../src/connection/panel-names.ts";
import { PictureMemory } from "../../src/connection/picture.ts";
import { reelOf } from "../../src/connection/reel.ts";
import { traceOf } from "../traces.ts";

const trace = traceOf("lost-fin");
const picture = new PictureMemory().of(trace, "en", 640, "relative");
const steps = moments(trace);
const whole = [0, picture.ladder.map.endUs];
const timeOf = (step: number): number | undefined => steps[step - 1]?.atUs;

test.each<[string, number | null, number | null, readonly (number | undefined)[]]>([
  ["all", null, null, whole],
  ["some steps", 3, 6, [timeOf(3), timeOf(6)]],
  ["what counts from 0", 0, 0, whole],
  ["numbers below that", -3, -1, whole],
  ["no numbers", Number.NaN, Number.NaN, whole],
  ["parts of a step", 2.5, 4.9, [timeOf(2), timeOf(4)]],
  ["more than there are", 2, 99, [timeOf(2), steps.at(-1)?.atUs]],
  ["a stop before the start", 6, 3, [timeOf(6), timeOf(6)]],
])("%s: from %s to %s", (_what, start, stop, expected) => {
  const { fromUs, toUs } = reelOf(picture, start, stop);
  expect([fromUs, toUs]).toEqual(expected);
});

test("panels are named with spaces or commas between them", () => {
  expect([...panelsOf("ladder controls")]).toEqual(["ladder", "controls"]);
  expect([...panelsOf("controls, ladder,states")]).toEqual(["ladder", "controls", "states"]);
  expect(panelsOf("nonsense")).toEqual(panelsOf(null));
});
