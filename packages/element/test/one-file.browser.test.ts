import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../tools/testing/browser.ts";
import { type StaticServer, serveStatic } from "../../../tools/testing/static-server.ts";

const chromium = requireBrowser();
const FILE = fileURLToPath(new URL("../dist/synfin.js", import.meta.url));
const EXTRAS = fileURLToPath(new URL("../dist/synfin-extras.js", import.meta.url));
const LOAD_FILES = fileURLToPath(new URL("../dist/synfin-load-files.js", import.meta.url));

/** One script tag and two tags, on another origin than the script's; nothing else. */
const page = (...scripts: string[]): string => `<!doctype html><title>One file</title>
${scripts.map((src) => `<script type="module" src="${src}"></script>`).join("\n")}
<tcp-connection scenario="lost-fin">in words</tcp-connection>
<tcp-load connections="200">in words</tcp-load>`;

let browser: Browser | undefined;
let library: StaticServer | undefined;
let site: StaticServer | undefined;

beforeAll(async () => {
  if (chromium.missing) return;
  if (!existsSync(FILE)) throw new Error("synfin.js is not built; run: npx turbo run build");
  const script = readFileSync(FILE, "utf8");
  const pages = {
    "/synfin.js": script,
    "/synfin-extras.js": readFileSync(EXTRAS, "utf8"),
    "/synfin-load-files.js": readFileSync(LOAD_FILES, "utf8"),
    "/again/synfin.js": script,
    "/favicon.ico": "",
  };
  library = await serveStatic(fileURLToPath(new URL(".", import.meta.url)), {
    pages,
    headers: { "access-control-allow-origin": "*" },
  });
  const once = `${library.origin}/synfin.js`;
  site = await serveStatic(fileURLToPath(new URL(".", import.meta.url)), {
    pages: {
      "/once": page(once),
      "/twice": page(once, `${library.origin}/again/synfin.js`),
      "/favicon.ico": "",
    },
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await library?.close();
  await site?.close();
});

test("the whole of synfin is under 134 kB, compressed [point 8]", () => {
  expect(gzipSync(readFileSync(FILE)).length).toBeLessThan(134_000);
});

test.skipIf(chromium.missing).each(["/once", "/twice"])(
  "loaded from another origin (%s), both elements work and nobody complains [points 1, 3, 13]",
  async (path) => {
    if (browser === undefined) throw new Error("the browser has not started");
    const tab = await browser.context.newPage();
    const complaints: string[] = [];
    tab.on("console", (message) => complaints.push(message.text()));
    tab.on("pageerror", (error) => complaints.push(error.message));
    await tab.goto(`${site?.origin}${path}`);

    await tab.locator("tcp-connection [data-segment]").first().waitFor({ state: "attached" });
    await tab.evaluate(() => document.querySelector("tcp-load")?.run());
    expect(await tab.evaluate(() => crossOriginIsolated)).toBe(false);
    const crowd = () =>
      tab.evaluate(() => {
        const view = document.querySelector("tcp-load")?.view;
        return [view?.phase, view?.backend, view?.result?.connections.closed];
      });
    await expect.poll(crowd, { timeout: 20_000 }).toEqual(["done", "inline-worker", 200]);
    expect(complaints).toEqual([]);
    await tab.close();
  },
);

test.skipIf(chromium.missing)("the file beside it is loaded when a run is exported", async () => {
  if (browser === undefined) throw new Error("the browser has not started");
  const tab = await browser.context.newPage();
  const loaded: string[] = [];
  tab.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await tab.goto(`${site?.origin}/once`);
  await tab.locator("tcp-connection [data-segment]").first().waitFor({ state: "attached" });
  expect(loaded).not.toContain("/synfin-extras.js");
  const text = await tab.evaluate(async () => {
    const file = await document.querySelector("tcp-connection")?.exportAs("text");
    return file?.text();
  });
  expect(text).toContain("lost-fin · seed 1");
  expect(loaded).toContain("/synfin-extras.js");
  await tab.close();
});

test.skipIf(chromium.missing)(
  "a connection of a crowd opens, and the run is saved by the other file beside it",
  async () => {
    if (browser === undefined) throw new Error("the browser has not started");
    const tab = await browser.context.newPage();
    const loaded: string[] = [];
    tab.on("request", (request) => loaded.push(new URL(request.url()).pathname));
    await tab.goto(`${site?.origin}/once`);
    const found = await tab.evaluate(async () => {
      await customElements.whenDefined("tcp-load");
      const element = document.querySelector("tcp-load");
      const ended = new Promise((resolve) => element?.addEventListener("tcp-end", resolve));
      element?.run();
      await ended;
      await element?.openConnection(3);
      const opened = element?.shadowRoot?.querySelector("tcp-connection");
      const json = await (await element?.exportAs("json"))?.text();
      return { segments: opened?.trace?.segments.length, report: JSON.parse(json ?? "{}") };
    });
    expect(found.segments).toBe(7);
    expect(found.report).toMatchObject({ format: "synfin-load", connections: { closed: 200 } });
    expect(loaded).toContain("/synfin-load-files.js");
    await tab.close();
  },
);

test.each([FILE, EXTRAS, LOAD_FILES])(
  "nothing in %s needs what a page may forbid [point 13]",
  (file) => {
    const text = readFileSync(file, "utf8");
    expect(text.length).toBeGreaterThan(10_000);
    expect(text.match(/\b(?:SharedArrayBuffer|WebAssembly|Atomics)\b/g)).toBeNull();
    expect(text.match(/\beval\(|\bnew Function\b|[^.\w$]Function\(/g)).toBeNull();
  },
);

test("what is loaded on demand is under 34 kB and 66 kB, compressed", () => {
  expect(gzipSync(readFileSync(EXTRAS)).length).toBeLessThan(34_000);
  expect(gzipSync(readFileSync(LOAD_FILES)).length).toBeLessThan(66_000);
});
