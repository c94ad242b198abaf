import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchFirefox, requireFirefox } from "../../../tools/testing/firefox.ts";
import type { OtherBrowser } from "../../../tools/testing/other-browser.ts";
import { type StaticServer, serveStatic } from "../../../tools/testing/static-server.ts";
import { launchWebKit, requireWebKit } from "../../../tools/testing/webkit.ts";
import { builtFiles } from "./built-files.ts";

const firefox = requireFirefox();
const webkit = requireWebKit();
const HERE = fileURLToPath(new URL(".", import.meta.url));

/** One script tag, from another origin than the page; the page keeps what the console says. */
const page = (script: string): string => `<!doctype html><html lang="en"><meta charset="utf-8">
<title>Another browser</title><script>
globalThis.words = [];
addEventListener("error", ({ message }) => words.push("error: " + message));
addEventListener("unhandledrejection", ({ reason }) => words.push("rejected: " + reason));
for (const level of ["error", "warn"]) {
  const say = console[level];
  console[level] = (...all) => { words.push(level + ": " + all.join(" ")); say(...all); };
}
</script><script type="module" src="${script}"></script>
<tcp-connection scenario="lost-fin">in words</tcp-connection>
<tcp-load connections="200">in words</tcp-load></html>`;

let library: StaticServer | undefined;
let site: StaticServer | undefined;

beforeAll(async () => {
  library = await serveStatic(HERE, {
    pages: builtFiles(),
    headers: { "access-control-allow-origin": "*" },
  });
  site = await serveStatic(HERE, {
    pages: { "/": page(`${library.origin}/synfin.js`), "/favicon.ico": "" },
  });
});

afterAll(async () => {
  await library?.close();
  await site?.close();
});

/** The ladder as it is laid out: how many segments, how high, and whether they have a place. */
const DRAWN = `(async () => {
  const element = document.querySelector("tcp-connection");
  await customElements.whenDefined("tcp-connection");
  await element.ready;
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const all = [...element.shadowRoot.querySelectorAll("[data-segment]")];
  const ladder = element.shadowRoot.querySelector(".ladder").getBoundingClientRect();
  return {
    segments: all.filter((one) => one.getBoundingClientRect().width > 100).length,
    isHigh: ladder.height > 400,
  };
})()`;

/** A click on the FIN loses it, as anywhere. */
const LOST = `(async () => {
  const element = document.querySelector("tcp-connection");
  element.scenario = "four-way-close";
  await element.ready;
  element.shadowRoot.querySelector('[data-segment="client-4"]').dispatchEvent(new MouseEvent("click", { bubbles: true }));
  await element.ready;
  return [element.trace.faults, element.shadowRoot.querySelectorAll(".cross").length];
})()`;

const CROWD = `customElements.whenDefined("tcp-load").then(() => new Promise((resolve) => {
  const load = document.querySelector("tcp-load");
  load.addEventListener("tcp-end", ({ detail }) => resolve([
    detail.reason, load.view.backend, detail.result && detail.result.connections.closed,
  ]));
  load.run();
}))`;

async function seesBoth(browser: OtherBrowser): Promise<void> {
  try {
    await browser.visit(`${site?.origin}/`);
    expect(await browser.evaluate(DRAWN)).toEqual({ segments: 10, isHigh: true });
    expect(await browser.evaluate(LOST)).toEqual([["drop:client:any:4"], 1]);
    expect(await browser.evaluate(CROWD)).toEqual(["done", "inline-worker", 200]);
    expect(browser.words).toEqual([]);
    // What the console says is noticed.
    await browser.evaluate('console.error("a planted error")');
    expect(browser.words).toEqual([expect.stringContaining("a planted error")]);
  } finally {
    await browser.close();
  }
}

test.skipIf(firefox.missing)(
  "in Firefox one script tag from another origin draws the segments, without a word [point 1]",
  async () => seesBoth(await launchFirefox(firefox.path)),
);

test.skipIf(webkit.missing)(
  "in WebKit one script tag from another origin draws the segments, without a word [point 1]",
  async () => seesBoth(await launchWebKit(webkit)),
);
