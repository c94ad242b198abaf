import { html } from "lit";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import {
  addTwin,
  around,
  chromium,
  type Look,
  look,
  type Notes,
  onServer,
  openSite,
} from "./site.ts";

declare const notes: Notes;

const both = html`<tcp-connection scenario="lost-fin"><p>a ladder in words</p></tcp-connection>
  <tcp-load connections="200" worker-url="/worker.js"><p>a crowd in words</p></tcp-load>`;

async function pages(): Promise<Record<string, string>> {
  const drawn = await onServer(both);
  return {
    "/hydrated": around(drawn, "hydrate.js"),
    "/plain": around(drawn, "define.js"),
    "/still": around(drawn, "nothing.js"),
    "/korean": around(drawn, "hydrate.js", "ko"),
    "/other": around(
      drawn.replace('scenario="lost-fin"', 'scenario="four-way-close"'),
      "hydrate.js",
    ),
  };
}

const open = openSite(pages);
const strict = openSite(pages, "default-src 'self'");

/** What Chromium says of the server's style elements where a policy forbids them. */
const FORBIDDEN_STYLE = /^(?:Applying inline style|Refused to apply inline style)/;

test("the server draws each element once, with its segments and its styles [point 16]", async () => {
  const drawn = await onServer(both);
  expect(drawn.match(/shadowrootmode="open"/g)).toHaveLength(2);
  expect(drawn.match(/<style>/g)).toHaveLength(2);
  expect(drawn.match(/part="ladder"/g)).toHaveLength(1);
  expect(new Set(drawn.match(/data-segment="[\w-]+"/g)).size).toBe(10);
  expect(drawn.match(/<p>[^<]*in words<\/p>/g)).toHaveLength(2);
});

test("a server draws nothing in the place of a file that it does not read [point 16]", async () => {
  const drawn = await onServer(html`<tcp-connection src="run.json"></tcp-connection>`);
  expect(drawn).toContain('shadowrootmode="open"');
  expect(drawn).not.toContain("data-segment");
});

test("attributes that the page has not written are written by no server [point 16]", async () => {
  const drawn = await onServer(html`<tcp-connection></tcp-connection><tcp-load></tcp-load>`);
  expect(drawn.match(/<tcp-\w+[^>]*>/g)?.map((tag) => tag.replace(/\s+>/, ">"))).toEqual([
    "<tcp-connection>",
    "<tcp-load>",
  ]);
});

test.skipIf(chromium.missing)(
  "before any script the ladder is there, in style [point 16]",
  async () => {
    await open.onPage("/still", async (tab) => {
      const [ladder, crowd] = [await look(tab, 0), await look(tab, 1)];
      expect([ladder.segments, ladder.seen, ladder.frames]).toEqual([10, 10, 1]);
      expect(ladder.style).toEqual(["12px", "hidden", "rgb(28, 91, 203)", "pointer"]);
      expect(crowd.frames).toBe(1);
      expect(crowd.content.filter((line) => line.startsWith("<select"))).toEqual([
        "<select part=scenario shows steady>",
        "<select part=profile shows rfc9293>",
      ]);
      await tab.setViewportSize({ width: 375, height: 800 });
      const [pane = 0, ...drawn] = await tab.evaluate(() => {
        const pane = document.querySelector("tcp-connection")?.shadowRoot?.querySelector(".pane");
        const parts = pane == null ? [] : [pane, ...pane.querySelectorAll("svg *")];
        return parts.map((part) => part.getBoundingClientRect().right);
      });
      const right = Math.max(...drawn);
      expect(right, "drawn for 640 px, whole in less").toBeLessThan(pane + 2);
      expect(right).toBeGreaterThan(300);
    });
  },
);

describe.each([
  { policy: "no policy", site: open, expected: /^$/ },
  { policy: "default-src 'self'", site: strict, expected: FORBIDDEN_STYLE },
])("under $policy", ({ site, expected }) => {
  test.skipIf(chromium.missing).each([
    { way: "with hydration", path: "/hydrated", isServers: true },
    { way: "without hydration", path: "/plain", isServers: false },
  ])("$way both elements are there once and work [point 16]", async ({ path, isServers }) => {
    await site.onPage(
      path,
      async (tab) => {
        await expect.poll(() => look(tab, 0)).toMatchObject({ isServers, frames: 1, segments: 10 });
        await sameAsTwin(tab, 0);
        await sameAsTwin(tab, 1);
        expect(await tab.evaluate(() => notes.changes)).toContain("lost-fin");
        await stepAndRun(tab);
      },
      expected,
    );
  });
});

test.skipIf(chromium.missing)(
  "a page in Korean is Korean, though its server could not know [point 16]",
  async () => {
    await open.onPage("/korean", async (tab) => {
      await tab.getByRole("button", { name: "한 단계 앞으로" }).waitFor();
      await sameAsTwin(tab, 0);
      await sameAsTwin(tab, 1);
    });
  },
);

test.skipIf(chromium.missing)(
  "where the attributes are no longer the server's, the element is drawn anew [point 16]",
  async () => {
    await open.onPage("/other", async (tab) => {
      await expect.poll(() => tab.evaluate(() => notes.changes)).toEqual(["four-way-close"]);
      await sameAsTwin(tab, 0);
    });
  },
);

/** What came from the server has become what the page itself draws, in every word and in style. */
async function sameAsTwin(tab: Page, index: number): Promise<void> {
  const twin = await addTwin(tab, index);
  const both = async (): Promise<[Look, Look]> => [await look(tab, index), await look(tab, twin)];
  // Both are drawn again once their width has been measured.
  await expect
    .poll(async () => {
      const [ours, page] = await both();
      return ours.content.filter((line, at) => line !== page.content[at]);
    })
    .toEqual([]);
  const [ours, page] = await both();
  expect(ours.content.length).toBeGreaterThan(50);
  expect(ours).toEqual({ ...page, isServers: ours.isServers, frames: 1 });
  await tab.evaluate(
    (at) => document.querySelectorAll("tcp-connection, tcp-load")[at]?.remove(),
    twin,
  );
}

async function stepAndRun(tab: Page): Promise<void> {
  await tab.getByRole("button", { name: "Step forward" }).click();
  const ends = tab.locator("tcp-connection .end .state");
  await expect.poll(() => ends.allTextContents()).toContain("SYN-SENT");
  await tab.getByRole("button", { name: "Run", exact: true }).click();
  await expect.poll(() => tab.evaluate(() => notes.ends), { timeout: 40_000 }).toEqual(["done"]);
  const closed = await tab.evaluate(
    () => document.querySelector("tcp-load")?.view.result?.connections.closed,
  );
  expect(closed).toBe(200);
}
