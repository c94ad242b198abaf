import { State } from "@synfin/core/tcp";
import { ROLL } from "@synfin/simulator/bulk";
import { type Band, bandsOf } from "@synfin/simulator/plot";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
import { inksOf } from "../../src/load/roll-grid.ts";
import { type LoadSite, openLoadSite, run, untilEnd } from "./support.ts";

const chromium = requireBrowser();
let site: LoadSite | undefined;

beforeAll(async () => {
  if (!chromium.missing) site = await openLoadSite();
});

afterAll(async () => {
  await site?.close();
});

/** The bands of all states that hold a connection. */
function everyBand(): Band[] {
  const states = Object.values(State).map((state) => (state > State.LISTEN ? 1 : 0));
  return bandsOf(0, [{ atUs: 0, alive: 0, states }]);
}

test("no two states are hatched alike in a chart [point 25]", () => {
  const textures = everyBand().map(({ texture }) => texture);
  expect(textures).toHaveLength(9);
  expect(new Set(textures).size).toBe(9);
});

test("no two codes of the grid have the same shape, whatever their colour [point 25]", () => {
  const codes = Uint8Array.from([
    ...everyBand().map(({ state }) => state),
    ROLL.CLOSED,
    ROLL.FAILED,
  ]);
  const shapes = [...codes].map((code) => {
    const sheet = {
      frame: { columns: 1, rows: 1, pitch: 10 },
      codes: Uint8Array.of(code),
      every: 1,
    };
    return inksOf(sheet, everyBand())
      .map(({ cells, signs }) => `${cells} ${signs}`)
      .join();
  });
  expect(new Set(shapes).size).toBe(codes.length);
  expect(shapes.every((shape) => shape.trim() !== "")).toBe(true);
});

test.skipIf(chromium.missing)(
  "every coloured layer, cell and mark has a texture or a text of its own [point 25]",
  async () => {
    await site?.onPage("/ports", async (tab) => {
      await run(tab);
      await untilEnd(tab);
      const found = await tab.evaluate(() => {
        const root = document.querySelector("tcp-load")?.shadowRoot;
        const all = (selector: string): Element[] => [...(root?.querySelectorAll(selector) ?? [])];
        const fillBeside = (band: Element): string =>
          band.nextElementSibling?.getAttribute("fill") ?? "missing";
        const text = (one: Element): string => one.textContent?.replace(/\s+/g, " ").trim() ?? "";
        return {
          layers: all("svg.chart > .band, svg.chart g .band, .chart .band").map(fillBeside),
          legend: all("[part=legend] li").map(text),
          swatches: all("[part=legend] .band").map(fillBeside),
          failure: all(".chart .mark").length - all(".chart .event").length,
          words: all(".chart .event").map(text),
          bad: all("dd.bad").map((dd) => dd.previousElementSibling?.textContent),
          verdicts: all(".verdict").map(text),
        };
      });
      expect(found.layers.length).toBeGreaterThan(3);
      expect(new Set(found.layers).size).toBe(found.layers.length);
      expect(found.swatches).toEqual([...found.layers].reverse());
      for (const line of found.legend)
        expect(line).toMatch(/^[A-Z-]+\d? [\d,]+$|^FIN-WAIT-\d [\d,]+$/);
      expect([found.failure, found.words]).toEqual([0, ["first EADDRNOTAVAIL, 20 s"]]);
      expect(found.bad).toEqual(["failed", "EADDRNOTAVAIL"]);
      for (const verdict of found.verdicts) expect(verdict).toMatch(/^[✓✗] it|^one run/);
    });
  },
);

test.skipIf(chromium.missing)(
  "where colours are forced, the signs of the grid still show [point 25]",
  async () => {
    await site?.onPage("/ports", async (tab) => {
      await tab.emulateMedia({ forcedColors: "active" });
      await run(tab);
      await untilEnd(tab);
      const strokes = await tab.evaluate(() => {
        const root = document.querySelector("tcp-load")?.shadowRoot;
        const ground = getComputedStyle(root?.querySelector(".frame") as Element).backgroundColor;
        const cells = root?.querySelectorAll(".cells .sign") ?? [];
        return [...cells].map((sign) => [getComputedStyle(sign).stroke, ground]);
      });
      expect(strokes.length).toBeGreaterThan(1);
      for (const [stroke, ground] of strokes) expect(stroke).not.toBe(ground);
    });
  },
);
