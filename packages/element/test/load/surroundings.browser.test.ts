import { readFileSync } from "node:fs";
import type { CSSResultGroup } from "lit";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
import { loadStyles } from "../../src/load/styles.ts";
import { type LoadSite, openLoadSite, run, untilEnd, untilMoving, workers } from "./support.ts";

const chromium = requireBrowser();
let site: LoadSite | undefined;

beforeAll(async () => {
  if (!chromium.missing) site = await openLoadSite();
});

afterAll(async () => {
  await site?.close();
});

const textOf = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const REFERENCE = textOf("../../../../apps/docs/reference/tcp-load.md");
const CLASS = textOf("../../src/load/tcp-load.ts");

/** What stands between backticks behind a word of the reference. */
function documented(behind: string, pattern: RegExp): string[] {
  const [, section = ""] = REFERENCE.split(behind);
  return [...section.matchAll(pattern)].map(([, name = ""]) => name).sort();
}

/** The names that the class's docstring has after a tag. */
const inDocstring = (tag: string): string[] =>
  [...CLASS.matchAll(new RegExp(`@${tag} (?:\\{[^}]*\\} )?([\\w-]+)`, "g"))]
    .map(([, name = ""]) => name)
    .sort();

function sheets(styles: CSSResultGroup): string {
  return Array.isArray(styles) ? styles.map(sheets).join("") : String(styles);
}

const partsIn = (tab: Page): Promise<string[]> =>
  tab.evaluate(async () => {
    const element = document.querySelector("tcp-load");
    await element?.updateComplete;
    const root = element?.shadowRoot;
    return [...(root?.querySelectorAll("[part]") ?? [])].map(
      (one) => one.getAttribute("part") ?? "",
    );
  });

test.skipIf(chromium.missing)(
  "reference and docstring name every part that there is, and no other [point 27]",
  async () => {
    await site?.onPage("/ports", async (tab) => {
      const parts = new Set(await partsIn(tab));
      await run(tab);
      await untilEnd(tab);
      await tab.getByText("The counts as a table").click();
      await tab.evaluate(() => {
        const element = document.querySelector("tcp-load");
        element?.keep();
        void element?.openConnection(100_000);
      });
      await tab.getByRole("alert").waitFor();
      for (const part of await partsIn(tab)) parts.add(part);
      const found = [...parts].sort();
      expect(documented("Parts: ", /`([\w-]+)`/g)).toEqual(found);
      expect(inDocstring("csspart")).toEqual(found);
    });
  },
);

test("reference and docstring name every custom property that the styles take [point 26]", () => {
  const taken = [...sheets(loadStyles).matchAll(/var\(\s*(--synfin-[\w-]+)/g)].map(
    ([, name]) => name,
  );
  // The two colours of hosts are in the theme that both elements share; none is drawn here.
  const own = [...new Set(taken)].filter((name) => !/client|server/.test(name ?? "")).sort();
  expect(own.length).toBeGreaterThan(10);
  expect(documented("## Style", /`(--synfin-[\w-]+)`/g)).toEqual(own);
  expect(inDocstring("cssprop")).toEqual(own);
});

test("reference and docstring have the same attributes and events", () => {
  const [, table = ""] = REFERENCE.split("## Attributes");
  const [rows = "", rest = ""] = table.split("## Methods");
  const attributes = [...rows.matchAll(/^\| ((?:`[\w-]+`(?:, )?)+) \|/gm)].flatMap(
    ([, cell = ""]) => [...cell.matchAll(/`([\w-]+)`/g)].map(([, name = ""]) => name),
  );
  expect(attributes.sort()).toEqual(inDocstring("attr"));
  const events = [...rest.matchAll(/^\| `(tcp-\w+)` \|/gm)].map(([, name = ""]) => name);
  expect(events.sort()).toEqual(inDocstring("fires"));
});

test.skipIf(chromium.missing)(
  "another colour scheme colours the grid anew and simulates nothing again [point 26]",
  async () => {
    await site?.onPage("/small", async (tab) => {
      await run(tab);
      await untilMoving(tab);
      await tab.getByRole("button", { name: "Pause" }).click();
      await workers(tab, 1);
      const look = () =>
        tab.evaluate(() => {
          const element = document.querySelector("tcp-load");
          const [cells, layer] = [".cells .band", ".chart .band"].map((one) => {
            const found = element?.shadowRoot?.querySelector(`${one}.open`);
            return found ? getComputedStyle(found).fill : "none";
          });
          return { cells, layer, phase: element?.view.phase, atUs: element?.view.now?.atUs };
        });
      const light = await look();
      await tab.emulateMedia({ colorScheme: "dark" });
      const dark = await look();
      expect([light.cells, dark.cells]).toEqual(["rgb(169, 220, 181)", "rgb(31, 90, 53)"]);
      expect([light.layer, dark.layer]).toEqual([light.cells, dark.cells]);
      expect([dark.phase, dark.atUs]).toEqual(["paused", light.atUs]);
      await workers(tab, 1);
      await tab.evaluate(() => {
        document.querySelector("tcp-load")?.style.setProperty("--synfin-open", "rgb(1, 2, 3)");
      });
      expect((await look()).cells).toBe("rgb(1, 2, 3)");
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
