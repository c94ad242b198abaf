import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TcpConnection, TcpLoad } from "@synfin/element";
import { scenarios } from "@synfin/simulator";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../tools/testing/browser.ts";
import { type StaticServer, serveStatic } from "../../../tools/testing/static-server.ts";
import { entriesOf, KINDS, TAGS } from "../.vitepress/elements/manifest.ts";

const chromium = requireBrowser();
const SITE = fileURLToPath(new URL("../.vitepress/dist", import.meta.url));

let browser: Browser | undefined;
let server: StaticServer | undefined;

beforeAll(async () => {
  if (chromium.missing) return;
  if (!existsSync(SITE)) throw new Error("the site is not built; run: npx turbo run build");
  server = await serveStatic(SITE);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens a page of the site; any error in the console and any foreign request fails the test. */
async function visit(path: string, act: (page: Page) => Promise<void>): Promise<void> {
  if (browser === undefined || server === undefined) throw new Error("nothing has started");
  const { origin } = server;
  const page = await browser.context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const own = [`${origin}/`, `blob:${origin}/`, "data:"];
    if (!own.some((start) => request.url().startsWith(start))) complaints.push(request.url());
  });
  try {
    await page.goto(`${origin}${path}`);
    await act(page);
    expect(complaints).toEqual([]);
  } finally {
    await page.close();
  }
}

/** How many segments the connection on the page shows. */
async function segmentsDrawn(page: Page): Promise<number> {
  await page.locator("tcp-connection [data-segment]").first().waitFor({ state: "attached" });
  return page.evaluate(() => {
    const element = document.querySelector<TcpConnection>("tcp-connection");
    const drawn = element?.shadowRoot?.querySelectorAll("[data-segment]").length ?? 0;
    return drawn === element?.trace?.segments.length ? drawn : -1;
  });
}

async function finishedCrowd(page: Page): Promise<TcpLoad["view"]["result"]> {
  await page.locator("tcp-load").first().scrollIntoViewIfNeeded();
  await page.waitForFunction(
    () => document.querySelector<TcpLoad>("tcp-load")?.view.phase === "done",
    undefined,
    { timeout: 40_000 },
  );
  return page.evaluate(() => document.querySelector<TcpLoad>("tcp-load")?.view.result);
}

test.skipIf(chromium.missing).each([
  ["/", "en", "One connection"],
  ["/ko/", "ko", "연결 하나"],
])("%s has both elements at work", async (path, language, heading) => {
  await visit(path, async (page) => {
    expect(await page.getAttribute("html", "lang")).toBe(language);
    expect(await page.locator("h2").first().innerText()).toContain(heading);
    expect(await segmentsDrawn(page)).toBeGreaterThan(8);
    expect((await finishedCrowd(page))?.connections).toMatchObject({
      opened: 10_000,
      closed: 10_000,
      failed: 0,
    });
  });
});

test.skipIf(chromium.missing)("the crowd is the same in both languages", async () => {
  const digests: (string | undefined)[] = [];
  for (const path of ["/reference/tcp-load", "/ko/reference/tcp-load"]) {
    await visit(path, async (page) => {
      digests.push((await finishedCrowd(page))?.digest);
    });
  }
  expect(digests[0]).toMatch(/^[0-9a-f]{16}$/);
  expect(digests[1]).toBe(digests[0]);
});

test.skipIf(chromium.missing).each(TAGS)(
  "the pages of <%s> have every name that a page may use, beside the element at work [point 5]",
  async (tag) => {
    const names = KINDS.flatMap((kind) => entriesOf(tag, kind)).map(({ name }) => name);
    for (const path of [`/reference/${tag}`, `/ko/reference/${tag}`]) {
      await visit(path, async (page) => {
        await page.locator(`${tag} .frame`).first().waitFor();
        const cells = await page.locator(".vp-doc td:first-child code").allInnerTexts();
        const found = cells.map((text) => text.replace(/\(.*\)$/, ""));
        // The unnamed slot has a word for its name.
        expect(names.filter((name) => name !== "" && !found.includes(name))).toEqual([]);
        expect(cells.length).toBeGreaterThan(40);
      });
    }
  },
);

test.skipIf(chromium.missing)(
  "beside the element stands what a script sees of it: its attributes and its events",
  async () => {
    await visit("/ko/reference/tcp-connection", async (page) => {
      await segmentsDrawn(page);
      const told = page.locator(".watched > dl");
      await expect.poll(() => told.innerText()).toContain('faults="drop:client:FIN"');
      await page.evaluate(() => {
        const element = document.querySelector<TcpConnection>("tcp-connection");
        if (element !== null) element.seq = "absolute";
        element?.step(2);
      });
      await expect.poll(() => told.innerText()).toContain('seq="absolute"');
      await expect
        .poll(() => told.innerText())
        .toMatch(/tcp-step \{ step: 2, steps: \d+, atUs: \d+ \}/);
      expect(await told.locator("dt").allInnerTexts()).toEqual(["지금의 HTML", "최근 이벤트"]);
    });
  },
);

test.skipIf(chromium.missing)("every scenario is at work on its page", async () => {
  await visit("/scenarios/", async (page) => {
    for (const { name, title } of scenarios) {
      await page.locator(".VPSidebar").getByRole("link", { name: title.en, exact: true }).click();
      await page.locator(`tcp-connection[scenario="${name}"]`).waitFor();
      expect(await page.title()).toBe(`${title.en} | synfin`);
      expect(await segmentsDrawn(page), name).toBeGreaterThan(1);
    }
  });
});

test.skipIf(chromium.missing)("the elements follow the site's dark switch [point 26]", async () => {
  await visit("/", async (page) => {
    await segmentsDrawn(page);
    const grounds = () =>
      page.evaluate(() =>
        ["tcp-connection", "tcp-load"].map((tag) => {
          const frame = document.querySelector(tag)?.shadowRoot?.querySelector(".frame");
          return frame == null ? "" : getComputedStyle(frame).backgroundColor;
        }),
      );
    const before = await grounds();
    await page.locator(".VPNavBar .VPSwitchAppearance").first().click();
    await expect.poll(grounds).not.toEqual(before);
    expect(new Set([...before, ...(await grounds())]).size).toBe(2);
  });
});

test.skipIf(chromium.missing)(
  "the search finds a scenario by the words of its lesson",
  async () => {
    await visit("/guide/getting-started", async (page) => {
      const input = page.locator(".VPLocalSearchBox input");
      // The page does not listen before its script has run.
      await expect
        .poll(async () => {
          await page.keyboard.press("Control+k");
          return input.count();
        })
        .toBe(1);
      await input.fill("half-closed or half-open");
      await page.locator('.VPLocalSearchBox a[href*="/scenarios/half-close"]').first().waitFor();
    });
  },
);

test.skipIf(chromium.missing).each(["/", "/ko/", "/ko/scenarios/lost-fin", "/reference/tcp-load"])(
  "%s fits a phone",
  async (path) => {
    await visit(path, async (page) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.locator("tcp-connection .frame, tcp-load .frame").first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    });
  },
);

test.skipIf(chromium.missing)(
  "without JavaScript, words stand where the elements would [point 18]",
  async () => {
    const still = await launchBrowser({ javaScriptEnabled: false });
    try {
      const page = await still.context.newPage();
      await page.goto(`${server?.origin}/`);
      expect(await page.locator("tcp-connection").innerText()).toContain(
        "sent again after one second",
      );
      expect(await page.locator("tcp-load").innerText()).toContain("Ten thousand connections");
    } finally {
      await still.close();
    }
  },
);
