import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
import { type LoadSite, openLoadSite, run, untilEnd } from "./support.ts";

const chromium = requireBrowser();
let site: LoadSite | undefined;

beforeAll(async () => {
  if (!chromium.missing) site = await openLoadSite();
});

afterAll(() => site?.close());

describe.skipIf(chromium.missing)("the colours of <tcp-load>", () => {
  test("another colour scheme makes no other run [point 26]", async () => {
    await site?.onPage("/small", async (tab) => {
      await run(tab);
      await untilEnd(tab);
      await tab.evaluate(() => {
        const element = document.querySelector("tcp-load");
        Object.assign(globalThis, { kept: element?.view, starts: 0 });
        element?.addEventListener("tcp-start", () => Object.assign(globalThis, { starts: 1 }));
      });
      const ground = (): Promise<string> =>
        tab.locator("tcp-load .frame").evaluate((one) => getComputedStyle(one).backgroundColor);
      const light = await ground();
      await tab.emulateMedia({ colorScheme: "dark" });
      expect(await ground()).not.toBe(light);
      const same = await tab.evaluate(() => {
        const { kept, starts } = globalThis as unknown as { kept: unknown; starts: number };
        return [document.querySelector("tcp-load")?.view === kept, starts];
      });
      expect(same).toEqual([true, 0]);
    });
  });

  test("a documented property colours what it says [point 26]", async () => {
    await site?.onPage("/small", async (tab) => {
      await tab.evaluate(() =>
        document.querySelector("tcp-load")?.style.setProperty("--synfin-panel", "rgb(1, 2, 3)"),
      );
      const header = tab.locator("tcp-load .frame > header");
      expect(await header.evaluate((one) => getComputedStyle(one).backgroundColor)).toBe(
        "rgb(1, 2, 3)",
      );
    });
  });
});
