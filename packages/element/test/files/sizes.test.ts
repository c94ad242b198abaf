import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { measureSizes, type Size } from "../../build/sizes.mjs";
import { sizesDocument } from "../../build/sizes-document.mjs";
import pinned from "../../sizes.json" with { type: "json" };

const PINNED: Readonly<Record<string, Size>> = pinned as Record<string, Size>;
const { sizes, makeup } = await measureSizes();

/** What another zlib may make of the same octets: more than all that Node has had. */
const SLACK = 0.01;

describe("the bytes of what pages load", () => {
  test("are those in sizes.json (npm run sizes) [points 7, 8, 9]", () => {
    const octets = (all: Readonly<Record<string, Size>>): [string, number][] =>
      Object.entries(all).map(([name, { raw }]) => [name, raw]);
    expect(octets(sizes)).toEqual(octets(PINNED));
    for (const [name, { gzip }] of Object.entries(PINNED)) {
      expect(Math.abs((sizes[name]?.gzip ?? 0) - gzip), name).toBeLessThan(SLACK * gzip);
    }
  });

  test("docs/element-sizes.md says the same (npm run sizes)", () => {
    const path = fileURLToPath(new URL("../../../../docs/element-sizes.md", import.meta.url));
    expect(readFileSync(path, "utf8")).toBe(sizesDocument(PINNED, makeup));
  });

  test.each([
    ["synfin.js", 2_000],
    ["tcp-connection.js", 40_000],
    ["tcp-connection.js without Lit", 25_000],
    ["TcpConnection from npm without Lit", 25_000],
    ["tcp-load.js", 75_000],
    ["the worker in tcp-load.js", 25_000],
  ])("%s is at most %i octets of gzip [points 7, 8, 9]", (name, most) => {
    expect(sizes[name]?.gzip).toBeLessThanOrEqual(most);
  });

  test("nothing is larger than it should be", () => {
    const missed = Object.entries(PINNED).filter(([, size]) => size.missed === true);
    expect(missed.map(([name]) => name)).toEqual([]);
  });
});
