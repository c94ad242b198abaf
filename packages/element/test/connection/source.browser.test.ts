import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { traceOf } from "../traces.ts";
import { button, chromium, LESSON, look, type Notes, onPage, segment, setUp, use } from "./page.ts";

declare const notes: Notes;

setUp();

const ready = (tab: Page): Promise<void> =>
  tab.evaluate(() => document.querySelector("tcp-connection")?.ready);
const narration = (tab: Page): Promise<string | null> =>
  tab.locator("tcp-connection .narration").textContent();

describe.skipIf(chromium.missing)("a page brings a scenario of its own", () => {
  test("in a script among its children, with its own words; and it can be broken", () =>
    onPage("/inline", async (tab) => {
      await ready(tab);
      await use(tab, (element) => {
        element.pause();
        element.seek(0);
      });
      expect(await tab.locator("tcp-connection header b").textContent()).toBe("My own close");
      expect(await narration(tab)).toContain("Nobody has said anything yet.");
      await use(tab, (element) => element.step(1));
      expect(await narration(tab)).toContain("It begins with a SYN.");
      await use(tab, (element) => element.step(1));
      expect(await narration(tab)).toContain("RFC 9293 §3.10.7");
      const before = await look(tab);
      await use(tab, (element) => element.dropSegment("client-1"));
      const after = await look(tab);
      expect([before.crosses, after.crosses]).toEqual([0, 1]);
      await use(tab, (element) => element.seek(0));
      expect(await narration(tab)).not.toContain("Nobody");
      await button("Undo")(tab).click();
      expect((await look(tab)).digest).toBe(before.digest);
      expect(await tab.locator("tcp-connection > script").count()).toBe(1);
    }));

  test("it plays by itself once it has been read", () =>
    onPage("/inline", async (tab) => {
      await tab.waitForFunction(
        () => (document.querySelector("tcp-connection")?.currentTime ?? 0) > 0.02,
      );
      expect(await tab.evaluate(() => notes.errors)).toEqual([]);
    }));

  test("words alone are for the scenario that the element names, in its language", () =>
    onPage("/words", async (tab) => {
      await ready(tab);
      await use(tab, (element) => element.step(1));
      expect(await narration(tab)).toContain("SYN으로 시작합니다.");
      expect((await look(tab)).digest).toBe(traceOf("lost-fin").digest);
      expect(await tab.getByRole("combobox", { name: "시나리오" }).count()).toBe(1);
    }));

  test("what the writer changes is played anew", () =>
    onPage("/inline", async (tab) => {
      await ready(tab);
      const link = { ...LESSON.scenario.link, delayUs: 70_000 };
      await tab.evaluate(
        (json) => {
          const script = document.querySelector("tcp-connection > script");
          if (script !== null) script.textContent = json;
        },
        JSON.stringify({ ...LESSON.scenario, link }),
      );
      const arrival = (): Promise<number | undefined> =>
        tab.evaluate(async () => {
          const element = document.querySelector("tcp-connection");
          await element?.ready;
          return element?.trace?.segments[0]?.arrivals[0]?.atUs;
        });
      await expect.poll(arrival).toBe(80_000);
    }));

  test("what is wrong with it is said, and the words between the tags show", () =>
    onPage("/broken", async (tab) => {
      await ready(tab);
      expect(await tab.getByRole("alert").textContent()).toBe(
        '“scenario” cannot be played: bad scenario: format: Invalid type: Expected "synfin-scenario" but received "x"',
      );
      expect(await tab.locator("#fallback").isVisible()).toBe(true);
      expect(await tab.evaluate(() => document.querySelector("tcp-connection")?.state.phase)).toBe(
        "failed",
      );
    }));
});

describe.skipIf(chromium.missing)("a page plays what was recorded", () => {
  test("a trace as JSON, which no click changes", () =>
    onPage("/recorded", async (tab) => {
      await ready(tab);
      const trace = traceOf("lost-fin");
      expect(await tab.evaluate(() => document.querySelector("tcp-connection")?.trace)).toEqual(
        trace,
      );
      const before = await look(tab);
      expect([before.arrows, before.crosses]).toEqual([trace.segments.length, 1]);
      await segment(tab, "client-2").locator(".hit").click({ force: true });
      await use(tab, (element) => element.dropSegment("client-2"));
      expect((await look(tab)).digest).toBe(trace.digest);
      expect(await narration(tab)).toContain("A recording of a run");
      const drop = tab.locator("tcp-connection tbody button").first();
      expect(await drop.isDisabled()).toBe(true);
    }));

  test("a capture, with what a capture can know", () =>
    onPage("/capture", async (tab) => {
      await ready(tab);
      const seen = await look(tab);
      expect([seen.arrows, seen.crosses]).toEqual([traceOf("lost-fin").segments.length, 0]);
      expect(seen.ends).toEqual([]);
      const shown = (selector: string): Promise<boolean> =>
        tab.locator(`tcp-connection ${selector}`).first().isVisible();
      expect(await shown(".ladder .state")).toBe(false);
      expect(await shown(".diagram")).toBe(false);
      await use(tab, (element) => element.seek(0.36));
      expect(await narration(tab)).toMatch(/server received FIN,ACK, SEQ 101, ACK 1/);
      expect(await narration(tab)).toContain("A capture knows neither states nor losses");
      expect(await tab.locator("tcp-connection header b").textContent()).toBe("lost-fin.pcapng");
    }));

  test("a place that is sought while it is being read is kept", () =>
    onPage("/plain", async (tab) => {
      const time = await tab.evaluate(async () => {
        const element = document.createElement("tcp-connection");
        element.src = "/lost-fin.json";
        document.querySelector("main")?.append(element);
        element.seek(1.33);
        const { phase } = element.state;
        await element.ready;
        return [phase, element.currentTime];
      });
      expect(time).toEqual(["loading", 1.33]);
    }));

  test("src can change and go", () =>
    onPage("/recorded", async (tab) => {
      await ready(tab);
      await tab.evaluate(async () => {
        const element = document.querySelector("tcp-connection");
        element?.removeAttribute("src");
        await element?.updateComplete;
      });
      const { faults, ids } = await look(tab);
      expect(faults).toEqual(["drop:client:SYN"]);
      expect(ids.length).toBeGreaterThan(3);
    }));

  test.each([
    ["/no-trace", "“/page.css” cannot be played: it is no capture (pcap or pcapng) and no JSON: "],
    ["/missing", "“/missing.json” cannot be played: 404"],
  ])("%s is named", (path, text) =>
    onPage(
      path,
      async (tab) => {
        await ready(tab);
        expect(await tab.getByRole("alert").textContent()).toContain(text);
        expect(await tab.evaluate(() => notes.errors.length)).toBe(1);
      },
      path === "/missing" ? /404/ : undefined,
    ),
  );
});
