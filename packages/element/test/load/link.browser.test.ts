import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
import type { LoadSettings } from "../../src/load/settings.ts";
import { type LoadSite, openLoadSite } from "./support.ts";

const chromium = requireBrowser();
let site: LoadSite | undefined;

beforeAll(async () => {
  if (!chromium.missing) site = await openLoadSite();
});

afterAll(async () => {
  await site?.close();
});

const onPage = (path: string, act: (tab: Page) => Promise<void>): Promise<void> =>
  site?.onPage(path, act) ?? Promise.resolve();

const hashOf = (tab: Page): Promise<string> => tab.evaluate(() => location.hash);

/** What the element is set to, and whether it runs. */
function look(tab: Page): Promise<LoadSettings & { phase: string }> {
  return tab.evaluate(async () => {
    await customElements.whenDefined("tcp-load");
    const element = document.querySelector("tcp-load");
    if (element === null) throw new Error("there is no element");
    await element.updateComplete;
    await new Promise((resolve) => setTimeout(resolve));
    await element.updateComplete;
    const { scenario, seed, replications } = element;
    const { profile, connections, rate, set } = element;
    const plain = { profile, connections, rate, set };
    for (const [name, value] of Object.entries(plain)) {
      Object.assign(plain, { [name]: value ?? undefined });
    }
    return { scenario, seed, replications, ...plain, phase: element.view.phase };
  });
}

const SHARED = "#intro&crowd=1;port-exhaustion;linux;9;2;;40;ports=1000,arrivals=poisson";

describe.skipIf(chromium.missing)("links to a crowd", () => {
  test("shared settings open as they were, and nothing runs, by keyboard [points 21, 33]", () =>
    onPage("/linked#intro", async (tab) => {
      await tab.evaluate(async () => {
        await customElements.whenDefined("tcp-load");
        const element = document.querySelector("tcp-load");
        Object.assign(element ?? {}, {
          ...{ scenario: "port-exhaustion", profile: "linux", seed: 9, replications: 2 },
          ...{ rate: 40, set: "ports=1000 arrivals=poisson" },
        });
      });
      const before = await look(tab);
      await tab.getByRole("button", { name: "Copy link", exact: true }).focus();
      await tab.keyboard.press("Enter");
      await tab.getByRole("button", { name: "Link copied", exact: true }).waitFor();
      expect(await tab.locator("tcp-load .status").textContent()).toBe("Link copied");
      expect(await hashOf(tab)).toBe(SHARED);
      await tab.reload();
      expect(await look(tab)).toEqual(before);
      expect(before.phase).toBe("idle");
    }));

  test("other settings want another link", () =>
    onPage("/linked", async (tab) => {
      await look(tab);
      await tab.getByRole("button", { name: "Copy link", exact: true }).click();
      await tab.getByRole("button", { name: "Link copied", exact: true }).waitFor();
      await tab.evaluate(() =>
        Object.assign(document.querySelector("tcp-load") ?? {}, { seed: 8 }),
      );
      await tab.getByRole("button", { name: "Copy link", exact: true }).waitFor();
    }));

  test("who follows a link looks first, though the page runs by itself [point 33]", () =>
    onPage(`/linked-autorun${SHARED}`, async (tab) => {
      await look(tab);
      await tab.waitForTimeout(300);
      expect(await look(tab)).toMatchObject({ scenario: "port-exhaustion", phase: "idle" });
      await tab.evaluate(() => {
        location.hash = "#crowd=nonsense";
      });
      expect(await look(tab)).toMatchObject({ scenario: "port-exhaustion", seed: 9 });
    }));

  test("an element without `link` neither shares nor listens [point 33]", () =>
    onPage("/#load=1;port-exhaustion;;9;1;;;", async (tab) => {
      expect(await look(tab)).toMatchObject({ scenario: "steady", seed: 7 });
      expect(await tab.getByRole("button", { name: "Copy link" }).count()).toBe(0);
    }));
});
