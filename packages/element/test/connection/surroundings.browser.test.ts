import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromium, look, onPage, setUp, use } from "./page.ts";

setUp();

/** Where everything stands: the parts, and the texts of the ladder and of the header. */
function boxes(tab: Page): Promise<string[]> {
  return tab.evaluate(async () => {
    const element = document.querySelector("tcp-connection");
    await element?.ready;
    const { left = 0, top = 0 } = element?.getBoundingClientRect() ?? {};
    const all = element?.shadowRoot?.querySelectorAll("[part], .ladder text, .inspector *") ?? [];
    return [...all].map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return [x - left, y - top, width, height].map(Math.round).join(" ");
    });
  });
}

/** The page sets something on its root, and the element stands in as wide a place as before. */
async function set(tab: Page, styles: Readonly<Record<string, string>>): Promise<void> {
  await tab.evaluate((all) => {
    for (const [name, value] of Object.entries(all)) {
      document.documentElement.style.setProperty(name, value);
    }
  }, styles);
  await tab.waitForTimeout(100);
}

describe.skipIf(chromium.missing)("the page around it", () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ["that goes from right to left", { direction: "rtl" }],
    ["whose rem is 10 px", { "font-size": "62.5%" }],
    ["whose rem is 32 px", { "font-size": "200%" }],
    [
      "whose text is spaced, indented and in capitals",
      { "letter-spacing": "2px", "text-indent": "20px", "text-transform": "uppercase" },
    ],
    [
      "whose text keeps its spaces and stands in the middle",
      { "white-space": "pre", "text-align": "center" },
    ],
  ])("a page %s changes nothing in it", (_what, styles) =>
    onPage("/", async (tab) => {
      const before = await boxes(tab);
      expect(before.length).toBeGreaterThan(60);
      await set(tab, styles);
      expect(await boxes(tab)).toEqual(before);
    }),
  );

  test("it can be read where its place takes its width from what it holds", () =>
    onPage("/", async (tab) => {
      await tab.evaluate(() => {
        const main = document.querySelector("main");
        if (main !== null) main.style.display = "flex";
      });
      const frame = tab.locator("tcp-connection .frame");
      await expect.poll(() => frame.evaluate((one) => one.clientWidth)).toBeGreaterThan(280);
    }));

  test.each([["null"], ["undefined"]])(
    "what a template takes away by %s has its default",
    (nothing) =>
      onPage("/fault", async (tab) => {
        const shown = await tab.evaluate(async (none) => {
          const element = document.querySelector("tcp-connection");
          if (element === null) throw new Error("there is no element");
          const value = none === "null" ? null : undefined;
          Object.assign(element, { scenario: value, seed: value, faults: value });
          const { trace } = element;
          await element.ready;
          return [trace === element.trace, element.trace?.scenario, element.trace?.faults];
        }, nothing);
        expect(shown).toEqual([true, "three-way-handshake", []]);
      }),
  );

  test("another colour scheme makes no other run, and keeps the place [point 26]", () =>
    onPage("/", async (tab) => {
      await use(tab, (element) => {
        element.seek(1.33);
        Object.assign(globalThis, { kept: element.trace });
      });
      const ground = (): Promise<string> =>
        tab
          .locator("tcp-connection .frame")
          .evaluate((frame) => getComputedStyle(frame).backgroundColor);
      const light = await ground();
      await tab.emulateMedia({ colorScheme: "dark" });
      expect(await ground()).not.toBe(light);
      const same = await tab.evaluate(() => {
        const element = document.querySelector("tcp-connection");
        const { kept } = globalThis as unknown as { kept: unknown };
        return element?.trace === kept && element?.currentTime;
      });
      expect(same).toBe(1.33);
    }));

  test("a documented property colours what it says [point 26]", () =>
    onPage("/", async (tab) => {
      await use(tab, (element) => element.style.setProperty("--synfin-client", "rgb(1, 2, 3)"));
      const stroke = await tab
        .locator("tcp-connection .arrow.left")
        .first()
        .evaluate((arrow) => getComputedStyle(arrow).stroke);
      expect(stroke).toBe("rgb(1, 2, 3)");
    }));

  test("with reduced motion it does not start by itself, and nothing is animated [point 24]", () =>
    onPage("/plain", async (tab) => {
      await tab.emulateMedia({ reducedMotion: "reduce" });
      await tab.goto(new URL("/autoplay", tab.url()).href);
      await tab.locator("tcp-connection .frame").waitFor();
      await tab.waitForTimeout(500);
      const { time, paused } = await look(tab);
      expect([time, paused]).toEqual([0, true]);
      await use(tab, (element) => {
        element.step(3);
        element.play();
      });
      const running = (): Promise<number | undefined> =>
        tab.evaluate(
          () => document.querySelector("tcp-connection")?.getAnimations({ subtree: true }).length,
        );
      expect(await running()).toBe(0);
    }));

  test("on paper: the whole ladder and the transcript, and nothing to press [point 19]", () =>
    onPage("/", async (tab) => {
      await tab.setViewportSize({ width: 800, height: 500 });
      const visible = (selector: string): Promise<boolean> =>
        tab.locator(`tcp-connection ${selector}`).first().isVisible();
      expect(await visible("tbody th")).toBe(false);
      await tab.emulateMedia({ media: "print" });
      expect(await visible("tbody th")).toBe(true);
      for (const gone of ["header", "footer", ".veil", ".now", "tbody button", "summary"]) {
        expect([gone, await visible(gone)]).toEqual([gone, false]);
      }
      const cut = await tab.locator("tcp-connection .pane").evaluate((pane) => ({
        height: pane.clientHeight,
        ladder: pane.querySelector("svg")?.getBoundingClientRect().height ?? 0,
        faded: pane.querySelectorAll(".future").length,
      }));
      expect(cut.height).toBeGreaterThanOrEqual(Math.floor(cut.ladder));
      const fates = await tab.locator("tcp-connection tbody td:nth-child(8)").allInnerTexts();
      expect(new Set(fates)).toEqual(new Set(["arrived", "lost"]));
      const inks = await tab
        .locator("tcp-connection tbody td")
        .evaluateAll((all) => all.map((cell) => getComputedStyle(cell).color));
      expect(new Set(inks).size, "nothing is faint").toBe(1);
      const scroll = tab.locator("tcp-connection .scroll");
      expect(await scroll.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
      expect(cut.faded, "the future is there to be shown").toBeGreaterThan(5);
    }));

  test("where its height is reserved, nothing shifts when it comes [point 18]", () =>
    onPage("/reserved", async (tab) => {
      await tab.waitForTimeout(300);
      const shift = await tab.evaluate(
        () =>
          new Promise<number>((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) sum += (entry as unknown as Shift).value;
            }).observe({ type: "layout-shift", buffered: true });
            setTimeout(() => resolve(sum), 300);
          }),
      );
      expect(shift).toBeLessThan(0.02);
      expect((await look(tab)).arrows).toBe(10);
    }));

  test.each([320, 1280])("at %i px everything to press is at least 24 px [point 25]", (width) =>
    onPage("/link", async (tab) => {
      await tab.setViewportSize({ width, height: 1200 });
      await tab.locator("tcp-connection .transcript summary").click();
      await tab.locator("tcp-connection .menu summary").click();
      const small = await smallTargets(tab);
      expect(small).toEqual({ count: small.count, tooSmall: [] });
      expect(small.count).toBeGreaterThan(20);
    }),
  );

  test("a finger finds each field of the header, the bits as well [points 25, 36]", () =>
    onPage("/plain", async (tab) => {
      await tab.setViewportSize({ width: 320, height: 1200 });
      const session = await tab.context().newCDPSession(tab);
      await session.send("Emulation.setTouchEmulationEnabled", { enabled: true });
      const fields = tab.locator("tcp-connection [data-field]");
      const tooSmall = await fields.evaluateAll((all) =>
        all.flatMap((one) => {
          const { width, height } = one.getBoundingClientRect();
          return Math.min(width, height) < 24 ? [one.textContent] : [];
        }),
      );
      expect([await fields.count(), tooSmall]).toEqual([18, []]);
      const fin = tab.locator('tcp-connection [data-field="FIN"]');
      await fin.scrollIntoViewIfNeeded();
      const box = (await fin.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      const finger = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [finger] });
      await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
      const note = tab.locator("tcp-connection .about");
      await expect.poll(() => note.textContent()).toContain("The sender has no more data");
    }));
});

interface Shift {
  readonly value: number;
}

/** What can be pressed in the element, and what of it is smaller than 24 px either way. */
function smallTargets(tab: Page): Promise<{ count: number; tooSmall: string[] }> {
  return tab.evaluate(() => {
    const root = document.querySelector("tcp-connection")?.shadowRoot;
    const all = [...(root?.querySelectorAll("button, select, summary, input") ?? [])];
    const tooSmall = all.filter((one) => {
      const { width, height } = one.getBoundingClientRect();
      return Math.min(width, height) < 24;
    });
    return { count: all.length, tooSmall: tooSmall.map((one) => one.outerHTML.slice(0, 120)) };
  });
}
