import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../../tools/testing/browser.ts";
import { bundleForPage } from "../../../../tools/testing/bundle.ts";
import { type StaticServer, serveStatic } from "../../../../tools/testing/static-server.ts";
import { runScenario } from "../../src/connection/run.ts";
import { CONNECTION_WORDS } from "../../src/connection/words/first.ts";
import { App } from "./react-app.ts";

const chromium = requireBrowser();
const HERE = fileURLToPath(new URL(".", import.meta.url));
const WORKER = fileURLToPath(import.meta.resolve("@synfin/worker/worker.js"));

const HYDRATE = `import { createElement } from "react";
import { hydrateRoot } from "react-dom/client";
import { App } from "./react-app.ts";
const onRecoverableError = (error) => console.error(error.message);
hydrateRoot(document.querySelector("#root"), createElement(App), { onRecoverableError });`;

const page = (...scripts: string[]): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>React</title>
<div id="root">${renderToString(createElement(App))}</div>
${scripts.map((src) => `<script type="module" src="${src}"></script>`).join("\n")}</html>`;

let browser: Browser | undefined;
let server: StaticServer | undefined;

beforeAll(async () => {
  if (chromium.missing) return;
  const pages = {
    "/before": page("/define.js", "/hydrate.js"),
    "/after": page("/hydrate.js", "/define.js"),
    "/define.js": await bundleForPage('import "@synfin/element/define";', HERE),
    "/hydrate.js": await bundleForPage(HYDRATE, HERE),
    "/worker.js": readFileSync(WORKER, "utf8"),
    "/favicon.ico": "",
  };
  const headers = { "content-security-policy": "default-src 'self'" };
  server = await serveStatic(HERE, { pages, headers });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("React's server writes every attribute, and nothing of its own into the tags [point 17]", () => {
  const html = renderToString(createElement(App));
  expect(html).toContain(
    '<tcp-connection scenario="lost-fin" seed="7" faults="drop:client:FIN:2" seq="absolute" start="3"><p>',
  );
  expect(html).toContain('<tcp-load connections="200" worker-url="/worker.js"><p>');
});

test.skipIf(chromium.missing).each([
  { when: "before React hydrates", path: "/before" },
  { when: "after React has hydrated", path: "/after" },
])(
  "defined $when, the elements have the whole scenario and React hears them [point 17]",
  async ({ path }) => {
    if (browser === undefined) throw new Error("the browser has not started");
    const tab = await browser.context.newPage();
    const words: string[] = [];
    tab.on("console", (message) => words.push(`${message.type()}: ${message.text()}`));
    tab.on("pageerror", (error) => words.push(error.message));
    await tab.goto(`${server?.origin}${path}`);
    await tab.locator("tcp-connection .frame").waitFor();

    const state = await tab.evaluate(async () => {
      const element = document.querySelector("tcp-connection");
      await element?.ready;
      return [element?.trace?.digest, element?.trace?.seed, element?.seq, element?.start];
    });
    const asked = { scenario: "lost-fin", seed: 7, faults: "drop:client:FIN:2", struck: [] };
    const run = runScenario(asked, CONNECTION_WORDS.en);
    expect(state).toEqual([run.ok && run.trace.digest, 7, "absolute", 3]);

    await tab.getByRole("button", { name: "Step forward" }).click();
    await expect.poll(() => tab.locator("#step").textContent()).toBe("step 4");
    await tab.getByRole("button", { name: "Run", exact: true }).click();
    await expect
      .poll(() => tab.locator("#end").textContent(), { timeout: 40_000 })
      .toBe("end done");
    expect(words.filter((text) => !text.includes("React DevTools"))).toEqual([]);
    await tab.close();
  },
);
