import { PROFILES, STATE_NAMES } from "@synfin/core/tcp";
import { BULK_SCENARIOS } from "@synfin/simulator/bulk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
import { LOAD_WORDS } from "../../src/load/words.ts";
import { foreign, textsOf } from "../foreign.ts";
import { type LoadSite, openLoadSite, untilEnd } from "./support.ts";

const chromium = requireBrowser();
let site: LoadSite | undefined;

beforeAll(async () => {
  if (!chromium.missing) site = await openLoadSite();
});

afterAll(async () => {
  await site?.close();
});

/**
 * What may be in Latin letters: names of the protocol, of scenarios and parameters, units, and
 * what a Korean text of a scenario itself leaves so. No English word of the element's own.
 */
const STAY = new Set(
  [
    ...STATE_NAMES.flatMap((name) => name.split("-")),
    ...BULK_SCENARIOS.flatMap(({ name, title, explanation, leavesOut, parameters }) => [
      ...[name, title.ko, explanation.ko, leavesOut.ko],
      ...parameters.flatMap(({ key, doc, choices = [] }) => [key, doc.ko, ...choices]),
    ]),
    ...Object.values(PROFILES).map(({ title }) => title),
    ...Object.keys(PROFILES),
    ...["EADDRNOTAVAIL", "ms s", "seed replications", "A B", "p50 p90 p99 max", "connect close"],
    ...["µs", "lifetime", "worker", "SVG PNG JSON CSV pcapng TCP"],
  ].flatMap((text) => text.toLowerCase().match(/[a-zµ]+/g) ?? []),
);

test.skipIf(chromium.missing)(
  "in Korean nothing is in English but names: a run, a comparison, a connection [point 28]",
  async () => {
    await site?.onPage("/ports", async (tab) => {
      const english = foreign(await textsOf(tab, "tcp-load"), STAY);
      expect(english.length, "English is found where it is").toBeGreaterThan(30);
      await tab.evaluate(() => {
        document.documentElement.lang = "ko";
        document.querySelector("tcp-load")?.run();
      });
      await untilEnd(tab);
      await tab.getByText(LOAD_WORDS.ko.table).click();
      await tab.evaluate(() => document.querySelector("tcp-load")?.keep());
      const texts = await textsOf(tab, "tcp-load");
      expect(texts.filter((text) => /[가-힣]/.test(text)).length).toBeGreaterThan(80);
      // Axis and span names are the scenario's own; so are the words of an oracle's claim.
      const claims = await tab.locator("tcp-load .theory p").allInnerTexts();
      const own = new Set(claims.flatMap((text) => text.toLowerCase().match(/[a-zµ]+/g) ?? []));
      expect(foreign(texts, STAY).filter((word) => !own.has(word.toLowerCase()))).toEqual([]);

      await tab.evaluate(() => document.querySelector("tcp-load")?.openConnection(1001));
      const opened = await textsOf(tab, "tcp-load");
      expect(opened.join(" ")).toContain(LOAD_WORDS.ko.back);
      expect(foreign(opened, STAY).filter((word) => !own.has(word.toLowerCase()))).toEqual([]);
    });
  },
);
