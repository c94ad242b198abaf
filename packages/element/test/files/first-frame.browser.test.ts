import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { CONNECTION, chromium, drawn, script, setUp, visit } from "./library.ts";

setUp();

/** What stood in the first frame that had an arrow in it, noted by the page itself. */
interface FirstFrame {
  readonly arrows: number;
  readonly labels: number;
  readonly targets: number;
  /** The heights of the bars, and whether there is anything in them. */
  readonly bars: (readonly [height: number, isEmpty: boolean])[];
}

declare global {
  var firstFrame: FirstFrame | undefined;
  var watchOn: () => void;
}

/** Looks at every frame of the page's last element before it is painted; again when asked. */
function watch(): void {
  const look = (): void => {
    const root = [...document.querySelectorAll("tcp-connection")].at(-1)?.shadowRoot;
    const count = (selector: string): number => root?.querySelectorAll(selector).length ?? 0;
    if (count(".arrow") === 0) {
      requestAnimationFrame(look);
      return;
    }
    const bars = [...(root?.querySelectorAll(".bar") ?? [])];
    globalThis.firstFrame = {
      arrows: count(".arrow"),
      labels: count(".label"),
      targets: count("[data-segment]"),
      bars: bars.map((bar) => [bar.clientHeight, bar.childElementCount === 0]),
    };
  };
  globalThis.watchOn = () => requestAnimationFrame(look);
  globalThis.watchOn();
}

const linked = (link: string): string =>
  CONNECTION.replace("<tcp-connection", `<tcp-connection ${link}`);

/** Opens the page once more at a size, and waits until all of the element is drawn. */
async function openAt(tab: Page, width: number, height: number): Promise<void> {
  await tab.setViewportSize({ width, height });
  await tab.addInitScript(watch);
  await tab.reload();
  await drawn(tab);
  await tab.evaluate(() => document.querySelector("tcp-connection")?.ready);
}

const shiftOf = (tab: Page): Promise<number> =>
  tab.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as { value?: number }).value ?? 0;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 100);
      }),
  );

describe.skipIf(chromium.missing)("the first frame", () => {
  test("has the whole ladder and the room of the bars, which are filled after it [point 1]", () =>
    visit({ html: script("/v1/tcp-connection.js") + CONNECTION }, async (tab) => {
      await openAt(tab, 1280, 900);
      const first = await tab.evaluate(() => globalThis.firstFrame);
      // Of a second element, too, when all parts are here.
      const second = await tab.evaluate(async () => {
        const twin = document.querySelector("tcp-connection")?.cloneNode(true) as HTMLElement;
        document.body.append(twin);
        globalThis.firstFrame = undefined;
        globalThis.watchOn();
        await (twin as HTMLElementTagNameMap["tcp-connection"]).ready;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const found = globalThis.firstFrame;
        twin.remove();
        return found;
      });
      for (const frame of [first, second]) {
        expect(frame).toMatchObject({ arrows: 10, targets: 0 });
        expect(frame?.labels).toBeGreaterThanOrEqual(10);
        expect(frame?.bars.map(([, isEmpty]) => isEmpty)).toEqual([true, true]);
        for (const [height] of frame?.bars ?? []) expect(height).toBeGreaterThan(50);
      }
      expect(await tab.locator("tcp-connection .bar:empty").count()).toBe(0);
      expect(await tab.locator("tcp-connection .diagram").count()).toBe(1);
      expect(await tab.locator("tcp-connection tbody tr").count()).toBe(10);
    }));

  test.each([
    { width: 320, height: 640, lang: "en" },
    { width: 390, height: 844, lang: "ko" },
    { width: 600, height: 900, lang: "en" },
    { width: 600, height: 900, lang: "ko" },
    { width: 880, height: 900, lang: "en" },
    { width: 1280, height: 900, lang: "ko" },
    { width: 360, height: 640, lang: "en", link: 'link="tcp"' },
    { width: 620, height: 900, lang: "ko", link: 'link="tcp"' },
    { width: 700, height: 900, lang: "en", link: 'link="tcp"' },
  ])(
    "nothing moves when the rest comes, $lang at $width px",
    ({ width, height, lang, link = "" }) =>
      visit({ html: script("/v1/tcp-connection.js") + linked(link), lang }, async (tab) => {
        await openAt(tab, width, height);
        expect(await shiftOf(tab)).toBeLessThan(0.02);
      }),
  );
});
