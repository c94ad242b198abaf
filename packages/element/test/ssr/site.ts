import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import type { TemplateResult } from "lit";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../../tools/testing/browser.ts";
import { bundleForPage } from "../../../../tools/testing/bundle.ts";
import type { Requirement } from "../../../../tools/testing/requirements.ts";
import { type StaticServer, serveStatic } from "../../../../tools/testing/static-server.ts";
import "@synfin/element/define";

export const chromium: Requirement = requireBrowser();
const HERE = fileURLToPath(new URL(".", import.meta.url));
const WORKER = fileURLToPath(import.meta.resolve("@synfin/worker/worker.js"));

/** What a server sends for a template: both elements drawn, as declarative shadow DOM. */
export const onServer = (template: TemplateResult): Promise<string> =>
  collectResult(render(template));

/** A page around what the server drew, and a script that notes which nodes those were. */
export const around = (body: string, way: string, lang = "en"): string => `<!doctype html>
<html lang="${lang}"><meta charset="utf-8"><title>From a server</title>
<link rel="stylesheet" href="/page.css"><script type="module" src="/${way}"></script>
<main>${body}</main><script src="/notes.js"></script></html>`;

const NOTES = `
globalThis.notes = { ends: [], changes: [], drawn: [...document.querySelectorAll("tcp-connection, tcp-load")]
  .map((element) => element.shadowRoot?.querySelector(".frame") ?? null) };
document.addEventListener("tcp-change", (event) => notes.changes.push(event.detail.trace.scenario));
document.querySelector("tcp-load")?.addEventListener("tcp-end", (event) => notes.ends.push(event.detail.reason));`;

/** What the page noted; there only inside of `evaluate`. */
export interface Notes {
  readonly drawn: (Element | null)[];
  readonly ends: string[];
  readonly changes: string[];
}

declare const notes: Notes;

const HYDRATE = `import "@lit-labs/ssr-client/lit-element-hydrate-support.js";
import "@synfin/element/define";`;

/** Pages that a server drew, with and without a strict policy. */
export interface Site {
  /** Opens a page, lets the test act, and fails on any other word in the console. */
  onPage(path: string, act: (page: Page) => Promise<void>, expected?: RegExp): Promise<void>;
}

/** Serves pages under a policy, if one is given, around the tests of a file. */
export function openSite(pagesOf: () => Promise<Record<string, string>>, policy?: string): Site {
  let browser: Browser | undefined;
  let server: StaticServer | undefined;
  beforeAll(async () => {
    if (chromium.missing) return;
    const pages = {
      ...(await pagesOf()),
      "/define.js": await bundleForPage('import "@synfin/element/define";', HERE),
      "/hydrate.js": await bundleForPage(HYDRATE, HERE),
      "/nothing.js": "",
      "/notes.js": NOTES,
      "/worker.js": readFileSync(WORKER, "utf8"),
      "/page.css": "html { color-scheme: light }",
      "/favicon.ico": "",
    };
    const headers = policy === undefined ? {} : { "content-security-policy": policy };
    server = await serveStatic(HERE, { pages, headers });
    browser = await launchBrowser({ viewport: { width: 1280, height: 1200 } });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  return {
    async onPage(path, act, expected = /^$/) {
      if (browser === undefined) throw new Error("the browser has not started");
      const tab = await browser.context.newPage();
      const words: string[] = [];
      tab.on("console", (message) => words.push(message.text()));
      tab.on("pageerror", (error) => words.push(error.message));
      try {
        await tab.goto(`${server?.origin}${path}`);
        await tab.locator("tcp-connection .frame").waitFor();
        await act(tab);
        expect(words.filter((text) => !expected.test(text))).toEqual([]);
      } finally {
        await tab.close();
      }
    },
  };
}

/** What a reader and a test see of an element, all from one look. */
export interface Look {
  /** Whether its frame is the very node that the server drew. */
  readonly isServers: boolean;
  readonly frames: number;
  readonly segments: number;
  /** Segments that take room on the screen. */
  readonly seen: number;
  readonly styleSheets: number;
  /** The computed style of a few things that only our style sheets give. */
  readonly style: string[];
  /** Tags, attributes and texts, one a line, without what Lit and the server left between. */
  readonly content: string[];
}

/** Looks at the element of this place in the page, from 0. */
export function look(tab: Page, index: number): Promise<Look> {
  return tab.evaluate(async (at) => {
    const all = document.querySelectorAll("tcp-connection, tcp-load");
    const element = all[at];
    const root = element?.shadowRoot;
    if (element === undefined || root == null) throw new Error(`there is no element ${at}`);
    await (element as { updateComplete?: Promise<unknown> }).updateComplete;
    const linesOf = (node: Node): string[] => {
      if (node instanceof Text) return node.data.trim() === "" ? [] : [node.data.trim()];
      if (!(node instanceof Element)) return [];
      if (node.localName === "style") return [];
      const attributes = [...node.attributes].map(({ name, value }) => ` ${name}=${value.trim()}`);
      // A server writes the value of a field as its attribute: what counts is what it shows.
      const isField = node instanceof HTMLInputElement || node instanceof HTMLSelectElement;
      const names = isField ? attributes.filter((text) => !text.startsWith(" value=")) : attributes;
      const shown = isField ? ` shows ${node.value}` : "";
      const line = `<${node.localName}${names.sort().join("")}${shown}>`;
      return [line, ...[...node.childNodes].flatMap(linesOf)];
    };
    const styleOf = (selector: string, property: string): string => {
      const found = root.querySelector(selector);
      return found === null ? "nothing" : getComputedStyle(found).getPropertyValue(property);
    };
    const segments = [...root.querySelectorAll("[data-segment]")];
    const frame = root.querySelector(".frame");
    return {
      isServers: frame !== null && notes.drawn[at] === frame,
      frames: root.querySelectorAll(".frame").length,
      segments: segments.length,
      seen: segments.filter((one) => one.getBoundingClientRect().height > 0).length,
      styleSheets: root.adoptedStyleSheets.length,
      style: [
        styleOf(".frame", "border-top-left-radius"),
        styleOf(".frame", "overflow"),
        styleOf(".ladder .arrow, .plot", "stroke"),
        styleOf("button", "cursor"),
      ],
      content: [...root.childNodes].flatMap(linesOf),
    };
  }, index);
}

/** Puts an element of the same attributes behind the others, drawn by the page alone. */
export function addTwin(tab: Page, index: number): Promise<number> {
  return tab.evaluate((at) => {
    const all = document.querySelectorAll("tcp-connection, tcp-load");
    const model = all[at];
    if (model === undefined) throw new Error(`there is no element ${at}`);
    const twin = document.createElement(model.localName);
    for (const { name, value } of model.attributes) twin.setAttribute(name, value);
    model.parentElement?.append(twin);
    return all.length;
  }, index);
}
