import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
import type { LoadOpenDetail } from "../../src/index.ts";
import { connectionHere, PORTS } from "./in-node.ts";
import { type LoadSite, openLoadSite, run, untilEnd, untilMoving } from "./support.ts";

const chromium = requireBrowser();
/** Strict but for the worker: nothing of the grid may need what that forbids. */
const POLICY = "default-src 'self'; worker-src 'self' blob:";
let site: LoadSite | undefined;

beforeAll(async () => {
  if (!chromium.missing) site = await openLoadSite(POLICY);
});

afterAll(async () => {
  await site?.close();
});

const LITTLE = { scenario: "steady", choice: { values: { connections: 500, rate: 50 } }, seed: 7 };

/** What the grid shows: how many cells and signs of each code, and what the roll has. */
function gridOf(tab: Page) {
  return tab.evaluate(async () => {
    const element = document.querySelector("tcp-load");
    await element?.updateComplete;
    const root = element?.shadowRoot;
    const drawn: Record<string, number> = {};
    for (const path of root?.querySelectorAll(".cells .band") ?? []) {
      const code = path.getAttribute("data-code") ?? "";
      const cells = path.getAttribute("d")?.match(/z/g)?.length ?? 0;
      const signs = path.nextElementSibling?.getAttribute("d")?.match(/M/g)?.length ?? 0;
      drawn[code] = Math.max(cells, signs);
    }
    const rolled: Record<string, number> = {};
    // What is drawn is the last row of the census, or the moment where that is later.
    const [now, last] = [element?.view.now, element?.view.census.at(-1)];
    const isLater = now !== undefined && now.atUs > (last?.atUs ?? -1);
    const codes = (isLater ? now : last)?.roll?.codes ?? new Uint8Array();
    for (const code of codes.subarray(0, codes.length / 2)) {
      if (code > 0) rolled[code] = (rolled[code] ?? 0) + 1;
    }
    const text = (selector: string): string =>
      root?.querySelector(selector)?.textContent?.replace(/\s+/g, " ").trim() ?? "";
    return {
      drawn,
      rolled,
      legend: text("[part=legend]"),
      signs: text(".signs"),
      pick: text(".pick b"),
    };
  });
}

/** How many columns and rows the grid has. */
const sizeOf = (tab: Page): Promise<number[]> =>
  tab
    .locator("tcp-load .cells")
    .evaluate((grid) =>
      ["aria-colcount", "aria-rowcount"].map((one) => Number(grid.getAttribute(one))),
    );

/** What is open, and what has the focus. */
function openedIn(tab: Page) {
  return tab.evaluate(async () => {
    const element = document.querySelector("tcp-load");
    await element?.updateComplete;
    const root = element?.shadowRoot;
    const inner = root?.querySelector("tcp-connection");
    await inner?.ready;
    return {
      title: root?.querySelector("#opened-title")?.textContent ?? "",
      digest: inner?.trace?.digest ?? "",
      arrows: inner?.shadowRoot?.querySelectorAll(".ladder .arrow").length ?? 0,
      focus: root?.activeElement?.getAttribute("part") ?? "",
    };
  });
}

/** Waits until a connection is open, and tells which one it is. */
async function untilOpen(tab: Page): ReturnType<typeof openedIn> {
  await tab
    .locator("tcp-load tcp-connection .ladder .arrow")
    .first()
    .waitFor({ state: "attached" });
  return openedIn(tab);
}

test.skipIf(chromium.missing)("each connection is a cell in the state that it is in", async () => {
  await site?.onPage("/small", async (tab) => {
    await run(tab);
    await untilMoving(tab);
    await tab.getByRole("button", { name: "Pause" }).click();
    const { drawn, rolled, legend, signs } = await gridOf(tab);
    expect(drawn).toEqual(rolled);
    expect(Object.values(rolled).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10);
    for (const [code, name] of [
      ["4", "ESTABLISHED"],
      ["10", "TIME-WAIT"],
    ]) {
      expect(legend).toContain(`${name} ${rolled[code ?? ""] ?? 0}`);
    }
    expect(signs).toContain("every connection");
  });
});

test.skipIf(chromium.missing)(
  "of more than there is room for, every n-th is one, and it says so",
  async () => {
    await site?.onPage("/", async (tab) => {
      await run(tab);
      await untilEnd(tab);
      const { drawn, rolled, signs } = await gridOf(tab);
      expect(signs).toContain("one connection in 5");
      expect([drawn, rolled]).toEqual([{ 11: 2000 }, { 11: 2000 }]);
    });
  },
);

test.skipIf(chromium.missing)(
  "a look back in time shows the connections as they were then",
  async () => {
    await site?.onPage("/small", async (tab) => {
      await run(tab);
      await untilEnd(tab);
      expect((await gridOf(tab)).drawn).toEqual({ 11: 500 });
      await tab.getByRole("button", { name: /^most alive/ }).click();
      const { drawn, legend } = await gridOf(tab);
      expect(legend).toContain(`ESTABLISHED ${drawn["4"]}`);
      expect(drawn["4"]).toBeGreaterThan(400);
    });
  },
);

