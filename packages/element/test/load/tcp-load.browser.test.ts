import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createLoad, DEFAULT_LOAD } from "@synfin/simulator/load";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../../tools/testing/browser.ts";
import { bundleForPage } from "../../../../tools/testing/bundle.ts";
import { type StaticServer, serveStatic } from "../../../../tools/testing/static-server.ts";
import type { LoadEndDetail, TcpLoad } from "../../src/index.ts";

const chromium = requireBrowser();
const HERE = fileURLToPath(new URL(".", import.meta.url));
const WORKER = fileURLToPath(import.meta.resolve("@synfin/worker/worker.js"));
const AXE = fileURLToPath(import.meta.resolve("axe-core"));

/** A page with one element; the script notes what a test wants to know later. */
const page = (attributes: string, script = "/define.js"): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>A crowd</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/notes.js"></script><script type="module" src="${script}"></script>
<main><h1>A crowd</h1><h2>The element</h2><tcp-load ${attributes}></tcp-load></main></html>`;

const NOTES = `
globalThis.notes = { ends: [], longestTaskMs: 0, said: [], violations: [] };
document.addEventListener("securitypolicyviolation", (event) => notes.violations.push(event.violatedDirective));
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) notes.longestTaskMs = Math.max(notes.longestTaskMs, duration);
}).observe({ entryTypes: ["longtask"] });
const element = document.querySelector("tcp-load");
element.addEventListener("tcp-end", (event) => notes.ends.push(event.detail));
customElements.whenDefined("tcp-load").then(async () => {
  await element.updateComplete;
  const status = element.shadowRoot.querySelector("[role=status]");
  new MutationObserver(() => notes.said.push(status.textContent.trim()))
    .observe(status, { characterData: true, childList: true, subtree: true });
});`;

interface Notes {
  readonly ends: LoadEndDetail[];
  longestTaskMs: number;
  readonly said: string[];
  readonly violations: string[];
}
declare const notes: Notes;

let browser: Browser | undefined;
let plain: StaticServer | undefined;
let strict: StaticServer | undefined;

beforeAll(async () => {
  if (chromium.missing) return;
  const pages = {
    "/": page(""),
    "/small": page('connections="500" rate="50"'),
    "/large": page('connections="60000" rate="600"'),
    "/autorun": page('connections="50" autorun'),
    "/wrong": page('connections="many" seed="-1"'),
    "/worker-url": page('connections="500" worker-url="/worker.js"'),
    "/define.js": await bundleForPage('import "@synfin/element/define";', HERE),
    "/notes.js": NOTES,
    "/favicon.ico": "",
    "/page.css": "html { color-scheme: light dark } body { margin: 16px }",
    "/worker.js": readFileSync(WORKER, "utf8"),
  };
  plain = await serveStatic(HERE, { pages });
  const headers = { "content-security-policy": "default-src 'self'" };
  strict = await serveStatic(HERE, { pages, headers });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await plain?.close();
  await strict?.close();
});

/** Opens a page, lets the test act, and fails on any word in the console. */
async function onPage(
  path: string,
  act: (page: Page) => Promise<void>,
  server: StaticServer | undefined = plain,
): Promise<void> {
  if (browser === undefined) throw new Error("the browser has not started");
  const tab = await browser.context.newPage();
  const words: string[] = [];
  tab.on("console", (message) => words.push(message.text()));
  tab.on("pageerror", (error) => words.push(error.message));
  try {
    await tab.goto(`${server?.origin}${path}`);
    await tab.locator("tcp-load .frame").waitFor();
    await act(tab);
    expect(words).toEqual([]);
  } finally {
    await tab.close();
  }
}

const run = (tab: Page): Promise<void> => tab.getByRole("button", { name: /^Run/ }).click();

async function untilEnd(tab: Page): Promise<LoadEndDetail> {
  await tab.waitForFunction(() => notes.ends.length > 0, undefined, { timeout: 40_000 });
  const detail = await tab.evaluate(() => notes.ends.at(-1));
  if (detail === undefined) throw new Error("there was no end");
  return detail;
}

/** A few frames into a run. */
async function untilMoving(tab: Page): Promise<void> {
  await tab.waitForFunction(
    () => (document.querySelector("tcp-load")?.view.census.length ?? 0) > 3,
  );
}

const workers = async (tab: Page, count: number): Promise<void> => {
  await expect.poll(() => tab.workers().length, { timeout: 5_000 }).toBe(count);
};

async function axeViolations(tab: Page): Promise<string[]> {
  await tab.addScriptTag({ path: AXE });
  return tab.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  });
}

test.skipIf(chromium.missing)("ten thousand connections run in a worker", async () => {
  await onPage("/", async (tab) => {
    await tab.waitForTimeout(300);
    await tab.evaluate(() => {
      notes.longestTaskMs = 0;
    });
    const from = performance.now();
    await run(tab);
    const { reason, result } = await untilEnd(tab);
    const tookMs = Math.round(performance.now() - from);

    const here = createLoad(DEFAULT_LOAD);
    while (!here.advance(100_000));
    expect(reason).toBe("done");
    expect(result).toEqual(here.result());
    expect(result).toMatchObject({ opened: 10_000, closed: 10_000, failed: 0 });
    expect(tookMs).toBeLessThan(15_000);

    const shown = await tab.evaluate(() => {
      const element = document.querySelector("tcp-load");
      const root = element?.shadowRoot;
      const areas = [...(root?.querySelectorAll(".chart path.band") ?? [])];
      return {
        backend: element?.view.backend,
        text: root?.querySelector("dl")?.textContent ?? "",
        areas: areas.filter((area) => (area.getAttribute("d") ?? "").length > 500).length,
        styled: root?.querySelectorAll("[style]").length,
        longestTaskMs: notes.longestTaskMs,
      };
    });
    console.info(`10,000 connections: ${tookMs} ms, longest page task ${shown.longestTaskMs} ms`);
    expect(shown).toMatchObject({ backend: "inline-worker", areas: 5, styled: 0 });
    expect(shown.text).toContain(result?.digest);
    expect(shown.text).toContain("10,000");
    expect(shown.longestTaskMs, "no task of the page is over 50 ms").toBe(0);
    await workers(tab, 0);
  });
});

test.skipIf(chromium.missing)(
  "under default-src 'self' a hosted worker runs, unhindered",
  async () => {
    await onPage(
      "/worker-url",
      async (tab) => {
        await run(tab);
        expect((await untilEnd(tab)).reason).toBe("done");
        expect(await tab.evaluate(() => document.querySelector("tcp-load")?.view.backend)).toBe(
          "worker-url",
        );
        expect(await tab.evaluate(() => notes.violations)).toEqual([]);
      },
      strict,
    );
  },
);

test.skipIf(chromium.missing)("pausing holds the run, cancelling ends it at once", async () => {
  await onPage("/large", async (tab) => {
    await run(tab);
    await untilMoving(tab);
    await tab.getByRole("button", { name: "Pause" }).click();
    await tab.waitForTimeout(200);
    const at = () => tab.evaluate(() => document.querySelector("tcp-load")?.view.now?.atUs);
    const held = await at();
    await tab.waitForTimeout(200);
    expect(await at()).toBe(held);

    await tab.getByRole("button", { name: "Resume" }).click();
    await expect.poll(at).toBeGreaterThan(held ?? 0);
    const tookMs = await tab.evaluate(() => {
      const from = performance.now();
      const ended = new Promise((resolve) => {
        document.querySelector("tcp-load")?.addEventListener("tcp-end", resolve);
      });
      const button = document.querySelector("tcp-load")?.shadowRoot?.querySelector("[part=cancel]");
      (button as HTMLButtonElement).click();
      return ended.then(() => performance.now() - from);
    });
    expect(tookMs).toBeLessThan(100);
    expect(await tab.evaluate(() => notes.ends)).toEqual([{ reason: "cancelled" }]);
    await workers(tab, 0);
  });
});

test.skipIf(chromium.missing)(
  "a run survives a move in the page, and ends with a removal",
  async () => {
    await onPage("/large", async (tab) => {
      await run(tab);
      await untilMoving(tab);
      await tab.evaluate(() => {
        const element = document.querySelector("tcp-load");
        const elsewhere = document.body.appendChild(document.createElement("section"));
        if (element !== null) elsewhere.append(element);
      });
      await tab.waitForTimeout(100);
      expect(await tab.evaluate(() => document.querySelector("tcp-load")?.view.phase)).toBe(
        "running",
      );
      await workers(tab, 1);
      await tab.evaluate(() => document.querySelector("tcp-load")?.remove());
      await workers(tab, 0);
    });
  },
);

test.skipIf(chromium.missing)("fifty mounts and unmounts leave no worker behind", async () => {
  await onPage("/small", async (tab) => {
    await tab.evaluate(async () => {
      for (let count = 0; count < 50; count += 1) {
        const element = document.createElement("tcp-load") as TcpLoad;
        document.body.append(element);
        await element.updateComplete;
        element.run();
        if (count % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
        element.remove();
      }
    });
    await workers(tab, 0);
  });
});

test.skipIf(chromium.missing)("a newer run takes the place of an older one", async () => {
  await onPage("/large", async (tab) => {
    await run(tab);
    await untilMoving(tab);
    await tab.evaluate(() => {
      const element = document.querySelector("tcp-load");
      if (element === null) return;
      element.connections = 100;
      element.run();
    });
    const { result } = await untilEnd(tab);
    expect(result?.opened).toBe(100);
    expect(await tab.evaluate(() => notes.ends.length)).toBe(1);
    await workers(tab, 0);
  });
});

test.skipIf(chromium.missing)(
  "settings that cannot be run are named, and nothing runs",
  async () => {
    await onPage("/wrong", async (tab) => {
      const errors = await tab.locator("tcp-load [part=error]").allInnerTexts();
      expect(errors).toEqual([
        "“connections” must be a whole number from 1 to 100,000; it is ?.",
        "“seed” must be a whole number from 0 to 4,294,967,295; it is -1.",
      ]);
      expect(await tab.getByRole("button", { name: "Run" }).isDisabled()).toBe(true);
      await tab.evaluate(() => document.querySelector("tcp-load")?.run());
      expect(await tab.evaluate(() => document.querySelector("tcp-load")?.view.phase)).toBe("idle");
      await tab.getByLabel("connections", { exact: true }).fill("100");
      await expect.poll(() => tab.locator("tcp-load [part=error]").count()).toBe(1);
    });
  },
);

test.skipIf(chromium.missing)(
  "attributes and properties agree, none are added unasked",
  async () => {
    await onPage("/", async (tab) => {
      const names = () => {
        const element = document.querySelector("tcp-load");
        return element?.getAttributeNames().map((name) => `${name}=${element.getAttribute(name)}`);
      };
      expect(await tab.evaluate(names)).toEqual([]);
      await tab.evaluate(async () => {
        const element = document.querySelector("tcp-load");
        if (element === null) return;
        Object.assign(element, { connections: 20, rate: 30, seed: 40, workerUrl: "/worker.js" });
        await element.updateComplete;
      });
      expect(await tab.evaluate(names)).toEqual([
        "connections=20",
        "rate=30",
        "seed=40",
        "worker-url=/worker.js",
      ]);
      const seed = await tab.evaluate(() => {
        const element = document.querySelector("tcp-load");
        element?.setAttribute("seed", "41");
        return element?.seed;
      });
      expect(seed).toBe(41);
    });
  },
);

test.skipIf(chromium.missing)(
  "Enter in a setting runs; start and end are said, frames are not",
  async () => {
    await onPage("/small", async (tab) => {
      await tab.getByLabel("connections", { exact: true }).press("Enter");
      const { result } = await untilEnd(tab);
      expect(result?.opened).toBe(500);
      await tab.waitForTimeout(100);
      const said = await tab.evaluate(() => notes.said);
      expect(said[0]).toBe("running");
      expect(said.at(-1)).toMatch(/^finished at .* 500 closed, 0 failed$/);
      expect(said.length).toBeLessThanOrEqual(2);
    });
  },
);

test.skipIf(chromium.missing)(
  "the counts are there as a table, and at any time one looks at",
  async () => {
    await onPage("/small", async (tab) => {
      await run(tab);
      const { result } = await untilEnd(tab);
      await tab.getByText("The counts as a table").click();
      await expect.poll(() => tab.locator("tcp-load tbody tr").count()).toBe(result?.census.length);
      const row = result?.census[20];
      await tab.getByLabel("Look at a time").fill(String(row?.atUs));
      const label = `${((row?.atUs ?? 0) / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} s`;
      expect(await tab.locator("tcp-load output").innerText()).toBe(label);
      const legend = await tab.locator("tcp-load .legend").innerText();
      expect(legend.replace(/\s+/g, " ")).toContain(`ESTABLISHED ${row?.client[4]}`);
    });
  },
);

test.skipIf(chromium.missing)(
  "the page's language is followed at once, and the run stays",
  async () => {
    await onPage("/small", async (tab) => {
      await run(tab);
      await untilEnd(tab);
      await tab.evaluate(() => {
        document.documentElement.lang = "ko-KR";
      });
      await tab.getByRole("button", { name: "다시 실행" }).waitFor();
      expect(await tab.locator("tcp-load .title").innerText()).toBe("연결 500개");
      expect(await tab.evaluate(() => document.querySelector("tcp-load")?.view.phase)).toBe("done");
    });
  },
);

test.skipIf(chromium.missing)(
  "autorun waits for its reader, and for one who likes motion",
  async () => {
    await onPage("/autorun", async (tab) => {
      expect((await untilEnd(tab)).reason).toBe("done");
      await tab.emulateMedia({ reducedMotion: "reduce" });
      await tab.reload();
      await tab.locator("tcp-load .frame").waitFor();
      await tab.waitForTimeout(300);
      expect(await tab.evaluate(() => document.querySelector("tcp-load")?.view.phase)).toBe("idle");
    });
  },
);

test.skipIf(chromium.missing).each(["light", "dark"] as const)(
  "axe has nothing to say before, during and after a run (%s)",
  async (colorScheme) => {
    await onPage("/large", async (tab) => {
      await tab.emulateMedia({ colorScheme });
      expect(await axeViolations(tab)).toEqual([]);
      await run(tab);
      await untilMoving(tab);
      await tab.getByRole("button", { name: "Pause" }).click();
      await tab.getByText("The counts as a table").click();
      expect(await axeViolations(tab)).toEqual([]);
      await tab.getByRole("button", { name: "Cancel" }).click();
      expect(await axeViolations(tab)).toEqual([]);
    });
  },
);

test.skipIf(chromium.missing)("nothing is cut off at 320 pixels", async () => {
  await onPage("/small", async (tab) => {
    await tab.setViewportSize({ width: 320, height: 800 });
    await run(tab);
    await untilEnd(tab);
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBe(320);
  });
});
