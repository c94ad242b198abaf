import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { button, chromium, look, type Notes, onPage, segment, setUp, use } from "./page.ts";

const AXE = fileURLToPath(import.meta.resolve("axe-core"));
declare const notes: Notes;

setUp();

describe.skipIf(chromium.missing)("losing segments", () => {
  test("a click loses a segment to come: ×, the wait, the retransmission; undo takes it back [points 32, 35]", () =>
    onPage("/plain", async (tab) => {
      const before = await look(tab);
      expect([before.crosses, before.retransmissions]).toEqual([0, 0]);
      await use(tab, (element) => element.seek(0.35));
      // The arrow is slanted: its middle is what a mouse hits.
      await segment(tab, "client-4").locator(".hit").click({ force: true });
      const after = await look(tab);
      expect(after.faults).toEqual(["drop:client:any:4"]);
      expect([after.crosses, after.retransmissions]).toEqual([1, 1]);
      expect(after.digest).not.toBe(before.digest);
      expect(after.time).toBe(0.35);
      expect(await tab.locator("tcp-connection .ladder").textContent()).toContain("RTO");
      await button("Undo")(tab).click();
      expect({
        ...(await look(tab)),
        time: before.time,
        dots: before.dots,
        ends: before.ends,
      }).toEqual(before);
    }));

  test("what was retransmitted can be lost, too; reset takes everything back [point 35]", () =>
    onPage("/fault", async (tab) => {
      const before = await look(tab);
      const again = await tab.evaluate(
        () =>
          document
            .querySelector("tcp-connection")
            ?.trace?.segments.find((one) => one.retransmission)?.id,
      );
      await use(tab, (element) => element.seek(0.5));
      await segment(tab, again ?? "")
        .locator(".hit")
        .click({ force: true });
      const once = await look(tab);
      expect(once.crosses).toBe(before.crosses + 1);
      await use(tab, (element) => element.dropSegment("client-99"));
      expect((await look(tab)).digest).toBe(once.digest);
      await button("Reset")(tab).click();
      expect(await look(tab)).toEqual(before);
      expect(await tab.evaluate(() => new Set(notes.changes).size)).toBe(2);
    }));

  test("a segment can be lost while the run plays: it plays on from there", () =>
    onPage("/plain", async (tab) => {
      await use(tab, (element) => element.play());
      await tab.waitForFunction(
        () => (document.querySelector("tcp-connection")?.currentTime ?? 0) > 0.02,
      );
      await use(tab, (element) => element.dropSegment("server-1"));
      const { time, paused } = await look(tab);
      expect(paused).toBe(false);
      expect(time).toBeLessThan(0.3);
      await tab.waitForFunction(
        (from) => (document.querySelector("tcp-connection")?.currentTime ?? 0) > from,
        time,
      );
      expect((await look(tab)).time).toBeLessThan(0.5);
    }));

  test("a click holds a segment back, doubles it or only looks, as the reader chose [point 35]", () =>
    onPage("/plain", async (tab) => {
      const tool = tab.getByRole("combobox", { name: "A click on a segment" });
      const fin = segment(tab, "client-4").locator(".hit");
      const verdicts = (): Promise<string[] | undefined> =>
        tab.evaluate(() =>
          document
            .querySelector("tcp-connection")
            ?.trace?.segments.find(({ id }) => id === "client-4")
            ?.arrivals.map(({ verdict }) => verdict),
        );
      await use(tab, (element) => element.seek(0.335));
      const before = await look(tab);
      await tool.selectOption("Inspect");
      await fin.click({ force: true });
      expect((await look(tab)).digest).toBe(before.digest);
      expect(await tab.locator("tcp-connection .inspector").textContent()).toContain("FIN,ACK");
      await tool.selectOption("Duplicate");
      await fin.click({ force: true });
      expect(await verdicts()).toEqual(["deliver", "duplicate"]);
      await tool.selectOption("Delay");
      await fin.click({ force: true });
      expect(await verdicts()).toEqual(["delay"]);
      expect((await look(tab)).retransmissions).toBe(1);
      for (const expected of [["deliver", "duplicate"], ["deliver"]]) {
        await button("Undo")(tab).click();
        expect(await verdicts()).toEqual(expected);
      }
      expect((await look(tab)).digest).toBe(before.digest);
    }));

  test("what has arrived cannot be lost any more; a click shows its header", () =>
    onPage("/plain", async (tab) => {
      await use(tab, (element) => element.seek(1e9));
      const before = await look(tab);
      await segment(tab, "client-1").locator(".hit").click({ force: true });
      expect((await look(tab)).digest).toBe(before.digest);
      expect(await tab.locator("tcp-connection .inspector").textContent()).toMatch(
        /TCP header · SYN\s/,
      );
    }));

  test("the transcript is a table, and loses segments as well [point 23]", () =>
    onPage("/plain", async (tab) => {
      await tab.locator("tcp-connection .transcript summary").click();
      const rows = tab.locator("tcp-connection tbody tr");
      const { ids, digest } = await look(tab);
      expect(await rows.count()).toBe(ids.length);
      expect(await rows.first().innerText()).toMatch(
        /10 ms\s+client-1\s+SYN\s+0\s+–\s+0\s+mss 1460\s+to come\s+server: SYN-RECEIVED/,
      );
      await rows.nth(3).getByRole("button").click();
      expect((await look(tab)).digest).not.toBe(digest);
    }));
});

