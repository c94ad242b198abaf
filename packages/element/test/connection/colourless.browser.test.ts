import { describe, expect, test } from "vitest";
import { chromium, onPage, setUp, use } from "./page.ts";

setUp();

/** What of the ladder has a colour, and what says the same without one. */
interface Marks {
  /** Stretches of the lifelines, each in the colour of its state, from the top down. */
  readonly bands: number;
  /** The names of states beside them, likewise. */
  readonly names: string[];
  /** Segments that do not arrive, and how many of them have a × and a word. */
  readonly lost: number;
  readonly crosses: number;
  /** Every text of the ladder. */
  readonly words: string[];
  /** What each segment says to those who cannot see it; the colour is its sender's. */
  readonly labels: string[];
}

describe.skipIf(chromium.missing)("nothing is said by colour alone", () => {
  test("states have names, losses a ×, and hosts a side of their own [point 25]", () =>
    onPage("/fault", async (tab) => {
      await use(tab, (element) => element.seek(1e9));
      const marks = await tab.evaluate((): Marks => {
        const element = document.querySelector("tcp-connection");
        const root = element?.shadowRoot;
        const all = (selector: string): Element[] => [
          ...(root?.querySelectorAll(`.ladder ${selector}`) ?? []),
        ];
        const lost = element?.trace?.segments.filter(({ arrivals }) =>
          arrivals.every(({ verdict }) => verdict === "drop"),
        );
        return {
          bands: all(".band").length,
          names: all(".note.state").map((note) => note.textContent?.trim() ?? ""),
          lost: lost?.length ?? 0,
          crosses: all(".cross").length,
          words: all("text").map((one) => one.textContent?.trim() ?? ""),
          labels: all("[data-segment]").map((one) => one.getAttribute("aria-label") ?? ""),
        };
      });
      expect(marks.bands).toBeGreaterThan(6);
      expect(marks.names.length).toBe(marks.bands);
      for (const name of marks.names) expect(name).toMatch(/^[A-Z][A-Z-]+\d?$/);
      expect([marks.lost, marks.crosses]).toEqual([2, 2]);
      expect(marks.words.filter((word) => /^lost/.test(word))).toHaveLength(2);
      expect(marks.labels.length).toBeGreaterThan(6);
      for (const label of marks.labels) expect(label).toMatch(/client|server/);
    }));
});
