import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
import {
  type LoadSite,
  type Notes,
  openLoadSite,
  run,
  untilEnd,
  untilMoving,
  workers,
} from "./support.ts";

const chromium = requireBrowser();
declare const notes: Notes;
let site: LoadSite | undefined;

beforeAll(async () => {
  if (!chromium.missing) site = await openLoadSite();
});

afterAll(async () => {
  await site?.close();
});

/** The run after trouble, of other settings where the old ones were the trouble. */
async function expectNextRunWorks(tab: Page, settings: object = {}): Promise<void> {
  await tab.evaluate((own) => {
    notes.ends.length = 0;
    const element = document.querySelector("tcp-load");
    const small = { scenario: "steady", connections: 100, rate: 100, set: "" };
    if (element !== null) Object.assign(element, small, own).run();
  }, settings);
  const { reason, result } = await untilEnd(tab);
  expect([reason, result?.connections.closed]).toEqual(["done", 100]);
  expect(await tab.locator("tcp-load [part=error]").count()).toBe(0);
  await workers(tab, 0);
}

/** Moments in a run of a million, in milliseconds; new ones each time, and told if they fail. */
const moments = Array.from({ length: 5 }, () => Math.floor(1500 * Math.random()));

test.skipIf(chromium.missing)(
  `a run of a million that is cancelled ends at once (after ${moments.join(", ")} ms)`,
  async () => {
    await site?.onPage("/large", async (tab) => {
      for (const moment of moments) {
        await run(tab);
        await tab.waitForTimeout(moment);
        const end = await tab.evaluate(() => {
          document.querySelector("tcp-load")?.cancel();
          return notes.ends.at(-1);
        });
        expect(end).toEqual({ reason: "cancelled" });
        await workers(tab, 0);
      }
      await expectNextRunWorks(tab);
    });
  },
);

test.skipIf(chromium.missing)(
  "a worker that is ended in the middle is missed after ten seconds, and said so",
  async () => {
    await site?.onPage("/large", async (tab) => {
      await run(tab);
      await untilMoving(tab);
      await tab.evaluate(() => notes.workers.at(-1)?.terminate());
      const end = await untilEnd(tab);
      expect(end).toEqual({ reason: "failed", error: "The worker failed: no answer for 10 s" });
      expect(await tab.locator("tcp-load [part=error]").innerText()).toBe(
        "The run failed: The worker failed: no answer for 10 s",
      );
      await expectNextRunWorks(tab);
    });
  },
);

test.skipIf(chromium.missing)("memory that cannot be had ends the run with a message", async () => {
  await site?.onPage("/poor", async (tab) => {
    await run(tab);
    const { reason, error } = await untilEnd(tab);
    expect(reason).toBe("failed");
    expect(error).toBe(
      "out of memory (Array buffer allocation failed): open fewer connections at once",
    );
    expect(await tab.evaluate(() => document.querySelector("tcp-load")?.view.backend)).toBe(
      "worker-url",
    );
    await expectNextRunWorks(tab);
  });
});

test.skipIf(chromium.missing).each([
  ["before it is taken", "/greedy"],
  ["when it has grown to that", "/growing"],
])("more than a run may have on this device is refused %s", async (_when, path) => {
  await site?.onPage(path, async (tab) => {
    await run(tab);
    const { reason, error } = await untilEnd(tab);
    expect(reason).toBe("failed");
    expect(error).toMatch(/^out of memory: so many connections at once need more than the 64 MB/);
    expect(await tab.locator("tcp-load [part=error]").innerText()).toContain("open fewer of them");
    await expectNextRunWorks(tab);
  });
});

test.skipIf(chromium.missing)("every parameter at its least is a run", async () => {
  await site?.onPage("/least", async (tab) => {
    await run(tab);
    expect((await untilEnd(tab)).result?.connections).toMatchObject({ opened: 1, closed: 1 });
    await expectNextRunWorks(tab);
  });
});
