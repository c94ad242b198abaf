import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../../tools/testing/browser.ts";
import type { Requirement } from "../../../../tools/testing/requirements.ts";
import { type StaticServer, serveStatic } from "../../../../tools/testing/static-server.ts";
import { VERSION } from "../../src/version.ts";
import { builtFiles } from "../built-files.ts";

/** For `test.skipIf(chromium.missing)`. */
export const chromium: Requirement = requireBrowser();
const HERE = fileURLToPath(new URL(".", import.meta.url));

/** The version after this one, as far as a page can tell. */
export const NEXT = "9.9.9";

/** The files as they are, below `/v1/`, and those of another version below `/v2/`. */
const files: Record<string, string> = {};
let library: StaticServer | undefined;
let browser: Browser | undefined;
const sites: StaticServer[] = [];

/** Starts a server with the files, on an origin of its own, and a browser. */
export function setUp(): void {
  beforeAll(async () => {
    if (chromium.missing) return;
    Object.assign(files, { "/favicon.ico": "" }, builtFiles("/v1/"), builtFiles("/again/"));
    for (const [path, text] of Object.entries(builtFiles("/v2/"))) {
      files[path] = text.replaceAll(`"${VERSION}"`, `"${NEXT}"`);
    }
    const headers = { "access-control-allow-origin": "*" };
    library = await serveStatic(HERE, { pages: files, headers });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await library?.close();
    for (const site of sites) await site.close();
  });
}

/** Where the files are: another origin than that of any page. */
export function libraryOrigin(): string {
  if (library === undefined) throw new Error("the library has not started");
  return library.origin;
}

/** Takes a file away, as a network does; the result puts it back. */
export function takeAway(path: string): () => void {
  const putBack = change(path, (text) => text);
  delete files[path];
  return putBack;
}

/** Changes a file; the result puts it back. */
export function change(path: string, how: (text: string) => string): () => void {
  const text = files[path];
  if (text === undefined) throw new Error(`there is no ${path}`);
  files[path] = how(text);
  return () => {
    files[path] = text;
  };
}

/** What a test opens: what is on the page, and how it is served. */
export interface Visit {
  readonly html: string;
  readonly lang?: string;
  readonly policy?: string;
  /** More files of the page's own origin. */
  readonly own?: Readonly<Record<string, string>>;
}

/** What the browser has done so far: words in the console, and files of synfin that it loaded. */
export interface Seen {
  readonly words: string[];
  readonly loaded: string[];
}

/** Opens a page and lets the test act; the test looks at what was seen itself. */
export async function visit(
  { html, lang = "en", policy, own = {} }: Visit,
  act: (tab: Page, seen: Seen) => Promise<void>,
): Promise<void> {
  if (browser === undefined) throw new Error("the browser has not started");
  const page = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Files</title>${html}`;
  const headers: Record<string, string> =
    policy === undefined ? {} : { "content-security-policy": policy };
  const pages = { ...own, "/": page, "/favicon.ico": "" };
  const site = await serveStatic(HERE, { pages, headers });
  sites.push(site);
  const tab = await browser.context.newPage();
  const seen: Seen = { words: [], loaded: [] };
  tab.on("console", (message) => seen.words.push(message.text()));
  tab.on("pageerror", (error) => seen.words.push(error.message));
  tab.on("request", (request) => {
    const { pathname } = new URL(request.url());
    const name = pathname.replace(/^\/(v\d|again)\//, "");
    if (name.endsWith(".js")) seen.loaded.push(name);
  });
  try {
    await tab.goto(site.origin);
    await act(tab, seen);
  } finally {
    await tab.close();
  }
}

/** Waits until each segment of the run is drawn. */
export async function drawn(tab: Page): Promise<void> {
  await tab.locator("tcp-connection [data-segment]").first().waitFor({ state: "attached" });
  const counts = await tab.evaluate(() => {
    const element = document.querySelector("tcp-connection");
    const all = element?.shadowRoot?.querySelectorAll("[data-segment]");
    return [all?.length, element?.trace?.segments.length];
  });
  expect(counts[0]).toBe(counts[1]);
}

/** Runs a crowd of 200. Returns the way in which it ran, and how many were closed. */
export async function runCrowd(tab: Page): Promise<unknown[]> {
  await tab.evaluate(async () => {
    await customElements.whenDefined("tcp-load");
    document.querySelector("tcp-load")?.run();
  });
  await tab.waitForFunction(() => document.querySelector("tcp-load")?.view.phase === "done");
  return tab.evaluate(() => {
    const view = document.querySelector("tcp-load")?.view;
    return [view?.backend, view?.result?.connections.closed];
  });
}

export const script = (path: string, attributes = ""): string =>
  `<script type="module" src="${path.startsWith("/self") ? path.slice(5) : libraryOrigin() + path}" ${attributes}></script>`;

export const CONNECTION = '<tcp-connection scenario="lost-fin">in words</tcp-connection>';
export const CROWD = '<tcp-load connections="200">in words</tcp-load>';
