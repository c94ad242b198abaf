import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
import { type LoadSite, openLoadSite, run, untilEnd, untilMoving } from "./support.ts";

const chromium = requireBrowser();
const AXE = fileURLToPath(import.meta.resolve("axe-core"));
let site: LoadSite | undefined;

beforeAll(async () => {
  if (!chromium.missing) site = await openLoadSite();
});

afterAll(async () => {
  await site?.close();
});

async function axeViolations(tab: Page): Promise<string[]> {
  await tab.addScriptTag({ path: AXE });
  return tab.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  });
}

test.skipIf(chromium.missing).each(["light", "dark", "forced"] as const)(
  "axe has nothing to say before, during and after a run (%s) [point 20]",
  async (colorScheme) => {
    await site?.onPage("/large", async (tab) => {
      await tab.emulateMedia(
        colorScheme === "forced" ? { forcedColors: "active" } : { colorScheme },
      );
      expect(await axeViolations(tab)).toEqual([]);
      await run(tab);
      await untilMoving(tab);
      await tab.getByRole("button", { name: "Pause" }).click();
      await tab.getByText("The counts as a table").click();
      expect(await axeViolations(tab)).toEqual([]);
      await tab.getByRole("button", { name: "Cancel" }).click();
      expect(await axeViolations(tab)).toEqual([]);
    });
  },
);

test.skipIf(chromium.missing).each(["light", "dark", "forced"] as const)(
  "axe has nothing to say of two runs and of an open connection (%s) [point 20]",
  async (colorScheme) => {
    await site?.onPage("/ports", async (tab) => {
      await tab.emulateMedia(
        colorScheme === "forced" ? { forcedColors: "active" } : { colorScheme },
      );
      await run(tab);
      await untilEnd(tab);
      await tab.getByRole("button", { name: "Keep to compare" }).click();
      await tab.locator("tcp-load .menu summary").click();
      expect(await axeViolations(tab)).toEqual([]);
      await tab.getByRole("grid").focus();
      expect(await axeViolations(tab)).toEqual([]);
      await tab.keyboard.press("Enter");
      await tab
        .locator("tcp-load tcp-connection .ladder .arrow")
        .first()
        .waitFor({ state: "attached" });
      expect(await axeViolations(tab)).toEqual([]);
    });
  },
);
