import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../tools/testing/browser.ts";
import { bundleForPage } from "../../../tools/testing/bundle.ts";
import { type StaticServer, serveStatic } from "../../../tools/testing/static-server.ts";
import { elementOf, HOW_TO_MEND, namesOf } from "./manifest-file.ts";

const chromium = requireBrowser();
const HERE = fileURLToPath(new URL(".", import.meta.url));

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Both elements</title>
<script src="/notes.js"></script><script type="module" src="/define.js"></script>
<tcp-connection scenario="lost-fin" link="close"></tcp-connection>
<tcp-load link="crowd" connections="50" rate="50" set="hold=1s"></tcp-load>`;

/** Notes every event that an element of ours fires, itself or by a part of it. */
const NOTES = `
globalThis.fired = [];
const dispatch = EventTarget.prototype.dispatchEvent;
EventTarget.prototype.dispatchEvent = function (event) {
  if (/^tcp-/.test(this.localName)) {
    const own = event instanceof CustomEvent ? "CustomEvent" : "Event";
    fired.push([this.localName, event.type, own]);
  }
  return dispatch.call(this, event);
};`;

declare const fired: readonly (readonly [tag: string, type: string, own: string])[];

/** What a reader and a script do to an element; after each step its parts are looked at. */
const STEPS: Readonly<Record<string, readonly ((page: Page) => Promise<void>)[]>> = {
  "tcp-connection": [
    (page) => page.locator("tcp-connection .frame").waitFor(),
    (page) =>
      page.evaluate(() => {
        const element = document.querySelector("tcp-connection");
        element?.step(3);
        return element?.ready;
      }),
    (page) => page.locator("tcp-connection .menu summary").click(),
    (page) =>
      page.evaluate(() => {
        const element = document.querySelector("tcp-connection");
        element?.dropSegment(element.trace?.segments.at(-1)?.id ?? "");
        return element?.ready;
      }),
    (page) =>
      page.evaluate(() => {
        const element = document.querySelector("tcp-connection");
        if (element !== null) element.scenario = "no-such-scenario";
        return element?.ready;
      }),
  ],
  "tcp-load": [
    (page) => page.locator("tcp-load .frame").waitFor(),
    async (page) => {
      await page.evaluate(() => document.querySelector("tcp-load")?.run());
      await page.waitForFunction(() => document.querySelector("tcp-load")?.view.phase === "done");
    },
    async (page) => {
      for (const fold of await page.locator("tcp-load summary").all()) await fold.click();
    },
    async (page) => {
      await page.evaluate(() => {
        const element = document.querySelector("tcp-load");
        element?.keep();
        element?.run();
      });
      await page.waitForFunction(() => document.querySelector("tcp-load")?.view.phase === "done");
    },
    (page) => page.evaluate(() => document.querySelector("tcp-load")?.openConnection(1)),
    (page) =>
      page.evaluate(async () => {
        const element = document.querySelector("tcp-load");
        element?.closeConnection();
        element?.setAttribute("set", "hodl=1s");
        await element?.updateComplete;
      }),
  ],
};

let browser: Browser | undefined;
let server: StaticServer | undefined;

beforeAll(async () => {
  if (chromium.missing) return;
  const pages = {
    "/": PAGE,
    "/notes.js": NOTES,
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

/** What was seen of an element in all of its steps. */
interface Seen {
  readonly parts: string[];
  readonly slots: string[];
  readonly events: string[];
}

async function watch(tag: string): Promise<Seen> {
  if (browser === undefined) throw new Error("the browser has not started");
  const page = await browser.context.newPage();
  try {
    await page.goto(`${server?.origin}/`);
    const inside = { parts: new Set<string>(), slots: new Set<string>() };
    for (const step of STEPS[tag] ?? []) {
      await step(page);
      const { parts, slots } = await page.locator(tag).evaluate(partsAndSlots);
      for (const part of parts) inside.parts.add(part);
      for (const slot of slots) inside.slots.add(slot);
    }
    const events = (await page.evaluate(() => fired))
      .filter(([from]) => from === tag)
      .map(([, type, own]) => `${type}: ${own}`);
    return {
      parts: [...inside.parts].sort(),
      slots: [...inside.slots].sort(),
      events: [...new Set(events)].sort(),
    };
  } finally {
    await page.close();
  }
}

/** Runs in the page. */
function partsAndSlots({ shadowRoot }: Element): { parts: string[]; slots: string[] } {
  const all = (selector: string, name: string): string[] =>
    [...(shadowRoot?.querySelectorAll(selector) ?? [])].flatMap((one) =>
      (one.getAttribute(name) ?? "").split(" "),
    );
  return { parts: all("[part]", "part"), slots: all("slot", "name") };
}

const NOT_SEEN = `${HOW_TO_MEND}; what shows or fires only after more than this test does needs a step in STEPS`;

describe.skipIf(chromium.missing).each(Object.keys(STEPS))("<%s> at work", (tag) => {
  let seen: Seen = { parts: [], slots: [], events: [] };

  beforeAll(async () => {
    seen = await watch(tag);
  });

  test("has every part that is documented, and no other [points 5, 27]", () => {
    expect(seen.parts, NOT_SEEN).toEqual(namesOf(elementOf(tag).cssParts));
  });

  test("has every slot that is documented, and no other [point 5]", () => {
    expect(seen.slots, NOT_SEEN).toEqual(namesOf(elementOf(tag).slots ?? []));
  });

  test("fires every event that is documented, as it is typed, and no other [point 30]", () => {
    const documented = elementOf(tag).events.map(
      ({ name, type }) => `${name}: ${type?.text.replace(/<.*/, "")}`,
    );
    expect(seen.events, NOT_SEEN).toEqual(documented.sort());
  });
});