describe.skipIf(chromium.missing)("the header", () => {
  test("a field under the pointer tells its place and meaning, and its octets light up [point 36]", () =>
    onPage("/plain", async (tab) => {
      await use(tab, (element) => element.seek(0.335));
      const note = tab.locator("tcp-connection .about");
      const lit = (): Promise<string[]> => tab.locator("tcp-connection .hex b").allTextContents();
      await tab.locator('tcp-connection [data-field="seq"]').hover();
      await expect.poll(() => note.textContent()).toContain("octets 4–7, bits 32–63: 0x00000064.");
      expect(await lit()).toEqual(["00", "00", "00", "64"]);
      await tab.locator('tcp-connection [data-field="FIN"]').hover();
      expect(await note.textContent()).toContain("The sender has no more data.");
      expect(await lit()).toEqual(["11"]);
    }));

  test("the arrows go from field to field, and do not step [points 21, 36]", () =>
    onPage("/plain", async (tab) => {
      await use(tab, (element) => element.seek(0.335));
      await tab.locator('tcp-connection [data-field="srcPort"]').focus();
      for (let count = 0; count < 13; count++) await tab.keyboard.press("ArrowRight");
      const note = tab.locator("tcp-connection .about");
      await expect
        .poll(() => note.textContent())
        .toContain("FIN, octet 13, bit 111: 1₂. The sender has no more");
      await tab.keyboard.press("ArrowLeft");
      await expect
        .poll(() => note.textContent())
        .toContain("SYN, octet 13, bit 110: 0₂. A connection begins");
      expect((await look(tab)).time).toBe(0.335);
    }));
});

describe.skipIf(chromium.missing)("the keyboard alone", () => {
  test("plays, steps, moves among segments, loses one and takes it back [points 21, 35]", () =>
    onPage("/plain", async (tab) => {
      const before = await look(tab);
      // The scenario, the numbers, the export, then the ladder: one stop each.
      for (let stop = 0; stop < 4; stop++) await tab.keyboard.press("Tab");
      const focused = (): Promise<string | null | undefined> =>
        tab.evaluate(() =>
          document
            .querySelector("tcp-connection")
            ?.shadowRoot?.activeElement?.getAttribute("data-segment"),
        );
      expect(await focused()).toBe("client-1");
      await tab.keyboard.press("ArrowDown");
      await tab.keyboard.press("ArrowDown");
      expect(await focused()).toBe(before.ids[2]);
      await tab.keyboard.press("ArrowRight");
      await tab.keyboard.press("ArrowRight");
      expect((await look(tab)).ends).toEqual(["SYN-SENT", "SYN-RECEIVED"]);
      await tab.keyboard.press("Delete");
      expect((await look(tab)).faults).toEqual(["drop:client:any:2"]);
      await tab.keyboard.press("Control+z");
      expect((await look(tab)).digest).toBe(before.digest);
      await tab.keyboard.press("End");
      expect((await look(tab)).ends).toEqual(["CLOSED", "CLOSED"]);
      await tab.keyboard.press("Home");
      expect((await look(tab)).time).toBe(0);
    }));

  test("Enter delays or doubles a segment, and Delete loses it all the same [points 21, 35]", () =>
    onPage("/plain", async (tab) => {
      const faults = async (): Promise<readonly string[]> => (await look(tab)).faults;
      const tool = tab.getByRole("combobox", { name: "A click on a segment" });
      for (const [chosen, fault] of [
        ["Delay", "delay=1200ms:client:any"],
        ["Duplicate", "duplicate:client:any"],
      ] as const) {
        await tool.selectOption(chosen);
        await segment(tab, "client-1").focus();
        expect(await segment(tab, "client-1").getAttribute("aria-label")).toContain(
          `Enter: ${chosen}`,
        );
        await tab.keyboard.press("Enter");
        expect(await faults()).toEqual([fault]);
        await tab.keyboard.press("Control+z");
      }
      await segment(tab, "client-1").focus();
      await tab.keyboard.press("Delete");
      expect(await faults()).toEqual(["drop:client:any"]);
    }));

  test("the space bar plays and pauses, and does not scroll the page [point 21]", () =>
    onPage("/plain", async (tab) => {
      await tab.getByRole("slider", { name: "Time" }).focus();
      const { scrollY } = await look(tab);
      await tab.keyboard.press(" ");
      expect((await look(tab)).paused).toBe(false);
      await tab.keyboard.press(" ");
      const after = await look(tab);
      expect([after.paused, after.scrollY]).toEqual([true, scrollY]);
    }));

  test("keys outside of the element do nothing to it [point 21]", () =>
    onPage("/plain", async (tab) => {
      await tab.keyboard.press(" ");
      await tab.keyboard.press("ArrowRight");
      const { time, paused } = await look(tab);
      expect([time, paused]).toEqual([0, true]);
    }));
});

describe.skipIf(chromium.missing)("axe finds nothing", () => {
  test.each([
    ["light", 1280, "/"],
    ["dark", 1280, "/"],
    ["light", 320, "/korean"],
    ["forced", 1280, "/plain"],
    ["dark", 320, "/unknown"],
  ] as const)("%s, %i px, %s [points 20, 25]", (colorScheme, width, path) =>
    onPage(path, async (tab) => {
      await tab.emulateMedia(
        colorScheme === "forced" ? { forcedColors: "active" } : { colorScheme },
      );
      await tab.setViewportSize({ width, height: 1200 });
      await use(tab, (element) => element.seek(0.33));
      if (path !== "/unknown") await tab.locator("tcp-connection .transcript summary").click();
      // Evaluated, because the page's policy allows no inline script.
      await tab.evaluate(`${readFileSync(AXE, "utf8")};0`);
      expect(await tab.evaluate(AXE_RUN)).toEqual([]);
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
    }),
  );
});

const AXE_RUN = `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
  .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 200)).join(" | ")))`;
