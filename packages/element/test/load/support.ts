import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { launchBrowser } from "../../../../tools/testing/browser.ts";
import { bundleForPage } from "../../../../tools/testing/bundle.ts";
import { serveStatic } from "../../../../tools/testing/static-server.ts";
import type { LoadEndDetail } from "../../src/index.ts";
import { builtFiles } from "../built-files.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const WORKER = fileURLToPath(import.meta.resolve("@synfin/worker/worker.js"));

/** A page with one element; the script notes what a test wants to know later. */
const page = (attributes: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>A crowd</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/notes.js"></script><script type="module" src="/define.js"></script>
<main><h1>A crowd</h1><h2>The element</h2><tcp-load ${attributes}></tcp-load></main></html>`;

const NOTES = `
globalThis.notes = { ends: [], said: [], violations: [], workers: [] };
globalThis.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    notes.workers.push(this);
  }
};
document.addEventListener("securitypolicyviolation", (event) => notes.violations.push(event.violatedDirective));
const element = document.querySelector("tcp-load");
element.addEventListener("tcp-end", (event) => notes.ends.push(event.detail));
customElements.whenDefined("tcp-load").then(async () => {
  await element.updateComplete;
  const status = element.shadowRoot.querySelector("[role=status]");
  new MutationObserver(() => notes.said.push(status.textContent.trim()))
    .observe(status, { characterData: true, childList: true, subtree: true });
});`;

/** What a worker finds where no array of more than a megabyte can be had. */
const POOR = `
for (const name of ["ArrayBuffer", "Float64Array", "Int32Array"]) {
  const own = globalThis[name];
  globalThis[name] = class extends own {
    constructor(length, ...rest) {
      if (length > 2 ** 20 / (own.BYTES_PER_ELEMENT ?? 1)) {
        throw new RangeError("Array buffer allocation failed");
      }
      super(length, ...rest);
    }
  };
}
`;

/** A device that has a quarter of a gigabyte, so that a run may have 64 MB. */
const MODEST = `Object.defineProperty(navigator, "deviceMemory", { value: 0.25 });`;

/** What `NOTES` keeps on the page. */
export interface Notes {
  readonly ends: LoadEndDetail[];
  readonly said: string[];
  readonly violations: string[];
  readonly workers: Worker[];
}
declare const notes: Notes;

/** Pages with a `<tcp-load>`, and a browser that visits them. */
export interface LoadSite {
  /** Opens a page, lets the test act, and fails on any word in the console. */
  onPage(path: string, act: (page: Page) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Serves the pages, under a Content-Security-Policy where one is given. */
export async function openLoadSite(policy?: string): Promise<LoadSite> {
  const worker = readFileSync(WORKER, "utf8");
  const pages = {
    "/": page(""),
    "/linked": page('link="crowd"'),
    "/linked-autorun": page('link="crowd" autorun connections="500" rate="50"'),
    "/small": page('connections="500" rate="50"'),
    "/large": page('connections="1000000" rate="10000"'),
    "/ports": page('scenario="port-exhaustion" set="rate=50 ports=1000 periods=2"'),
    "/poisson": page(
      'scenario="port-exhaustion" set="rate=50 ports=1000 periods=3 arrivals=poisson"',
    ),
    "/lossy": page('connections="3000" set="loss=1% hold=5s"'),
    "/crowd": page('connections="100000" rate="1000"'),
    "/poor": page('scenario="port-exhaustion" worker-url="/poor-worker.js"'),
    "/greedy": page(
      'connections="100000000" rate="10000000" set="hold=3600s" worker-url="/modest-worker.js"',
    ),
    "/growing": page(
      'connections="1000000" rate="50000" set="hold=3600s" worker-url="/modest-worker.js"',
    ),
    "/least": page('connections="1" rate="1" set="hold=0s delay=0s loss=0%" seed="0"'),
    "/empty": "<!doctype html><html lang=en><title>Nothing</title></html>",
    "/autorun": page('connections="50" autorun'),
    "/wrong": page('connections="many" seed="-1" set="hodl=5s hold=2h"'),
    "/worker-url": page('connections="500" worker-url="/worker.js"'),
    ...(process.env["SYNFIN_FILES"] === undefined
      ? { "/define.js": await bundleForPage('import "@synfin/element/define";', HERE) }
      : { ...builtFiles(), "/define.js": 'import "/tcp-load.js";' }),
    "/notes.js": NOTES,
    "/favicon.ico": "",
    "/page.css": "html { color-scheme: light dark } body { margin: 16px }",
    "/worker.js": worker,
    "/modest-worker.js": `${MODEST}${worker}`,
    "/poor-worker.js": `${POOR}${worker}`,
  };
  const headers = policy === undefined ? {} : { "content-security-policy": policy };
  const server = await serveStatic(HERE, { pages, headers });
  const browser = await launchBrowser();
  return {
    async onPage(path, act) {
      const tab = await browser.context.newPage();
      const words: string[] = [];
      tab.on("console", (message) => words.push(message.text()));
      tab.on("pageerror", (error) => words.push(error.message));
      try {
        await tab.goto(`${server.origin}${path}`);
        await tab.locator("tcp-load .frame").waitFor();
        await act(tab);
        expect(words).toEqual([]);
      } finally {
        await tab.close();
      }
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Presses Run, or Run again. */
export const run = (tab: Page): Promise<void> => tab.getByRole("button", { name: /^Run/ }).click();

/** Waits for the end of a run, and tells how it ended. */
export async function untilEnd(tab: Page, patienceMs = 40_000): Promise<LoadEndDetail> {
  await tab.waitForFunction(() => notes.ends.length > 0, undefined, { timeout: patienceMs });
  const detail = await tab.evaluate(() => notes.ends.at(-1));
  if (detail === undefined) throw new Error("there was no end");
  return detail;
}

/** A few frames into a run. */
export async function untilMoving(tab: Page): Promise<void> {
  await tab.waitForFunction(
    () => (document.querySelector("tcp-load")?.view.census.length ?? 0) > 3,
  );
}

/** Waits until so many workers live. */
export const workers = async (tab: Page, count: number): Promise<void> => {
  await expect.poll(() => tab.workers().length, { timeout: 5_000 }).toBe(count);
};
