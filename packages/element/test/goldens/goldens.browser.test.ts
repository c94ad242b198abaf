import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../../tools/testing/browser.ts";
import { bundleForPage } from "../../../../tools/testing/bundle.ts";
import { type StaticServer, serveStatic } from "../../../../tools/testing/static-server.ts";
import { compareGolden, differ, forgetFailures, MOST_PIXELS } from "./compare.ts";
import { FONT_STYLE, fontPages, fonts } from "./fonts.ts";

/**
 * Pictures at a fixed seed and time, compared pixel by pixel with those in `pictures/`.
 * `npm run goldens` writes them anew.
 */
const chromium = requireBrowser();
const needs = { missing: chromium.missing || fonts.missing };
const HERE = fileURLToPath(new URL(".", import.meta.url));

/** What stands on a page of its own, and what is done before its picture is taken. */
interface Scene {
  readonly width: number;
  readonly html: string;
  readonly prepare: (tab: Page) => Promise<unknown>;
}

const seek = (tab: Page): Promise<void> =>
  tab.evaluate(() => document.querySelector("tcp-connection")?.seek(1.358));

async function inspect(tab: Page): Promise<void> {
  await seek(tab);
  await tab.locator('[data-field="FIN"]').hover();
  await tab.locator("tcp-connection .hex b").waitFor();
}

const runLoad = (tab: Page): Promise<unknown> =>
  tab.evaluate(() => {
    const load = document.querySelector("tcp-load");
    const ended = new Promise((resolve) => load?.addEventListener("tcp-end", resolve));
    load?.run();
    return ended.then(() => load?.updateComplete);
  });

const connection = (view: string): string =>
  `<tcp-connection scenario="lost-fin" seed="1" view="${view}"></tcp-connection>`;

const SCENES = {
  "lost-fin": { width: 640, html: connection("ladder"), prepare: seek },
  inspector: { width: 400, html: connection("header"), prepare: inspect },
  states: { width: 400, html: connection("states"), prepare: seek },
  load: {
    width: 700,
    html: '<tcp-load seed="1" connections="500" rate="50"></tcp-load>',
    prepare: runLoad,
  },
} as const satisfies Record<string, Scene>;
type SceneName = keyof typeof SCENES;

/** Each language and each scheme, and both of both where most is to be seen. */
const PICTURES: readonly (readonly [SceneName, "en" | "ko", "light" | "dark"])[] = [
  ["lost-fin", "en", "light"],
  ["lost-fin", "en", "dark"],
  ["lost-fin", "ko", "light"],
  ["lost-fin", "ko", "dark"],
  ["inspector", "en", "light"],
  ["inspector", "ko", "dark"],
  ["states", "en", "dark"],
  ["states", "ko", "light"],
  ["load", "en", "light"],
  ["load", "ko", "dark"],
];

/** How fast the machine was is no part of the look, and neither is a caret. */
const STYLE = `${FONT_STYLE}
:root { color-scheme: light dark } body { margin: 0; background: Canvas }
tcp-load::part(figures), tcp-load::part(footer) { visibility: hidden }`;

const page = ({ html, width }: Scene, lang: string): string => `<!doctype html>
<html lang="${lang}"><meta charset="utf-8"><title>golden</title><style>${STYLE}
main { width: ${width}px }</style><main>${html}</main>
<script type="module" src="/define.js"></script></html>`;

let browser: Browser | undefined;
let server: StaticServer | undefined;

beforeAll(async () => {
  if (needs.missing) return;
  forgetFailures();
  const pages = Object.entries(SCENES).flatMap(([name, scene]) =>
    ["en", "ko"].map((lang) => [`/${name}/${lang}`, page(scene, lang)]),
  );
  server = await serveStatic(HERE, {
    pages: {
      ...Object.fromEntries(pages),
      ...fontPages(),
      "/define.js": await bundleForPage('import "@synfin/element/define";', HERE),
      "/favicon.ico": "",
    },
  });
  browser = await launchBrowser({
    viewport: { width: 800, height: 1200 },
    reducedMotion: "reduce",
    args: ["--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"],
  });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** The element of a scene as it looks once it is prepared; `change` is made just before. */
async function take(
  name: SceneName,
  lang: string,
  colorScheme: "light" | "dark",
  change = "",
): Promise<Buffer> {
  if (browser === undefined) throw new Error("the browser has not started");
  const tab = await browser.context.newPage();
  try {
    await tab.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await tab.goto(`${server?.origin}/${name}/${lang}`);
    await tab.waitForFunction("customElements.get('tcp-load')");
    await SCENES[name].prepare(tab);
    await tab.evaluate(async () => {
      await document.querySelector("tcp-connection")?.ready;
      await document.fonts.ready;
    });
    await tab.evaluate(change);
    return await tab.locator("main > *").screenshot({ animations: "disabled" });
  } finally {
    await tab.close();
  }
}

describe.skipIf(needs.missing)("the look is as it was", () => {
  test.each(PICTURES)("%s, %s, %s [point 41]", async (name, lang, scheme) => {
    const screenshot = await take(name, lang, scheme);
    expect(compareGolden(`${name}-${lang}-${scheme}`, screenshot)).toBe("");
  });
});

describe.skipIf(needs.missing)("a difference is seen", () => {
  test.each([
    [
      "in one word",
      `[...document.querySelector("tcp-connection").shadowRoot.querySelectorAll(".loss")]
        .find((one) => one.textContent === "lost").textContent = "gone"`,
    ],
    [
      "in one letter of a state",
      `[...document.querySelector("tcp-connection").shadowRoot.querySelectorAll(".note")]
        .find((one) => one.textContent === "FIN-WAIT-1").textContent = "FIN-WAIT-2"`,
    ],
    ["in one colour", `document.documentElement.style.setProperty("--synfin-fail", "#a01b2b")`],
    [
      "in one arrow's place",
      `document.querySelector("tcp-connection").shadowRoot.querySelector(".arrow").setAttribute("y2", "120")`,
    ],
  ])("%s [point 41]", async (_, change) => {
    const [before, after] = [
      await take("lost-fin", "en", "light"),
      await take("lost-fin", "en", "light", change),
    ].map((screenshot) => PNG.sync.read(screenshot));
    if (before === undefined || after === undefined) throw new Error("there are no pictures");
    expect(differ(before, before).pixels).toBe(0);
    expect(differ(before, after).pixels).toBeGreaterThan(MOST_PIXELS);
  });

  test("in the size alone [point 41]", () => {
    const [narrow, wide] = [new PNG({ width: 20, height: 20 }), new PNG({ width: 21, height: 20 })];
    expect(differ(narrow, wide).pixels).toBe(420);
  });
});
