import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromium, onPage, segment, setUp, use } from "./page.ts";

setUp();

/** The texts of a style in the ladder, as a reader sees them. */
function texts(tab: Page, cls: string): Promise<string[]> {
  return tab
    .locator(`tcp-connection .ladder .${cls}`)
    .allTextContents()
    .then((all) => all.map((text) => text.trim()));
}

describe.skipIf(chromium.missing)("what is new stands where a reader looks", () => {
  test("a challenge ACK at its arrow, in the transcript and in words", () =>
    onPage("/challenge", async (tab) => {
      expect(await texts(tab, "mark")).toEqual(["challenge ACK", "challenge ACK"]);
      await tab.locator("tcp-connection .transcript summary").click();
      const row = tab.locator("tcp-connection tbody tr", { hasText: "server-2" });
      expect(await row.textContent()).toContain("challenge ACK");
      await use(tab, (element) => element.seek(0.3));
      const narration = tab.locator("tcp-connection .narration");
      expect(await narration.textContent()).toContain("asks back with a challenge ACK");
      expect(await narration.textContent()).toContain("RFC 5961 §3");
    }));

  test("probes of a shut window with their timer, in Korean", () =>
    onPage("/zero", async (tab) => {
      const marks = await texts(tab, "mark");
      expect(marks.filter((text) => text === "제로 윈도 프로브")).toHaveLength(2);
      expect(marks).toContain("윈도 갱신");
      const timers = await tab.locator("tcp-connection .ladder .soft").allTextContents();
      expect(timers.map((text) => text.trim())).toEqual(
        expect.arrayContaining(["persist", "1 s", "persist ×2", "2 s"]),
      );
      expect(await texts(tab, "detail")).toContain("win 0");
    }));

  test("a lost FIN's retransmission and its RTO, also for those who cannot see it", () =>
    onPage("/", async (tab) => {
      expect(await texts(tab, "fate")).toContain("retransmission (RTO 1 s)");
      await use(tab, (element) => element.seek(1.33));
      const again = await tab.evaluate(
        () =>
          document
            .querySelector("tcp-connection")
            ?.trace?.segments.find(({ retransmission }) => retransmission)?.id,
      );
      const label = await segment(tab, again ?? "").getAttribute("aria-label");
      expect(label).toContain("retransmission (RTO 1 s)");
    }));

  test("the header shows a scaled window in octets, and the options by name", () =>
    onPage("/scale", async (tab) => {
      await use(tab, (element) => element.seek(1e9));
      const header = tab.locator("tcp-connection .inspector");
      await segment(tab, "client-1").locator(".hit").click({ force: true });
      const syn = (await header.textContent()) ?? "";
      expect(syn).toMatch(/options\s*mss 1460, wscale 7, sackOK, TSval 10 TSecr 0/);
      expect(syn).toMatch(/window\s*65535/);
      await segment(tab, "client-2").locator(".hit").click({ force: true });
      expect(await header.textContent()).toMatch(/window\s*8192×128 = 1048576/);
    }));
});
