import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../../tools/testing/browser.ts";
import { type StaticServer, serveStatic } from "../../../../tools/testing/static-server.ts";
import { ladderSvg } from "../../src/svg/index.ts";
import { traceOf } from "../traces.ts";

const chromium = requireBrowser();
let browser: Browser | undefined;
let server: StaticServer | undefined;

beforeAll(async () => {
  if (chromium.missing) return;
  const svg = ladderSvg(traceOf("lost-fin"));
  server = await serveStatic(fileURLToPath(new URL(".", import.meta.url)), {
    pages: {
      // As a README has it: a picture, in which nothing can be styled from outside.
      "/": `<!doctype html><title>A README</title><img alt="a lost FIN" src="data:image/svg+xml,${encodeURIComponent(svg)}">`,
      "/favicon.ico": "",
    },
  });
  browser = await launchBrowser({ viewport: { width: 800, height: 1000 } });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test.skipIf(chromium.missing).each([
  ["light", [255, 255, 255]],
  ["dark", [0x14, 0x16, 0x1a]],
] as const)(
  "as a picture in a page it is %s as its reader prefers [point 34]",
  async (colorScheme, ground) => {
    if (browser === undefined) throw new Error("the browser has not started");
    const page = await browser.context.newPage();
    await page.emulateMedia({ colorScheme });
    await page.goto(`${server?.origin}/`);
    const picture = PNG.sync.read(await page.locator("img").screenshot());
    expect([...picture.data.subarray(0, 3)]).toEqual(ground);
    expect(picture.height).toBeGreaterThan(600);
    const colours = new Set(
      new Uint32Array(picture.data.buffer.slice(0, picture.data.length & ~3)),
    );
    expect(colours.size, "and something is drawn in it").toBeGreaterThan(50);
    await page.close();
  },
);
