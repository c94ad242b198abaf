import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../../tools/testing/browser.ts";
import { bundleForPage } from "../../../../tools/testing/bundle.ts";
import type { Requirement } from "../../../../tools/testing/requirements.ts";
import { type StaticServer, serveStatic } from "../../../../tools/testing/static-server.ts";

/** For `describe.skipIf(chromium.missing)`. */
export const chromium: Requirement = requireBrowser();
const HERE = fileURLToPath(new URL(".", import.meta.url));

/** As a writer would embed it: one element, and nothing set. */
const page = (tag: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>A page about TCP</title>
<script type="module" src="/define.js"></script>
<h1>A page about TCP</h1><p>Play with it.</p><${tag}></${tag}></html>`;

let browser: Browser | undefined;
let server: StaticServer | undefined;

/** Starts browser and server before the tests of a file, and ends them after. */
export function setUp(): void {
  beforeAll(async () => {
    if (chromium.missing) return;
    const pages = {
      "/connection": page("tcp-connection"),
      "/load": page("tcp-load"),
      "/define.js": await bundleForPage('import "@synfin/element/define";', HERE),
      "/favicon.ico": "",
    };
    server = await serveStatic(HERE, { pages });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
}

/** Opens a page for a reader who has not seen it before, and who gets no error. */
export async function open(path: string, read: (page: Page) => Promise<void>): Promise<void> {
  if (browser === undefined) throw new Error("the browser has not started");
  const tab = await browser.context.newPage();
  const errors: string[] = [];
  tab.on("pageerror", ({ message }) => errors.push(message));
  try {
    await tab.goto(`${server?.origin}${path}`);
    await tab.getByRole("combobox", { name: "Scenario" }).waitFor();
    await read(tab);
    expect(errors).toEqual([]);
  } finally {
    await tab.close();
  }
}
