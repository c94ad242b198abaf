import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromium, open, setUp } from "./pages.ts";
import { KeyboardReader, PointerReader, type Reader, visibleText } from "./readers.ts";

/**
 * What a reader who has never seen the elements is asked to find out. They see roles,
 * names and texts, and have either a keyboard or a pointer; nothing here knows how the
 * elements are made. Each task is done once its answer stands on the page.
 */
setUp();

const READERS: readonly (readonly [string, (page: Page) => Reader])[] = [
  ["with the keyboard alone", (page) => new KeyboardReader(page)],
  ["with the pointer alone", (page) => new PointerReader(page)],
];

async function isAnswered(page: Page, answer: RegExp): Promise<void> {
  await expect
    .poll(() => visibleText(page, answer).count(), { timeout: 30_000 })
    .toBeGreaterThan(0);
}

describe.skipIf(chromium.missing).each(READERS)("%s, a fresh reader", (_, readerOf) => {
  test("drops the last ACK and sees TIME-WAIT restart [points 21, 35, 38]", () =>
    open("/connection", async (page) => {
      const reader = readerOf(page);
      await reader.choose("Scenario", "Four-way close");
      await reader.pressSegment(/^ACK .*client to server/);
      await reader.stepUntil(/acknowledges once more and starts 2MSL anew/);
      await isAnswered(page, /this is what TIME-WAIT is for/);
      // Beside the lifeline, at the bracket that ends where another begins.
      await isAnswered(page, /^restarted$/);
    }));

  test("makes a half-close and finds which side still may send [points 21, 38]", () =>
    open("/connection", async (page) => {
      const reader = readerOf(page);
      await reader.choose("Scenario", "Half-close");
      await reader.stepUntil(/closes only its own direction/);
      await reader.stepUntil(/The server acknowledges it\. It may still send/);
      await isAnswered(page, /waits in CLOSE-WAIT for its own user to close/);
    }));

  test("finds the bit that says FIN [points 21, 36]", () =>
    open("/connection", async (page) => {
      const reader = readerOf(page);
      await reader.choose("Scenario", "Four-way close");
      await reader.toTheEnd();
      await reader.pressSegment(/^FIN,ACK .*client to server/);
      await isAnswered(page, /^TCP header · FIN,ACK$/);
      await reader.lookAtField("FIN");
      await isAnswered(page, /^FIN, octet 13, bit 111: 1₂\. The sender has no more data/);
    }));

  test("finds why the server hangs in CLOSE-WAIT [points 21, 38]", () =>
    open("/connection", async (page) => {
      const reader = readerOf(page);
      await reader.choose("Scenario", "Stuck in CLOSE-WAIT");
      await isAnswered(page, /the server's application never does\. No timer ends CLOSE-WAIT/);
      await reader.toTheEnd();
      await isAnswered(
        page,
        /the server hangs in CLOSE-WAIT, because its own user never closes, and no timer does it/,
      );
    }));

  test("runs port exhaustion and reads the rate at which it sets in [points 21, 39]", () =>
    open("/load", async (page) => {
      const reader = readerOf(page);
      await reader.choose("Scenario", "Out of ephemeral ports");
      await reader.press("Run");
      await isAnswered(page, /finished at .* failed/);
      const claim = page.getByRole("listitem").filter({
        hasText: "at that rate none would have been refused",
      });
      await expect
        .poll(async () => (await claim.innerText()).replace(/\s+/g, " "))
        .toMatch(/theory says 470\.\d+\/s ± 0\.\d+\/s this run 470\.\d+\/s/);
    }));
});
