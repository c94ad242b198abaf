import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { VERSION } from "../../src/version.ts";
import { builtFiles } from "../built-files.ts";
import {
  CONNECTION,
  CROWD,
  chromium,
  drawn,
  libraryOrigin,
  NEXT,
  runCrowd,
  script,
  setUp,
  visit,
} from "./library.ts";

setUp();

describe.skipIf(chromium.missing)("one script tag, from another origin", () => {
  test("both elements work and nobody complains [points 1, 13]", () =>
    visit({ html: script("/v1/synfin.js") + CONNECTION + CROWD }, async (tab, { words }) => {
      await drawn(tab);
      expect(await tab.evaluate(() => crossOriginIsolated)).toBe(false);
      expect(await runCrowd(tab)).toEqual(["inline-worker", 200]);
      expect(words).toEqual([]);
    }));

  test("the file of one element is enough for that element [points 1, 7, 8]", async () => {
    await visit({ html: script("/v1/tcp-connection.js") + CONNECTION }, async (tab, seen) => {
      await drawn(tab);
      await tab.evaluate(() => document.querySelector("tcp-connection")?.play());
      await tab.waitForFunction(
        () => (document.querySelector("tcp-connection")?.currentTime ?? 0) > 0,
      );
      expect(seen.words).toEqual([]);
      expect(seen.loaded).not.toContain("tcp-load.js");
    });
    await visit({ html: script("/v1/tcp-load.js") + CROWD }, async (tab, seen) => {
      expect(await runCrowd(tab)).toEqual(["inline-worker", 200]);
      expect(seen.words).toEqual([]);
      expect(seen.loaded).toEqual(["tcp-load.js"]);
    });
  });

  test("without an element nothing more is asked for, and what comes later is found [point 9]", () =>
    visit({ html: `${script("/v1/synfin.js")}<p>no element</p>` }, async (tab, seen) => {
      await tab.waitForLoadState("networkidle");
      expect(seen.loaded).toEqual(["synfin.js"]);
      await tab.evaluate(
        (html) => document.body.append(document.createRange().createContextualFragment(html)),
        CROWD,
      );
      expect(await runCrowd(tab)).toEqual(["inline-worker", 200]);
      expect(seen.loaded).toEqual(["synfin.js", "tcp-load.js"]);
      await tab.evaluate(
        (html) => document.body.append(document.createRange().createContextualFragment(html)),
        CONNECTION,
      );
      await drawn(tab);
      expect(seen.words).toEqual([]);
    }));
});

describe.skipIf(chromium.missing)("under a policy", () => {
  const worker = readFileSync(
    fileURLToPath(import.meta.resolve("@synfin/worker/worker.js")),
    "utf8",
  );
  const fork = async (tab: Parameters<typeof drawn>[0]): Promise<string[] | undefined> =>
    tab.evaluate(async () => {
      const element = document.querySelector("tcp-connection");
      element?.dropSegment("client-1");
      await element?.ready;
      return element?.trace?.faults.slice();
    });
  const DROPPED = ["drop:client:any", "drop:client:FIN"];

  test.each([
    [
      "the files' host alone",
      () => `default-src 'none'; script-src ${libraryOrigin()}; worker-src blob:`,
    ],
    [
      "a nonce and strict-dynamic",
      () => "script-src 'nonce-abc' 'strict-dynamic'; worker-src blob:",
    ],
  ])("%s: both elements, and the machine on demand [points 1, 10]", (_, policy) =>
    visit(
      { html: script("/v1/synfin.js", 'nonce="abc"') + CONNECTION + CROWD, policy: policy() },
      async (tab, { words }) => {
        await drawn(tab);
        expect(await fork(tab)).toEqual(DROPPED);
        expect(await runCrowd(tab)).toEqual(["inline-worker", 200]);
        expect(words).toEqual([]);
      },
    ),
  );

  test("default-src 'self', all files and the worker on the page's own host [points 1, 11]", () =>
    visit(
      {
        html: `${script("/self/synfin.js")}${CONNECTION}<tcp-load connections="200" worker-url="/worker.js"></tcp-load>`,
        policy: "default-src 'self'",
        own: { ...builtFiles(), "/worker.js": worker },
      },
      async (tab, { words }) => {
        await drawn(tab);
        expect(await fork(tab)).toEqual(DROPPED);
        expect(await runCrowd(tab)).toEqual(["worker-url", 200]);
        expect(words).toEqual([]);
      },
    ));
});

describe.skipIf(chromium.missing)("loaded twice", () => {
  test.each(["synfin.js", "tcp-connection.js"])("%s of one version: not a word [point 3]", (file) =>
    visit(
      { html: script(`/v1/${file}`) + script(`/again/${file}`) + CONNECTION },
      async (tab, { words }) => {
        await drawn(tab);
        await tab.waitForLoadState("networkidle");
        expect(words).toEqual([]);
      },
    ),
  );

  test.each([
    ["synfin.js", "synfin.js"],
    ["tcp-connection.js", "tcp-connection.js"],
    ["synfin.js", "tcp-connection.js"],
  ])("%s and %s of two versions: one warning, which names both [point 3]", (one, other) =>
    visit(
      {
        html:
          script(`/v1/${one}`) +
          script(`/v2/${other}`) +
          script("/v2/tcp-load.js") +
          script("/v1/tcp-load.js") +
          CONNECTION +
          CROWD,
      },
      async (tab, { words }) => {
        await drawn(tab);
        expect(await runCrowd(tab)).toEqual(["inline-worker", 200]);
        await tab.waitForLoadState("networkidle");
        expect(words).toHaveLength(1);
        expect(words[0]).toContain(VERSION);
        expect(words[0]).toContain(NEXT);
        expect(words[0]).toMatch(/<tcp-\w+> is the one of version (\d)\.\d\.\d\.$/);
      },
    ),
  );
});

test("nothing in the files needs what a page may forbid [point 13]", () => {
  const files = Object.entries(builtFiles());
  expect(files.length).toBeGreaterThan(30);
  for (const [name, text] of files) {
    expect(text.match(/\b(?:SharedArrayBuffer|WebAssembly|Atomics)\b/g), name).toBeNull();
    expect(text.match(/\beval\(|\bnew Function\b|[^.\w$]Function\(/g), name).toBeNull();
  }
});