test.skipIf(chromium.missing)(
  "a click opens that very connection, and the way back is short",
  async () => {
    await site?.onPage("/small", async (tab) => {
      await run(tab);
      await untilEnd(tab);
      const svg = tab.locator("tcp-load .cells svg");
      const box = await svg.boundingBox();
      if (box === null) throw new Error("there is no grid");
      const [columns = 0, rows = 0] = await sizeOf(tab);
      // Column after column, from the top down.
      const [column, row] = [Math.floor(columns / 2), Math.floor(rows / 2)];
      const pitch = box.width / columns;
      await svg.click({ position: { x: (column + 0.5) * pitch, y: (row + 0.5) * pitch } });
      const { title, digest, arrows, focus } = await untilOpen(tab);
      const nth = Number(/\d+/.exec(title)?.[0]);
      expect(nth).toBe(1 + column * rows + row);
      expect(digest).toBe(connectionHere(LITTLE, nth).digest);
      expect([arrows, focus]).toEqual([7, "back"]);
      await tab.getByRole("button", { name: /Back to the crowd/ }).click();
      expect(await openedIn(tab)).toEqual({ title: "", digest: "", arrows: 0, focus: "grid" });
    });
  },
);

test.skipIf(chromium.missing)(
  "arrows move in the grid, Enter opens, Escape goes back [point 21]",
  async () => {
    await site?.onPage("/small", async (tab) => {
      await run(tab);
      await untilEnd(tab);
      const grid = tab.getByRole("grid", { name: "Connection by connection" });
      await grid.focus();
      const told: string[] = [];
      for (const key of [
        "ArrowDown",
        "ArrowDown",
        "ArrowUp",
        "ArrowRight",
        "ArrowLeft",
        "End",
        "Home",
      ]) {
        await tab.keyboard.press(key);
        told.push((await tab.locator("tcp-load #cell").textContent()) ?? "");
      }
      const rows = Number(await grid.getAttribute("aria-rowcount"));
      const numbers = [2, 3, 2, 2 + rows, 2, 500, 1];
      expect(told).toEqual(numbers.map((nth) => `connection ${nth}: over`));
      await tab.keyboard.press("ArrowDown");
      const before = await tab.evaluate(() => scrollY);
      await tab.keyboard.press("Enter");
      const { title, digest } = await untilOpen(tab);
      expect([title, digest]).toEqual(["Connection 2", connectionHere(LITTLE, 2).digest]);
      await tab.keyboard.press("Tab");
      await tab.keyboard.press("Escape");
      expect((await openedIn(tab)).focus).toBe("grid");
      expect(await tab.evaluate(() => scrollY)).toBe(before);
    });
  },
);

test.skipIf(chromium.missing)(
  "any connection opens by its number, in the grid or not; one that failed says why",
  async () => {
    await site?.onPage("/ports", async (tab) => {
      await run(tab);
      const { result } = await untilEnd(tab);
      await tab.getByLabel("Connection", { exact: true }).fill("1001");
      expect((await gridOf(tab)).pick).toMatch(/failed|not in the grid/);
      await tab.getByRole("button", { name: "Open its ladder" }).click();
      await tab.getByText("refused at once with EADDRNOTAVAIL").waitFor();
      expect(connectionHere(PORTS, 1001).segments).toEqual([]);
      expect(result?.failures).toHaveProperty("EADDRNOTAVAIL");
      await tab.keyboard.press("Escape");
      await tab.evaluate(() => document.querySelector("tcp-load")?.openConnection(1000));
      expect((await untilOpen(tab)).digest).toBe(connectionHere(PORTS, 1000).digest);
    });
  },
);

test.skipIf(chromium.missing)("there is no connection of a number that nobody opened", async () => {
  await site?.onPage("/small", async (tab) => {
    await run(tab);
    await untilEnd(tab);
    await tab.evaluate(() => document.querySelector("tcp-load")?.openConnection(501));
    await tab.getByRole("alert").filter({ hasText: "there is no connection 501" }).waitFor();
    await tab.getByRole("button", { name: /Back/ }).click();
    expect(await tab.evaluate(() => document.querySelector("tcp-load")?.view.phase)).toBe("done");
  });
});

test.skipIf(chromium.missing)(
  "one can be opened while the crowd runs on, and the run is the same",
  async () => {
    await site?.onPage("/", async (tab) => {
      const opened = tab.evaluate(
        () =>
          new Promise((resolve) => {
            document.querySelector("tcp-load")?.addEventListener("tcp-open", (event) => {
              resolve((event as CustomEvent<LoadOpenDetail>).detail.nth);
            });
          }),
      );
      await run(tab);
      await untilMoving(tab);
      await tab.evaluate(() => void document.querySelector("tcp-load")?.openConnection(3));
      expect(await opened).toBe(3);
      expect((await untilOpen(tab)).title).toBe("Connection 3");
      const { reason, result } = await untilEnd(tab);
      expect([reason, result?.digest]).toEqual(["done", "f9c334a18b832a06"]);
    });
  },
);
