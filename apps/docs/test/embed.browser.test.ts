import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TcpConnection, TcpLoad } from "@synfin/element";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../tools/testing/browser.ts";
import { type StaticServer, serveStatic } from "../../../tools/testing/static-server.ts";

const chromium = requireBrowser();
const SITE = fileURLToPath(new URL("../.vitepress/dist", import.meta.url));
const GUIDES = ["guide/getting-started.md", "ko/guide/getting-started.md"];

/** The script of the guide that follows the height, as a reader would copy it. */
function scriptOf(guide: string): string {
  const text = readFileSync(fileURLToPath(new URL(`../${guide}`, import.meta.url)), "utf8");
  const [, script = ""] = text.match(/```js\n(addEventListener\("message"[\s\S]*?)```/) ?? [];
  return script;
}

let browser: Browser | undefined;
let site: StaticServer | undefined;

beforeAll(async () => {
  if (chromium.missing) return;
  if (!existsSync(`${SITE}/embed/tcp-connection.js`)) {
    throw new Error("the site is not built; run: npx turbo run build");
  }
  site = await serveStatic(SITE);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Opens a page of another origin with the frame in it, and fails on any word in the console. */
async function inFrame(
  query: string,
  act: (frame: Frame, page: Page) => Promise<void>,
): Promise<void> {
  if (browser === undefined) throw new Error("the browser has not started");
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Elsewhere</title>
<iframe src="${site?.origin}/embed/${query}" title="TCP" width="700" height="150"></iframe>
<script>${scriptOf(GUIDES[0] ?? "")}</script></html>`;
  const elsewhere = await serveStatic(SITE, { pages: { "/elsewhere": html, "/favicon.ico": "" } });
  const page = await browser.context.newPage();
  const words: string[] = [];
  page.on("console", (message) => words.push(message.text()));
  page.on("pageerror", ({ message }) => words.push(message));
  try {
    await page.goto(`${elsewhere.origin}/elsewhere`);
    const frame = page.frames().find((one) => one.url().includes("/embed/"));
    if (frame === undefined) throw new Error("there is no frame");
    await act(frame, page);
    expect(words).toEqual([]);
  } finally {
    await page.close();
    await elsewhere.close();
  }
}

test.skipIf(chromium.missing)(
  "an iframe has the attributes of its query, and the height of its content",
  async () => {
    const query =
      "?scenario=lost-fin&seed=7&view=ladder+controls&start=3&stop=6&lang=ko&theme=dark";
    await inFrame(query, async (frame, page) => {
      await frame.locator("tcp-connection [data-segment]").first().waitFor();
      const seen = await frame.evaluate(() => {
        const element = document.querySelector<TcpConnection>("tcp-connection");
        const { scenario, seed, view, start, stop } = element ?? {};
        const ground = getComputedStyle(document.documentElement).colorScheme;
        return { scenario, seed, view, start, stop, ground, lang: document.documentElement.lang };
      });
      expect(seen).toEqual({
        ...{ scenario: "lost-fin", seed: 7, view: "ladder controls", start: 3, stop: 6 },
        ...{ ground: "dark", lang: "ko" },
      });
      expect(await frame.getByRole("button", { name: "재생" }).count()).toBe(1);
      const heights = (): Promise<number[]> =>
        Promise.all([
          page.locator("iframe").evaluate((one) => one.clientHeight),
          frame.locator("main").evaluate((one) => Math.ceil(one.getBoundingClientRect().height)),
        ]);
      await expect.poll(async () => (await heights())[0]).toBeGreaterThan(400);
      const [outside, inside] = await heights();
      expect(outside).toBe(inside);
    });
  },
);

test.skipIf(chromium.missing)("a crowd runs in an iframe as well", () =>
  inFrame("?element=tcp-load&connections=200&rate=50", async (frame) => {
    await frame.locator("tcp-load [part=run]").click();
    await frame.waitForFunction(
      () => document.querySelector<TcpLoad>("tcp-load")?.view.phase === "done",
    );
    const closed = await frame.evaluate(
      () => document.querySelector<TcpLoad>("tcp-load")?.view.result?.connections.closed,
    );
    expect(closed).toBe(200);
  }),
);

test.skipIf(chromium.missing).each([
  [
    "?scenari=lost-fin",
    "There is no parameter “scenari”; there are element, lang, theme, scenario",
  ],
  [
    "?element=tcp-crowd",
    "The parameter “element” is “tcp-crowd”, but it should be tcp-connection or",
  ],
  ["?theme=blue", "The parameter “theme” is “blue”, but it should be light or dark."],
  ["?element=tcp-load&worker-url=https://example.org/x.js", "There is no parameter “worker-url”"],
])("what cannot be is named: %s", (query, answer) =>
  inFrame(query, async (frame) => {
    expect(await frame.getByRole("alert").textContent()).toContain(answer);
  }),
);

test("both guides have the same script for the height", () => {
  const [english, korean] = GUIDES.map(scriptOf);
  expect(english).toContain("synfin-height");
  expect(korean).toBe(english);
});
