import type { Page } from "playwright-core";
import { expect } from "vitest";
import { launchBrowser } from "../../../../tools/testing/browser.ts";
import { watchTasks } from "../../../../tools/testing/page-tasks.ts";
import { type LoadSite, run, untilEnd } from "./support.ts";

/** Frames that a page has painted, and since when. */
interface Counting {
  frames: number;
  from: number;
}
declare const counting: Counting;

/** Counts the frames of a page from now on. */
async function countFrames(tab: Page): Promise<void> {
  await tab.evaluate(() => {
    const state: Counting = { frames: 0, from: performance.now() };
    Object.assign(globalThis, { counting: state });
    const next = (): void => {
      state.frames += 1;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

const framesPerSecond = (tab: Page): Promise<number> =>
  tab.evaluate(() => (1000 * counting.frames) / (performance.now() - counting.from));

/**
 * Runs what the page at `path` asks for, beside an empty page that counts its
 * frames at the same time: on a busy machine that is what can be had. Then
 * tells and judges: 55 frames a second, or this share of the empty page's,
 * and no task of 50 ms.
 *
 * @returns the figures
 */
export async function expectSmooth(
  site: LoadSite,
  path: string,
  connections: number,
  share: number,
): Promise<string> {
  let figures = "";
  await site.onPage(path, async (tab) => {
    // In a browser of its own: a page behind another one paints nothing.
    const other = await launchBrowser();
    const control = await other.context.newPage();
    await control.goto(`${new URL(tab.url()).origin}/empty`);
    const longest = await watchTasks(tab);
    for (const page of [tab, control]) await countFrames(page);
    await run(tab);
    const { reason, result, error } = await untilEnd(tab, 10 * 60_000);
    const [here, there] = [await framesPerSecond(tab), await framesPerSecond(control)];
    const longestMs = await longest();
    await other.close();
    figures =
      `${connections} connections: ${here.toFixed(1)} frames/s, an empty page ` +
      `${there.toFixed(1)}; longest task ${longestMs.toFixed(1)} ms`;
    console.info(figures);
    expect([reason, error, result?.connections.closed]).toEqual(["done", undefined, connections]);
    expect(here).toBeGreaterThan(Math.min(55, share * there));
    expect(longestMs).toBeLessThan(50);
  });
  return figures;
}
