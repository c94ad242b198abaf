import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../../tools/testing/browser.ts";
import { bundleForPage } from "../../../../tools/testing/bundle.ts";
import { type StaticServer, serveStatic } from "../../../../tools/testing/static-server.ts";
import type { TcpConnection } from "../../src/index.ts";
import { traceOf } from "../traces.ts";

const chromium = requireBrowser();
const HERE = fileURLToPath(new URL(".", import.meta.url));
const AXE = fileURLToPath(import.meta.resolve("axe-core"));

/** A page with one element, and a text below it so that the page can scroll. */
const page = (attributes: string, lang = "en"): string => `<!doctype html>
<html lang="${lang}"><meta charset="utf-8"><title>A connection</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/page.css">
<script type="module" src="/notes.js"></script><script type="module" src="/define.js"></script>
<main><h1>A connection</h1><tcp-connection ${attributes}><p id="fallback">a ladder</p></tcp-connection>
<p class="tall">below</p></main></html>`;

const NOTES = `
globalThis.notes = { steps: [], changes: [], errors: [], said: [], violations: [] };
document.addEventListener("securitypolicyviolation", (event) => notes.violations.push(event.violatedDirective));
const element = document.querySelector("tcp-connection");
element.addEventListener("tcp-step", (event) => notes.steps.push(event.detail.step));
element.addEventListener("tcp-change", (event) => notes.changes.push(event.detail.trace.digest));
element.addEventListener("error", (event) => notes.errors.push(event.detail.message));
customElements.whenDefined("tcp-connection").then(async () => {
  await element.updateComplete;
  const status = element.shadowRoot.querySelector("[role=status]");
  new MutationObserver(() => notes.said.push(status.textContent.trim()))
    .observe(status, { characterData: true, childList: true, subtree: true });
});`;

declare const notes: Readonly<
  Record<"changes" | "errors" | "said" | "violations", string[]> & { steps: number[] }
>;

let browser: Browser | undefined;
let server: StaticServer | undefined;

