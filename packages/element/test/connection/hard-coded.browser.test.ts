import { STATE_NAMES } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { foreign, textsOf } from "../foreign.ts";
import { chromium, onPage, setUp, use } from "./page.ts";

setUp();

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

describe.skipIf(chromium.missing)("no text is written outside of the tables", () => {
  test("in Korean, only what the protocol names is in Latin letters [point 28]", () =>
    onPage("/korean", async (tab) => {
      await use(tab, (element) => {
        element.link = "here";
        element.seek(1.33);
      });
      await tab.locator('tcp-connection [data-field="FIN"]').focus();
      await tab.locator("tcp-connection .about", { hasText: "번호" }).waitFor();
      const texts = await textsOf(tab, "tcp-connection");
      expect(texts.filter((text) => /[가-힣]/.test(text)).length).toBeGreaterThan(60);
      // A bit's cell has the first letter of its name apart from the rest.
      const halves = ["C", "WR", "E", "CE", "U", "RG", "A", "CK", "P", "SH", "R", "ST"];
      const rest = ["S", "YN", "F", "IN", ...halves];
      expect(foreign(texts, STAY).filter((word) => !rest.includes(word))).toEqual([]);
    }));

  test("English is found where it is [point 28]", () =>
    onPage("/", async (tab) => {
      expect(foreign(await textsOf(tab, "tcp-connection"), STAY).length).toBeGreaterThan(50);
    }));
});
