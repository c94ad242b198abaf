import { STATE_NAMES } from "@synfin/core/tcp";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromium, onPage, setUp, use } from "./page.ts";

setUp();

/** Every text of the element that a reader sees or hears. */
function textsOf(tab: Page): Promise<string[]> {
  return tab.evaluate(async () => {
    const element = document.querySelector("tcp-connection");
    await element?.updateComplete;
    const root = element?.shadowRoot;
    if (root == null) throw new Error("there is no element");
    const texts: string[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.parentElement?.localName !== "style") texts.push(node.textContent ?? "");
    }
    for (const one of root.querySelectorAll("*")) {
      for (const name of ["aria-label", "aria-valuetext", "title", "placeholder", "alt"]) {
        texts.push(one.getAttribute(name) ?? "");
      }
    }
    return texts;
  });
}

/** Names of the protocol, hosts, calls, files and units: the same in every language. */
const STAY = new Set(
  [
    ...STATE_NAMES.flatMap((name) => name.split("-")),
    ..."SYN FIN RST ACK PSH URG ECE CWR SEQ TCP RFC RTO MSL RST RTT IP".split(" "),
    ..."seq ack win mss wscale sackOK TS TSval TSecr".split(" "),
    ..."client server connect listen send close shutdown receive abort any".split(" "),
    // Terms that Korean books leave in English, too.
    ..."way handshake half open SACK".split(" "),
    ..."SVG PNG JSON pcapng Enter B ms s µs".split(" "),
  ].map((word) => word.toLowerCase()),
);

/** The words in Latin letters that are not among those that stay. */
function foreign(texts: readonly string[]): string[] {
  const words = texts.flatMap((text) => {
    // Octets, checksums, digests and ids are no words.
    const bare = text.replace(/\b(?:0x)?(?=[0-9a-f]*\d)[0-9a-f]+\b|\b[a-f]{2}\b/g, " ");
    return bare.match(/[A-Za-zµ]+/g) ?? [];
  });
  return [...new Set(words)].filter((word) => !STAY.has(word.toLowerCase()));
}

describe.skipIf(chromium.missing)("no text is written outside of the tables", () => {
  test("in Korean, only what the protocol names is in Latin letters [point 28]", () =>
    onPage("/korean", async (tab) => {
      await use(tab, (element) => {
        element.link = "here";
        element.seek(1.33);
      });
      await tab.locator('tcp-connection [data-field="FIN"]').focus();
      await tab.locator("tcp-connection .about", { hasText: "번호" }).waitFor();
      const texts = await textsOf(tab);
      expect(texts.filter((text) => /[가-힣]/.test(text)).length).toBeGreaterThan(60);
      // A bit's cell has the first letter of its name apart from the rest.
      const halves = ["C", "WR", "E", "CE", "U", "RG", "A", "CK", "P", "SH", "R", "ST"];
      const rest = ["S", "YN", "F", "IN", ...halves];
      expect(foreign(texts).filter((word) => !rest.includes(word))).toEqual([]);
    }));

  test("English is found where it is [point 28]", () =>
    onPage("/", async (tab) => {
      expect(foreign(await textsOf(tab)).length).toBeGreaterThan(50);
    }));
});
