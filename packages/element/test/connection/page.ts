import { fileURLToPath } from "node:url";
import { findScenario } from "@synfin/simulator";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../../tools/testing/browser.ts";
import { bundleForPage } from "../../../../tools/testing/bundle.ts";
import type { Requirement } from "../../../../tools/testing/requirements.ts";
import { type StaticServer, serveStatic } from "../../../../tools/testing/static-server.ts";
import { captureOf } from "../../src/extras/capture-of.ts";
import type { TcpConnection } from "../../src/index.ts";
import { builtFiles } from "../built-files.ts";
import { traceOf } from "../traces.ts";

/** For `test.skipIf(chromium.missing)`. */
export const chromium: Requirement = requireBrowser();
const HERE = fileURLToPath(new URL(".", import.meta.url));

/** A page with one element, and a text below it so that the page can scroll. */
const page = (attributes: string, lang = "en", inside = ""): string => `<!doctype html>
<html lang="${lang}"><meta charset="utf-8"><title>A connection</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/page.css">
<script type="module" src="/notes.js"></script><script type="module" src="/define.js"></script>
<main><h1>A connection</h1><tcp-connection ${attributes}>${inside}<p id="fallback">a ladder</p></tcp-connection>
<p class="tall">below</p></main></html>`;

/** A scenario that a page's writer made, with words of the writer's own. */
export const LESSON = {
  scenario: {
    ...(findScenario("four-way-close") ?? {}),
    name: "my-close",
    title: { en: "My own close", ko: "나의 종료" },
  },
  narration: [
    { step: 1, text: "Nobody has said anything yet." },
    { step: 2, text: { en: "It begins with a SYN.", ko: "SYN으로 시작합니다." } },
  ],
};

const NOTES = `
globalThis.notes = { steps: [], changes: [], errors: [], said: [], violations: [] };
document.addEventListener("securitypolicyviolation", (event) => notes.violations.push(event.violatedDirective));
const element = document.querySelector("tcp-connection");
element.addEventListener("tcp-step", (event) => notes.steps.push(event.detail.step));
element.addEventListener("tcp-change", (event) => notes.changes.push(event.detail.trace.digest));
element.addEventListener("error", (event) => notes.errors.push(event.detail.message));
customElements.whenDefined("tcp-connection").then(async () => {
  await element.ready;
  const status = element.shadowRoot.querySelector("[role=status]");
  new MutationObserver(() => notes.said.push(status.textContent.trim()))
    .observe(status, { characterData: true, childList: true, subtree: true });
});`;

/** What the page noted down; there only inside of `evaluate`. */
export type Notes = Readonly<
  Record<"changes" | "errors" | "said" | "violations", string[]> & { steps: number[] }
>;
declare const notes: Notes;

let browser: Browser | undefined;
let server: StaticServer | undefined;

/** Starts browser and server before the tests of a file, and ends them after. */
export function setUp(): void {
  beforeAll(async () => {
    if (chromium.missing) return;
    const pages = {
      "/": page('scenario="lost-fin" seed="7"'),
      "/export": page('scenario="lost-fin"'),
      "/link": page('scenario="lost-fin" link="close"'),
      "/links": page(
        'link="a"></tcp-connection><tcp-connection scenario="four-way-close" link="b"',
      ),
      "/inline": page(
        "autoplay",
        "en",
        `<script type="application/json">${JSON.stringify(LESSON)}</script>`,
      ),
      "/words": page(
        'scenario="lost-fin"',
        "ko",
        `<script type="application/json">${JSON.stringify({ narration: LESSON.narration })}</script>`,
      ),
      "/broken": page("", "en", '<script type="application/json">{"format": "x"}</script>'),
      "/recorded": page('src="/lost-fin.json" faults="drop:client:SYN"'),
      "/capture": page('src="/lost-fin.pcapng"'),
      "/lost-fin.pcapng": captureOf(traceOf("lost-fin")),
      "/missing": page('src="/missing.json"'),
      "/no-trace": page('src="/page.css"'),
      "/lost-fin.json": JSON.stringify(traceOf("lost-fin")),
      "/reserved": page('class="reserved" scenario="lost-fin"'),
      "/lesson": page('scenario="four-way-close" start="4" stop="8"'),
      "/plain": page('scenario="four-way-close"'),
      "/scale": page('scenario="window-scale"'),
      "/challenge": page('scenario="challenge-ack"'),
      "/zero": page('scenario="zero-window"', "ko"),
      "/fault": page('scenario="four-way-close" faults="drop:client:FIN, drop:server:FIN"'),
      "/autoplay": page('scenario="three-way-handshake" autoplay speed="4"'),
      "/korean": page('scenario="lost-fin"', "ko-KR"),
      "/unknown": page('scenario="lost-fni"'),
      "/bad-fault": page('scenario="lost-fin" faults="drop:client:FUN"'),
      "/bad-seed": page('scenario="lost-fin" seed="many"'),
      ...(process.env["SYNFIN_FILES"] === undefined
        ? { "/define.js": await bundleForPage('import "@synfin/element/define";', HERE) }
        : { ...builtFiles(), "/define.js": 'import "/tcp-connection.js";' }),
      "/notes.js": NOTES,
      "/favicon.ico": "",
      "/page.css":
        "html { color-scheme: light dark } body { margin: 16px } .tall { height: 2000px } .reserved { display: block; min-height: 1000px }",
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
}

/**
 * Opens a page, lets the test act, and fails on any word in the console but for those that
 * the test expects there.
 */
export async function onPage(
  path: string,
  act: (page: Page) => Promise<void>,
  expected = /^$/,
): Promise<void> {
  if (browser === undefined) throw new Error("the browser has not started");
  const tab = await browser.context.newPage();
  const words: string[] = [];
  tab.on("console", (message) => words.push(message.text()));
  tab.on("pageerror", (error) => words.push(error.message));
  try {
    await tab.goto(`${server?.origin}${path}`);
    await tab.locator("tcp-connection .frame").first().waitFor();
    await act(tab);
    expect(words.filter((text) => !expected.test(text))).toEqual([]);
    expect(await tab.evaluate(() => notes.violations)).toEqual([]);
  } finally {
    await tab.close();
  }
}

/** What the tests look at, all from one look. */
export interface Look {
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

export function look(tab: Page): Promise<Look> {
  return tab.evaluate(async () => {
    const element = document.querySelector("tcp-connection");
    const root = element?.shadowRoot;
    if (element == null || root == null) throw new Error("there is no element");
    await element.ready;
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
export function use(tab: Page, act: (element: TcpConnection) => void): Promise<void> {
  return tab.evaluate(`(${act})(document.querySelector("tcp-connection"))`);
}

/** A button by its label. */
export const button =
  (name: string) =>
  (tab: Page): Locator =>
    tab.getByRole("button", { name, exact: true });
/** A segment of the ladder by its id. */
export const segment = (tab: Page, id: string): Locator =>
  tab.locator(`tcp-connection [data-segment="${id}"]`);
