import type { ProfileName } from "@synfin/core/tcp";
import { BULK_SCENARIOS, BulkRun, checkRequest, planOf } from "@synfin/simulator/bulk";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromium, script, setUp, takeAway, visit } from "./library.ts";

setUp();

const FILE = (): string => script("/v1/tcp-load.js");
const EMPTY = "<tcp-load></tcp-load>";

/** The digest that Node makes of the same request. */
function digestOf(scenario: string, profile?: ProfileName): string {
  const checked = checkRequest({ scenario, choice: { profile }, seed: 7 });
  if (!checked.ok) throw new Error(checked.message);
  const run = new BulkRun(planOf(checked.value.scenario, checked.value.settings), {
    scenario,
    seed: 7,
  });
  while (!run.advance(1_000_000)) {
    // To the end.
  }
  return run.result().digest.toString();
}

/** Chooses a scenario and tells which fields the form then has. */
function fieldsOf(tab: Page, scenario: string): Promise<string[]> {
  return tab.evaluate(async (name) => {
    const element = document.querySelector("tcp-load");
    if (element === null) throw new Error("there is no element");
    element.scenario = name;
    await element.updateComplete;
    const inputs = element.shadowRoot?.querySelectorAll("[id^=value-]") ?? [];
    return [...inputs].map(({ id }) => id.slice("value-".length));
  }, scenario);
}

describe.skipIf(chromium.missing)("the load scenarios in the files", () => {
  test("each can be chosen: all but the first are parts [point 8]", () =>
    visit({ html: FILE() + EMPTY }, async (tab, { loaded, words }) => {
      await tab.evaluate(() => customElements.whenDefined("tcp-load"));
      expect(BULK_SCENARIOS.length).toBeGreaterThan(20);
      for (const { name, parameters } of BULK_SCENARIOS) {
        const fields = await fieldsOf(tab, name);
        expect(fields, name).toEqual(expect.arrayContaining(parameters.map(({ key }) => key)));
      }
      expect(new Set(loaded).size).toBe(loaded.length);
      // The file, a part for each but the first, and what these have in common.
      expect(loaded.length).toBe(BULK_SCENARIOS.length + 1);
      expect(words).toEqual([]);
    }));

  test.each([
    ["close-wait-leak", "", "inline-worker"],
    ["conntrack-half-close", "", "inline-worker"],
    ["close-wait-leak", "worker-src 'none'", "main-thread"],
  ])("%s runs under «%s» by way of %s, with Node's digest [point 10]", (scenario, policy, way) =>
    visit(
      { html: FILE() + EMPTY, ...(policy === "" ? {} : { policy }) },
      async (tab, { words }) => {
        const seen = await tab.evaluate(async (name) => {
          await customElements.whenDefined("tcp-load");
          const element = document.querySelector("tcp-load");
          if (element === null) throw new Error("there is no element");
          element.scenario = name;
          const ended = new Promise((resolve) => element.addEventListener("tcp-end", resolve));
          element.run();
          await ended;
          return [element.view.backend, element.view.result?.digest, element.view.error];
        }, scenario);
        expect(seen).toEqual([way, digestOf(scenario), undefined]);
        expect(words.filter((text) => !text.includes("worker-src"))).toEqual([]);
      },
    ),
  );

  test("the first one asks for a part when it is run with another profile", () =>
    visit({ html: FILE() + EMPTY }, async (tab, { loaded, words }) => {
      const seen = await tab.evaluate(async () => {
        await customElements.whenDefined("tcp-load");
        const element = document.querySelector("tcp-load");
        if (element === null) throw new Error("there is no element");
        element.profile = "linux";
        const ended = new Promise((resolve) => element.addEventListener("tcp-end", resolve));
        element.run();
        await ended;
        return [element.view.error, element.view.result?.digest];
      });
      expect(seen).toEqual([undefined, digestOf("steady", "linux")]);
      expect(loaded).toEqual(["tcp-load.js", "parts/load-rest.js"]);
      expect(words).toEqual([]);
    }));

  test("synfin.js asks for the chosen one at once", () =>
    visit(
      { html: `${script("/v1/synfin.js")}<tcp-load scenario="idle-drop"></tcp-load>` },
      async (tab, { loaded, words }) => {
        await tab.locator("tcp-load [part=fields]").waitFor();
        const parts = ["parts/load-idle-drop.js", "parts/load-rest.js"];
        expect([...loaded].sort()).toEqual([...parts, "synfin.js", "tcp-load.js"]);
        expect(words).toEqual([]);
      },
    ));

  test("one that does not come is told, and comes with a second try", async () => {
    const putBack = takeAway("/v1/parts/load-syn-flood.js");
    try {
      await visit({ html: `${FILE()}<tcp-load scenario="syn-flood"></tcp-load>` }, async (tab) => {
        const notice = tab.locator("tcp-load .missing");
        await notice.waitFor();
        expect(await tab.getByRole("alert").count()).toBe(1);
        expect(await fieldsOf(tab, "steady")).toContain("hold");
        expect(await notice.count()).toBe(0);
        expect(await fieldsOf(tab, "syn-flood")).toContain("hold");
        putBack();
        await notice.getByRole("button", { name: "Try again" }).click();
        await notice.waitFor({ state: "detached" });
        expect(await fieldsOf(tab, "syn-flood")).not.toContain("hold");
      });
    } finally {
      putBack();
    }
  });
});
