import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { TcpConnection } from "../../src/index.ts";
import { button, chromium, look, onPage, setUp, use } from "./page.ts";

setUp();

/** Which parts of the element are there. */
function parts(tab: Page): Promise<string[]> {
  return tab.evaluate(async () => {
    const element = document.querySelector("tcp-connection");
    await element?.updateComplete;
    const all = element?.shadowRoot?.querySelectorAll("[part]") ?? [];
    return [...all].map((part) => part.getAttribute("part") ?? "").sort();
  });
}

const inPage = <T>(tab: Page, ask: (element: TcpConnection) => T): Promise<Awaited<T>> =>
  tab.evaluate(`(${ask})(document.querySelector("tcp-connection"))`) as Promise<Awaited<T>>;

describe.skipIf(chromium.missing)("a lesson shows what it is about", () => {
  test("view names the panels, and is followed when it changes", () =>
    onPage("/plain", async (tab) => {
      const whole = await parts(tab);
      expect(whole).toEqual([
        ...["controls", "diagram", "ends", "export", "frame", "header"],
        ...["inspector", "ladder", "narration", "transcript"],
      ]);
      await use(tab, (element) => element.setAttribute("view", "ladder controls nonsense"));
      expect(await parts(tab)).toEqual(["controls", "ends", "frame", "ladder"]);
      await use(tab, (element) => element.setAttribute("view", "states header"));
      expect(await parts(tab)).toEqual(["diagram", "frame", "inspector"]);
      await use(tab, (element) => element.setAttribute("view", "transcript"));
      expect(await parts(tab)).toEqual(["frame", "transcript"]);
      expect(await tab.locator("tcp-connection tbody tr").first().isVisible()).toBe(true);
      await use(tab, (element) => element.removeAttribute("view"));
      expect(await parts(tab)).toEqual(whole);
    }));

  test("a ladder that comes back fits its place", () =>
    onPage("/plain", async (tab) => {
      const width = (): Promise<number> =>
        tab
          .locator("tcp-connection .ladder svg")
          .first()
          .evaluate((svg) => svg.clientWidth);
      const before = await width();
      await use(tab, (element) => element.setAttribute("view", "states"));
      await tab.setViewportSize({ width: 360, height: 800 });
      await use(tab, (element) => element.removeAttribute("view"));
      await expect.poll(width).toBeLessThan(360);
      expect(before).toBeGreaterThan(500);
    }));

  test("start and stop are steps; everything stays between them", () =>
    onPage("/lesson", async (tab) => {
      const at = (): Promise<number> => inPage(tab, (element) => element.state.step + 1);
      expect(await at()).toBe(4);
      await button("Step back")(tab).click();
      expect(await at()).toBe(4);
      await tab.keyboard.press("End");
      expect(await at()).toBe(8);
      expect(await inPage(tab, (element) => element.state.phase)).toBe("ended");
      const slider = tab.getByRole("slider", { name: "Time" });
      expect(await slider.getAttribute("max")).toBe(await slider.inputValue());
      await tab.keyboard.press("Home");
      expect(await slider.getAttribute("min")).toBe(await slider.inputValue());
      await use(tab, (element) => {
        element.speed = 8;
        element.play();
      });
      await tab.waitForFunction(() => document.querySelector("tcp-connection")?.paused);
      expect(await at()).toBe(8);
      await use(tab, (element) => element.setAttribute("stop", "3"));
      expect(await at()).toBe(4);
    }));

  test("a reader's fault goes to its own end, and undo back to the lesson's", () =>
    onPage("/lesson", async (tab) => {
      await use(tab, (element) => element.dropSegment("client-2"));
      await look(tab);
      await use(tab, (element) => element.seek(1e9));
      expect((await look(tab)).ends).toEqual(["CLOSED", "CLOSED"]);
      await button("Undo")(tab).click();
      await use(tab, (element) => element.seek(1e9));
      expect(await inPage(tab, (element) => element.state.step + 1)).toBe(8);
    }));

  test("with loop it begins again at its start", () =>
    onPage("/lesson", async (tab) => {
      await use(tab, (element) => {
        element.loop = true;
        element.speed = 8;
        element.play();
      });
      const step = (wanted: number): Promise<unknown> =>
        tab.waitForFunction(
          (n) => document.querySelector("tcp-connection")?.state.step === n,
          wanted,
        );
      await step(7);
      await step(3);
      await step(7);
      expect((await look(tab)).paused).toBe(false);
    }));
});