beforeAll(async () => {
  if (chromium.missing) return;
  const pages = {
    "/": page('scenario="lost-fin" seed="7"'),
    "/plain": page('scenario="four-way-close"'),
    "/fault": page('scenario="four-way-close" faults="drop:client:FIN, drop:server:FIN"'),
    "/autoplay": page('scenario="three-way-handshake" autoplay speed="4"'),
    "/korean": page('scenario="lost-fin"', "ko-KR"),
    "/unknown": page('scenario="lost-fni"'),
    "/bad-fault": page('scenario="lost-fin" faults="drop:client:FUN"'),
    "/bad-seed": page('scenario="lost-fin" seed="many"'),
    "/define.js": await bundleForPage('import "@synfin/element/define";', HERE),
    "/notes.js": NOTES,
    "/favicon.ico": "",
    "/page.css": "html { color-scheme: light dark } body { margin: 16px } .tall { height: 2000px }",
  };
  const headers = { "content-security-policy": "default-src 'self'" };
  server = await serveStatic(HERE, { pages, headers });
  // Tall enough for the whole element, so that nothing scrolls by being clicked.
  browser = await launchBrowser({ viewport: { width: 1280, height: 1200 } });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens a page, lets the test act, and fails on any word in the console. */
async function onPage(path: string, act: (page: Page) => Promise<void>): Promise<void> {
  if (browser === undefined) throw new Error("the browser has not started");
  const tab = await browser.context.newPage();
  const words: string[] = [];
  tab.on("console", (message) => words.push(message.text()));
  tab.on("pageerror", (error) => words.push(error.message));
  try {
    await tab.goto(`${server?.origin}${path}`);
    await tab.locator("tcp-connection .frame").waitFor();
    await act(tab);
    expect(words).toEqual([]);
    expect(await tab.evaluate(() => notes.violations)).toEqual([]);
  } finally {
    await tab.close();
  }
}

/** What the tests look at, all from one look. */
interface Look {
  readonly digest: string;
  readonly ids: string[];
  readonly faults: readonly string[];
  readonly time: number;
  readonly paused: boolean;
  readonly ends: string[];
  readonly arrows: number;
  readonly crosses: number;
  readonly dots: number;
  readonly retransmissions: number;
  readonly scrollY: number;
}

function look(tab: Page): Promise<Look> {
  return tab.evaluate(async () => {
    const element = document.querySelector("tcp-connection");
    const root = element?.shadowRoot;
    if (element == null || root == null) throw new Error("there is no element");
    await element.updateComplete;
    const count = (selector: string): number => root.querySelectorAll(selector).length;
    return {
      digest: element.trace?.digest ?? "",
      ids: element.trace?.segments.map(({ id }) => id) ?? [],
      faults: element.trace?.faults ?? [],
      time: element.currentTime,
      paused: element.paused,
      ends: [...root.querySelectorAll(".end .state")].map((end) => end.textContent ?? ""),
      arrows: count(".ladder .arrow"),
      crosses: count(".ladder .cross"),
      dots: count(".ladder .dot"),
      retransmissions: element.trace?.segments.filter((one) => one.retransmission).length ?? 0,
      scrollY,
    };
  });
}

/** Calls into the element, as a page's script would. */
function use(tab: Page, act: (element: TcpConnection) => void): Promise<void> {
  return tab.evaluate(`(${act})(document.querySelector("tcp-connection"))`);
}

const button = (name: string) => (tab: Page) => tab.getByRole("button", { name, exact: true });
const segment = (tab: Page, id: string) => tab.locator(`tcp-connection [data-segment="${id}"]`);

describe.skipIf(chromium.missing)("drawing", () => {
  test("draws every segment of the trace, and only those", () =>
    onPage("/", async (tab) => {
      const seen = await look(tab);
      const trace = traceOf("lost-fin");
      expect(seen.arrows).toBe(trace.segments.length);
      expect(seen.crosses).toBe(1);
      expect(await tab.locator("tcp-connection [data-segment]").count()).toBe(seen.ids.length);
      expect(await tab.evaluate(() => notes.errors)).toEqual([]);
    }));

  test("seeking equals playing: the frame depends on the time alone", () =>
    onPage("/", async (tab) => {
      const frames: string[] = [];
      const frame = (): Promise<string> =>
        tab.evaluate(async () => {
          const element = document.querySelector("tcp-connection");
          await element?.updateComplete;
          return (
            element?.shadowRoot?.querySelector(".ladder")?.outerHTML.replace(/<!--.*?-->/g, "") ??
            ""
          );
        });
      await use(tab, (element) => element.seek(1.33));
      frames.push(await frame());
      await use(tab, (element) => element.seek(200));
      await use(tab, (element) => element.seek(0));
      for (let step = 0; step < 10; step++) await use(tab, (element) => element.step(1));
      await use(tab, (element) => element.seek(1.33));
      frames.push(await frame());
      expect(frames[0]).toBe(frames[1]);
      expect(frames[0]).toContain('class="dot left"');
    }));

  test("attributes and properties agree", () =>
    onPage("/", async (tab) => {
      const attributes = await tab.evaluate(async () => {
        const element = document.querySelector("tcp-connection");
        if (element === null) throw new Error("there is no element");
        element.scenario = "simultaneous-open";
        element.seed = 9;
        element.faults = "drop:client:SYN";
        element.seq = "absolute";
        element.speed = 2;
        element.autoplay = true;
        await element.updateComplete;
        return ["scenario", "seed", "faults", "seq", "speed", "autoplay"].map((name) =>
          element.getAttribute(name),
        );
      });
      expect(attributes).toEqual([
        "simultaneous-open",
        "9",
        "drop:client:SYN",
        "absolute",
        "2",
        "",
      ]);
      expect((await look(tab)).faults).toEqual(["drop:client:SYN"]);
      expect(await tab.locator("tcp-connection .ladder").textContent()).toContain("seq 100");
    }));

  test("the light DOM stays as the page wrote it", () =>
    onPage("/", async (tab) => {
      await use(tab, (element) => element.step(3));
      expect(await tab.locator("tcp-connection").innerHTML()).toBe('<p id="fallback">a ladder</p>');
      expect(await tab.locator("#fallback").isVisible()).toBe(false);
    }));
});

describe.skipIf(chromium.missing)("playing", () => {
  test("play moves on, pause stops, and each step is said once", () =>
    onPage("/plain", async (tab) => {
      await use(tab, (element) => {
        element.speed = 4;
      });
      await button("Play")(tab).click();
      await tab.waitForFunction(
        () => (document.querySelector("tcp-connection")?.currentTime ?? 0) > 0.1,
      );
      await button("Pause")(tab).click();
      const paused = await look(tab);
      expect(paused.paused).toBe(true);
      await tab.waitForTimeout(100);
      expect((await look(tab)).time).toBe(paused.time);
      const { steps, said } = await tab.evaluate(() => notes);
      expect(steps.length).toBeGreaterThanOrEqual(2);
      expect(new Set(steps).size).toBe(steps.length);
      expect(said.length).toBe(steps.length);
      expect(said.at(-1)).toMatch(/Step [0-9]+ of [0-9]+, .*SEQ/);
    }));

  test("to the end it plays, and from the beginning again", () =>
    onPage("/plain", async (tab) => {
      await use(tab, (element) => element.seek(1e9));
      expect((await look(tab)).ends).toEqual(["CLOSED", "CLOSED"]);
      await button("Play")(tab).click();
      expect((await look(tab)).time).toBeLessThan(1);
    }));

  test("steps go on and back", () =>
    onPage("/plain", async (tab) => {
      await button("Step forward")(tab).click();
      const first = await look(tab);
      expect(first.ends).toEqual(["SYN-SENT", "LISTEN"]);
      await button("Step forward")(tab).click();
      expect((await look(tab)).ends).toEqual(["SYN-SENT", "SYN-RECEIVED"]);
      await button("Step back")(tab).click();
      expect(await look(tab)).toEqual(first);
      await button("To the start")(tab).click();
      expect((await look(tab)).time).toBe(0);
    }));

  test("the slider scrubs", () =>
    onPage("/plain", async (tab) => {
      const slider = tab.getByRole("slider", { name: "Time" });
      const box = await slider.boundingBox();
      if (box === null) throw new Error("the slider is not to be seen");
      await tab.mouse.click(box.x + box.width - 9, box.y + box.height / 2);
      expect((await look(tab)).time).toBeGreaterThan(100);
      await tab.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      const { time } = await look(tab);
      expect(time).toBeGreaterThan(0);
      expect(time).toBeLessThan(1);
      expect(await slider.getAttribute("aria-valuetext")).toMatch(/ms, Step [0-9]+ of/);
    }));

  test("it plays by itself where it is asked to", () =>
    onPage("/autoplay", async (tab) => {
      await tab.waitForFunction(
        () => (document.querySelector("tcp-connection")?.currentTime ?? 0) > 0.02,
      );
    }));
});

describe.skipIf(chromium.missing)("losing segments", () => {
  test("a click loses a segment to come: ×, the wait, the retransmission; undo takes it back", () =>
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
      await button("Undo drop")(tab).click();
      expect({
        ...(await look(tab)),
        time: before.time,
        dots: before.dots,
        ends: before.ends,
      }).toEqual(before);
    }));

  test("what was retransmitted can be lost, too; reset takes everything back", () =>
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

  test("the transcript is a table, and loses segments as well", () =>
    onPage("/plain", async (tab) => {
      await tab.locator("tcp-connection summary").click();
      const rows = tab.locator("tcp-connection tbody tr");
      const { ids, digest } = await look(tab);
      expect(await rows.count()).toBe(ids.length);
      expect(await rows.first().innerText()).toMatch(
        /10 ms\s+client-1\s+SYN\s+0\s+–\s+0\s+to come\s+server: SYN-RECEIVED/,
      );
      await rows.nth(3).getByRole("button").click();
      expect((await look(tab)).digest).not.toBe(digest);
    }));
});

describe.skipIf(chromium.missing)("the keyboard alone", () => {
  test("plays, steps, moves among segments, loses one and takes it back", () =>
    onPage("/plain", async (tab) => {
      const before = await look(tab);
      // The scenario, the numbers, then the ladder: one stop each.
      for (let stop = 0; stop < 3; stop++) await tab.keyboard.press("Tab");
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

  test("the space bar plays and pauses, and does not scroll the page", () =>
    onPage("/plain", async (tab) => {
      await tab.getByRole("slider", { name: "Time" }).focus();
      const { scrollY } = await look(tab);
      await tab.keyboard.press(" ");
      expect((await look(tab)).paused).toBe(false);
      await tab.keyboard.press(" ");
      const after = await look(tab);
      expect([after.paused, after.scrollY]).toEqual([true, scrollY]);
    }));

  test("keys outside of the element do nothing to it", () =>
    onPage("/plain", async (tab) => {
      await tab.keyboard.press(" ");
      await tab.keyboard.press("ArrowRight");
      const { time, paused } = await look(tab);
      expect([time, paused]).toEqual([0, true]);
    }));
});

describe.skipIf(chromium.missing)("what is wrong is said in the element", () => {
  test.each([
    ["/unknown", "There is no scenario “lost-fni”. Did you mean lost-fin"],
    ["/bad-fault", '"FUN" should be one of SYN, SYN-ACK'],
    ["/bad-seed", "it should be a whole number from 0 on"],
  ])("%s", (path, text) =>
    onPage(path, async (tab) => {
      expect(await tab.getByRole("alert").textContent()).toContain(text);
      expect(await tab.evaluate(() => notes.errors.length)).toBe(1);
      expect(await tab.locator("#fallback").isVisible()).toBe(true);
      await use(tab, (element) => {
        element.play();
        element.step(1);
        element.dropSegment("client-1");
        element.undo();
        element.seek(1);
        element.seed = 1;
        element.faults = "";
        element.scenario = "lost-fin";
      });
      expect((await look(tab)).arrows).toBe(10);
      expect(await tab.getByRole("alert").count()).toBe(0);
    }),
  );
});

describe.skipIf(chromium.missing)("language and motion", () => {
  test("it speaks the language around it, and switching keeps the position", () =>
    onPage("/korean", async (tab) => {
      await use(tab, (element) => element.seek(1.33));
      expect(await tab.locator("tcp-connection .narration").textContent()).toContain("다시 보내고");
      await tab.evaluate(() => {
        document.documentElement.lang = "en";
      });
      await tab.waitForFunction(() =>
        document
          .querySelector("tcp-connection")
          ?.shadowRoot?.querySelector(".narration")
          ?.textContent?.includes("again"),
      );
      expect((await look(tab)).time).toBe(1.33);
    }));

  test("with reduced motion nothing plays by itself, and playing goes step by step", () =>
    onPage("/plain", async (tab) => {
      await tab.emulateMedia({ reducedMotion: "reduce" });
      await use(tab, (element) => {
        element.speed = 8;
        element.play();
      });
      await tab.waitForFunction(
        () => (document.querySelector("tcp-connection")?.currentTime ?? 0) > 0.1,
      );
      await use(tab, (element) => element.pause());
      const times = traceOf("four-way-close").segments.flatMap((one) => [
        one.sentAtUs,
        ...one.arrivals.map(({ atUs }) => atUs),
      ]);
      const { time } = await look(tab);
      expect(times).toContain(Math.round(time * 1e6));
      await tab.reload();
      await tab.locator("tcp-connection .frame").waitFor();
      expect((await look(tab)).time).toBe(0);
    }));
});

describe.skipIf(chromium.missing)("axe finds nothing", () => {
  test.each([
    ["light", 1280, "/"],
    ["dark", 1280, "/"],
    ["light", 320, "/korean"],
    ["dark", 320, "/unknown"],
  ] as const)("%s, %i px, %s", (colorScheme, width, path) =>
    onPage(path, async (tab) => {
      await tab.emulateMedia({ colorScheme });
      await tab.setViewportSize({ width, height: 1200 });
      await use(tab, (element) => element.seek(0.33));
      if (path !== "/unknown") await tab.locator("tcp-connection summary").click();
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
