import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, findChromium, launchBrowser, requireBrowser } from "./browser.ts";
import { type StaticServer, serveStatic } from "./static-server.ts";

const chromium = requireBrowser();
const root = mkdtempSync(join(tmpdir(), "synfin-site-"));
let browser: Browser | undefined;
let server: StaticServer | undefined;

beforeAll(async () => {
  if (chromium.missing) return;
  writeFileSync(
    join(root, "index.html"),
    "<script type=module src=a.js></script><p>from a file, </p>",
  );
  writeFileSync(join(root, "a.js"), "document.body.append('and a module');");
  server = await serveStatic(root, {
    headers: { "content-security-policy": "script-src 'self'" },
    pages: { "/inline": "<p>from a page</p><script>document.body.textContent = 'inline'</script>" },
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(root, { recursive: true });
});

test.skipIf(chromium.missing)("a page loads its module from a file", async () => {
  expect(await textOf("/")).toBe("from a file, and a module");
});

test.skipIf(chromium.missing)(
  "a page of the test's own is served under the given policy",
  async () => {
    expect(await textOf("/inline")).toBe("from a page");
  },
);

test.skipIf(chromium.missing)("an unknown path is a 404", async () => {
  const answer = await fetch(`${server?.origin}/nothing`);
  expect([answer.status, await answer.text()]).toEqual([404, "no file at /nothing\n"]);
});

test("a browser that the environment names and that is not there is an error", () => {
  process.env["CHROMIUM_PATH"] = "/no/such/chromium";
  try {
    expect(findChromium).toThrow("CHROMIUM_PATH is /no/such/chromium, which cannot be run");
  } finally {
    delete process.env["CHROMIUM_PATH"];
  }
});

async function textOf(path: string): Promise<string> {
  if (browser === undefined) throw new Error("the browser has not started");
  const page = await browser.context.newPage();
  await page.goto(`${server?.origin}${path}`, { waitUntil: "load" });
  const text = await page.innerText("body");
  await page.close();
  return text.replace(/\s+/g, " ");
}
