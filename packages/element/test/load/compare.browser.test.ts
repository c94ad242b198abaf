import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
import { POISSON, PORTS, reportHere, runsOf } from "./in-node.ts";
import { type LoadSite, openLoadSite, run, untilEnd } from "./support.ts";

const chromium = requireBrowser();
let site: LoadSite | undefined;

beforeAll(async () => {
  if (!chromium.missing) site = await openLoadSite();
});

afterAll(async () => {
  await site?.close();
});

/** Runs with these attributes, and waits for the end. */
async function runWith(tab: Page, attributes: Readonly<Record<string, string>>): Promise<void> {
  await tab.evaluate((wanted) => {
    const element = document.querySelector("tcp-load");
    for (const [name, value] of Object.entries(wanted)) element?.setAttribute(name, value);
    return new Promise((resolve) => {
      element?.addEventListener("tcp-end", resolve, { once: true });
      element?.run();
    }).then(() => element?.updateComplete);
  }, attributes);
}

/** The table of the comparison: name, A, B and difference of each line. */
const lines = (tab: Page): Promise<string[][]> =>
  tab
    .locator("tcp-load [part=comparison] tbody tr")
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? "")),
    );

/** The numbers along the axes of each chart. */
const axes = (tab: Page): Promise<string[]> =>
  tab
    .locator("tcp-load svg.chart")
    .evaluateAll((charts) =>
      charts.map((chart) =>
        [...chart.querySelectorAll("text:not([class])")]
          .map((text) => text.textContent?.trim())
          .join(" "),
      ),
    );

const totals = ({ choice }: typeof PORTS) => {
  const [only] = runsOf({ ...PORTS, choice });
  const { opened = 0, failed = 0 } = only?.result().connections ?? {};
  return { opened, failed };
};

test.skipIf(chromium.missing)(
  "two runs stand beside each other, on the same axes, with their differences",
  async () => {
    await site?.onPage("/ports", async (tab) => {
      await run(tab);
      await untilEnd(tab);
      await tab.getByRole("button", { name: "Keep to compare" }).click();
      await runWith(tab, { set: "rate=10 ports=1000 periods=2" });

      const [above, below, ...more] = await axes(tab);
      expect([above, more]).toEqual([below, []]);
      expect(above).toContain("120 s");
      const which = await tab.locator("tcp-load .which").allInnerTexts();
      expect(which.map((text) => text.replace(/\s+/g, " ").trim())).toEqual([
        "A port-exhaustion linux rate=50 ports=1000 periods=2 seed=7",
        "B port-exhaustion linux rate=10 ports=1000 periods=2 seed=7",
      ]);
      const found = new Map((await lines(tab)).map(([name = "", ...values]) => [name, values]));
      const slow = { values: { ...PORTS.choice.values, rate: 10 } };
      const [a, b] = [totals(PORTS), totals({ ...PORTS, choice: slow })];
      const en = (value: number): string => value.toLocaleString("en");
      expect(found.get("rate")).toEqual(["50", "10", ""]);
      expect(found.has("ports")).toBe(false);
      expect(found.get("opened")).toEqual([
        en(a.opened),
        en(b.opened),
        `−${en(a.opened - b.opened)}`,
      ]);
      expect(found.get("failed")).toEqual([en(a.failed), "0", `−${en(a.failed)}`]);
      expect(a.failed).toBeGreaterThan(100);
      expect(found.get("most held at once")).toEqual(["1,000", "600", "−400"]);
      expect(found.get("connect p50")?.[2]).toBe("=");

      await tab.getByRole("button", { name: "Let go of A" }).click();
      expect(await tab.locator("tcp-load svg.chart").count()).toBe(1);
      expect(await tab.locator("tcp-load [part=comparison]").count()).toBe(0);
      expect(await tab.evaluate(() => document.querySelector("tcp-load")?.kept)).toBeUndefined();
    });
  },
);

test.skipIf(chromium.missing)("another scenario, profile or seed is told as well", async () => {
  await site?.onPage("/small", async (tab) => {
    await runWith(tab, {});
    await tab.evaluate(() => document.querySelector("tcp-load")?.keep());
    await runWith(tab, { seed: "8", profile: "linux" });
    const names = (await lines(tab)).map(([name]) => name);
    expect(names.slice(0, 2)).toEqual(["TCP of", "seed"]);
    await runWith(tab, { scenario: "port-exhaustion", rate: "20", set: "ports=100 periods=2" });
    expect((await lines(tab))[0]).toEqual(["Scenario", "steady", "port-exhaustion", ""]);
  });
});

test.skipIf(chromium.missing)("of a run that has not begun nothing is told", async () => {
  await site?.onPage("/small", async (tab) => {
    await runWith(tab, {});
    await tab.evaluate(() => document.querySelector("tcp-load")?.keep());
    await tab.getByLabel("Scenario").selectOption({ label: "Out of ephemeral ports" });
    await expect.poll(async () => (await lines(tab))[0]).toEqual(["Scenario", "steady", "–", ""]);
    const told = (await lines(tab)).filter(([, , b, difference]) => b !== "–" || difference !== "");
    expect(told).toEqual([]);
  });
});

test.skipIf(chromium.missing)(
  "further runs give each claim its interval, as on the command line",
  async () => {
    await site?.onPage("/poisson", async (tab) => {
      await run(tab);
      await untilEnd(tab);
      expect(await tab.locator("tcp-load .theory").innerText()).toContain(
        "one run; more give an interval",
      );
      await tab.getByRole("button", { name: "Four more runs, for an interval" }).click();
      await tab.waitForFunction(() => document.querySelector("tcp-load")?.view.runs.length === 5);
      await tab.waitForFunction(() => document.querySelector("tcp-load")?.view.phase === "done");
      const { oracle, digests } = reportHere(POISSON, 5);
      const there = await tab.evaluate(async () => {
        const element = document.querySelector("tcp-load");
        await element?.updateComplete;
        return {
          digests: element?.view.runs.map(({ summary }) => summary.digest),
          replications: element?.getAttribute("replications"),
          seen: [...(element?.shadowRoot?.querySelectorAll(".seen") ?? [])].map((seen) =>
            seen.textContent?.replace(/\s+/g, " ").trim(),
          ),
          said: element?.shadowRoot?.querySelector(".theory")?.textContent ?? "",
        };
      });
      expect([there.digests, there.replications]).toEqual([digests, "5"]);
      expect(there.said).toContain("5 runs");
      const intervals = Object.values(oracle).map(({ observed, interval, unit, holds }) => ({
        ...{ observed, half: interval?.halfWidth ?? Number.NaN, unit },
        sign: holds ? "✓ it holds" : "✗ it does not hold",
      }));
      expect(there.seen.length).toBe(intervals.length);
      for (const [index, { observed, half, unit, sign }] of intervals.entries()) {
        const text = there.seen[index] ?? "";
        expect(text).toContain(sign);
        const [mean = 0, around = 0] = (text.match(/[\d,.]+/g) ?? []).map((word) =>
          Number(word.replaceAll(",", "")),
        );
        const size = unit === "us" ? 1e6 : unit === "ratio" ? 0.01 : 1;
        expect(Math.abs(mean - observed / size)).toBeLessThan(0.006);
        expect(Math.abs(around - half / size)).toBeLessThan(0.006);
      }
      expect(intervals.some(({ half }) => half > 0)).toBe(true);
    });
  },
);
