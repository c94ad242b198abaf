import { afterAll, beforeAll, expect, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
import { type LoadSite, openLoadSite, run, untilEnd } from "./support.ts";

const chromium = requireBrowser();
let site: LoadSite | undefined;

beforeAll(async () => {
  if (!chromium.missing) site = await openLoadSite();
});

afterAll(async () => {
  await site?.close();
});

test.skipIf(chromium.missing)(
  "another colour scheme colours the grid anew and simulates nothing again [point 26]",
  async () => {
    await site?.onPage("/small", async (tab) => {
      await run(tab);
      await untilEnd(tab);
      // When most of them are open; in the end, all are over.
      await tab.locator("tcp-load [part=moments] button").first().click();
      await tab.evaluate(() => {
        document.querySelector("tcp-load")?.addEventListener("tcp-start", () => {
          document.title = "simulated again";
        });
      });
      const look = () =>
        tab.evaluate(() => {
          const element = document.querySelector("tcp-load");
          const [cells, layer] = [".cells .band", ".chart .band"].map((one) => {
            const found = element?.shadowRoot?.querySelector(`${one}.open`);
            return found ? getComputedStyle(found).fill : "none";
          });
          return { cells, layer, phase: element?.view.phase };
        });
      const light = await look();
      await tab.emulateMedia({ colorScheme: "dark" });
      const dark = await look();
      expect([light.cells, dark.cells]).toEqual(["rgb(169, 220, 181)", "rgb(31, 90, 53)"]);
      expect([light.layer, dark.layer]).toEqual([light.cells, dark.cells]);
      await tab.evaluate(() => {
        document.querySelector("tcp-load")?.style.setProperty("--synfin-open", "rgb(1, 2, 3)");
      });
      expect(await look()).toMatchObject({ cells: "rgb(1, 2, 3)", phase: "done" });
      expect(await tab.title()).not.toBe("simulated again");
    });
  },
);

test.skipIf(chromium.missing)(
  "the page's direction and its text change nothing in it; nothing stands for a default",
  async () => {
    await site?.onPage("/small", async (tab) => {
      const look = (): Promise<unknown> =>
        tab.evaluate(async () => {
          const element = document.querySelector("tcp-load");
          await element?.updateComplete;
          const all = element?.shadowRoot?.querySelectorAll("[part], label, input") ?? [];
          return [...all].map((one) => {
            const { x, y, width, height } = one.getBoundingClientRect();
            return [x, y, width, height].map(Math.round).join(" ");
          });
        });
      const before = await look();
      await tab.evaluate(() => {
        const { style } = document.documentElement;
        style.direction = "rtl";
        style.textAlign = "center";
        style.letterSpacing = "2px";
        const element = document.querySelector("tcp-load");
        if (element !== null) Object.assign(element, { seed: undefined, replications: null });
      });
      expect(await look()).toEqual(before);
      expect(await tab.locator("tcp-load [part=error]").count()).toBe(0);
    });
  },
);

test.skipIf(chromium.missing)(
  "on paper: chart, grid, figures and theory, and nothing to press [point 19]",
  async () => {
    await site?.onPage("/ports", async (tab) => {
      await run(tab);
      await untilEnd(tab);
      await tab.emulateMedia({ media: "print" });
      const visible = (selector: string): Promise<boolean> =>
        tab.locator(`tcp-load ${selector}`).first().isVisible();
      for (const there of [".chart", ".cells", "[part=figures]", ".theory"]) {
        expect([there, await visible(there)]).toEqual([there, true]);
      }
      const buttons = await tab
        .locator("tcp-load :is(button, input, select, summary):visible")
        .count();
      expect(buttons).toBe(0);
    });
  },
);

test.skipIf(chromium.missing).each([320, 390, 1280])(
  "at %i px nothing is cut off, and everything to press is at least 24 px [point 25]",
  async (width) => {
    await site?.onPage("/ports", async (tab) => {
      await tab.setViewportSize({ width, height: 900 });
      await run(tab);
      await untilEnd(tab);
      await tab.evaluate(() => document.querySelector("tcp-load")?.keep());
      await tab.locator("tcp-load .menu summary").click();
      const found = await tab.evaluate(() => {
        const root = document.querySelector("tcp-load")?.shadowRoot;
        const all = [...(root?.querySelectorAll("button, select, summary, input") ?? [])];
        const small = all.filter((one) => {
          const { width: across, height } = one.getBoundingClientRect();
          return Math.min(across, height) < 24;
        });
        return {
          count: all.length,
          small: small.map((one) => one.outerHTML.slice(0, 100)),
          wide: document.documentElement.scrollWidth,
        };
      });
      expect(found).toEqual({ count: found.count, small: [], wide: width });
      expect(found.count).toBeGreaterThan(20);
    });
  },
);
