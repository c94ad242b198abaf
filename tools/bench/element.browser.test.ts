import { expect, test } from "vitest";
import { requireBrowser } from "../testing/browser.ts";
import { measureBuiltElement } from "./element.mjs";
import type { Motion } from "./element-page.ts";
import { elementTargets } from "./element-targets.mjs";

const browser = requireBrowser();

test.skipIf(browser.missing)("every figure of the element is there, round by round", async () => {
  const figures = await measureBuiltElement({ rounds: 2, seconds: 0.2 });
  if ("skipped" in figures) throw new Error(figures.skipped);
  expect(figures.segments).toBeGreaterThanOrEqual(200);
  const rounds = [expect.any(Number), expect.any(Number)];
  const motion = {
    framesPerSecond: rounds,
    controlFramesPerSecond: rounds,
    longestTaskMs: rounds,
    cpuMsPerFrame: rounds,
  };
  expect(figures).toMatchObject({
    firstFrame: { wallMs: rounds, cpuMs: rounds, readyMs: rounds },
    controlFirstFrame: { wallMs: rounds, cpuMs: rounds, readyMs: rounds },
    readyMadeFirstFrame: { wallMs: rounds, cpuMs: rounds, readyMs: rounds },
    playing: motion,
    scrubbing: motion,
  });
  expect(Math.min(...figures.firstFrame.cpuMs)).toBeGreaterThan(10);
  for (const [round, ms] of figures.firstFrame.readyMs.entries()) {
    expect(ms).toBeGreaterThan(figures.firstFrame.wallMs[round] ?? Number.NaN);
  }
});

test("targets are 100 ms, 55 frames or 95 % of an empty page's, and tasks of 50 ms", () => {
  const motion = (frames: number, control: number, longest: number): Motion => ({
    framesPerSecond: [frames],
    controlFramesPerSecond: [control],
    longestTaskMs: [1, longest],
    cpuMsPerFrame: [3],
  });
  const verdicts = (ms: number, playing: Motion): (boolean | undefined)[] =>
    elementTargets({
      ...{ version: "1", segments: 200, playing, scrubbing: motion(60, 60, 9) },
      firstFrame: { wallMs: [ms], cpuMs: [ms], readyMs: [ms] },
      controlFirstFrame: { wallMs: [9], cpuMs: [9], readyMs: [9] },
      readyMadeFirstFrame: { wallMs: [50], cpuMs: [50], readyMs: [50] },
    }).map(({ met }) => met);
  expect(verdicts(99, motion(55, 60, 49))).toEqual([true, true, true, true, true, true]);
  expect(verdicts(101, motion(54, 60, 51))).toEqual([false, false, false, false, true, true]);
  // On a machine that manages 40 frames of an empty page, 38 are enough.
  expect(verdicts(99, motion(38, 40, 9))[2]).toBe(true);
  expect(verdicts(99, motion(37, 40, 9))[2]).toBe(false);
});
