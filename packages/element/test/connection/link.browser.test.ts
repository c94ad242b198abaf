import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { button, chromium, look, onPage, setUp, use } from "./page.ts";

setUp();

const hashOf = (tab: Page): Promise<string> => tab.evaluate(() => location.hash);

/** Opens a link in the page as following it does, and waits until it is open. */
async function follow(tab: Page, hash: string): Promise<void> {
  await tab.evaluate((to) => {
    location.hash = to;
  }, hash);
  await tab.evaluate(() => document.querySelector("tcp-connection")?.ready);
}

describe.skipIf(chromium.missing)("links", () => {
  test("a shared place opens with the same run at the same time, paused [point 33]", () =>
    onPage("/link#intro", async (tab) => {
      await use(tab, (element) => {
        element.scenario = "four-way-close";
        element.seed = 9;
        element.faults = "duplicate:server:FIN";
        element.seek(0.35);
      });
      await use(tab, (element) => element.dropSegment("client-4"));
      const shared = await look(tab);
      await button("Copy link")(tab).click();
      await button("Link copied")(tab).waitFor();
      expect(await tab.getByRole("status").textContent()).toBe("Link copied");
      expect(await hashOf(tab)).toBe(
        "#intro&close=1;four-way-close;9;350000;drop:client:any:4,duplicate:server:FIN",
      );
      await tab.reload();
      await tab.evaluate(() => document.querySelector("tcp-connection")?.ready);
      expect(await look(tab)).toEqual(shared);
      expect(shared.paused).toBe(true);
    }));

  test("the page's address is left alone until the reader asks [point 33]", () =>
    onPage("/link", async (tab) => {
      await use(tab, (element) => {
        element.step(3);
        element.dropSegment("server-1");
        void element.toLink();
      });
      await tab.waitForTimeout(100);
      expect(await hashOf(tab)).toBe("");
    }));

  test("an element without `link` neither shares nor listens [point 33]", () =>
    onPage("/plain#tcp=1;lost-syn;1;5;", async (tab) => {
      const { time, ids } = await look(tab);
      expect(time).toBe(0);
      expect(ids.length).toBeGreaterThan(8);
      expect(await button("Copy link")(tab).count()).toBe(0);
    }));

  test("following a link in the page opens it; nonsense leaves everything [point 33]", () =>
    onPage("/link", async (tab) => {
      await use(tab, (element) => element.play());
      await follow(tab, "#close=1;lost-syn;1;5000;");
      const opened = await look(tab);
      expect([opened.time, opened.paused]).toEqual([0.005, true]);
      for (const hash of [
        "#close=",
        "#close=1;x",
        "#close=2;lost-fin;1;0;",
        "#close=%",
        "#close=1;lost-fin;1;0;drop",
      ]) {
        await follow(tab, hash);
        expect(await look(tab), hash).toEqual(opened);
      }
    }));

  test("a key in any language makes a link that opens [point 33]", () =>
    onPage("/plain", async (tab) => {
      await use(tab, (element) => {
        element.link = "나의 연결";
        element.seek(0.35);
      });
      await button("Copy link")(tab).click();
      await button("Link copied")(tab).click();
      const hash = await hashOf(tab);
      expect(hash.match(/four-way-close/g)).toHaveLength(1);
      await use(tab, (element) => element.seek(0));
      await follow(tab, "");
      await follow(tab, hash);
      expect((await look(tab)).time).toBe(0.35);
    }));

  test("several elements of a page have their own places [point 33]", () =>
    onPage("/links#b=1;lost-syn;3;5000;&a=1;lost-fin;1;1330000;", async (tab) => {
      const places = await tab.evaluate(async () => {
        const all = [...document.querySelectorAll("tcp-connection")];
        await Promise.all(all.map((element) => element.ready));
        return all.map(({ scenario, seed, currentTime }) => [scenario, seed, currentTime]);
      });
      expect(places).toEqual([
        ["lost-fin", 1, 1.33],
        ["lost-syn", 3, 0.005],
      ]);
    }));
});
