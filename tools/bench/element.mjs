/** What `<tcp-connection>` costs a page: its first frame, and frames while it moves. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { importTypeScript } from "../runner/import-ts.mjs";
import { ROOT } from "../runner/process.mjs";

/** @typedef {import("./element-page.ts").ElementFigures | { skipped: string }} ElementSection */

/**
 * Measures the files for pages without a bundler, as they are built.
 *
 * @param {import("./element-page.ts").ElementSizes} sizes
 * @param {import("./element-page.ts").Progress} [progress]
 * @returns {Promise<ElementSection>}
 */
export async function measureBuiltElement(sizes, progress) {
  /** @type {typeof import("./element-page.ts")} */
  const { measureElement } = await importTypeScript("tools/bench/element-page.ts");
  return measureElement(builtFiles(), sizes, progress);
}

/** @returns {Record<string, string>} their texts by their addresses */
function builtFiles() {
  const dist = join(ROOT, "packages/element/dist");
  const parts = readdirSync(join(dist, "parts")).map((name) => `parts/${name}`);
  return Object.fromEntries(
    ["tcp-connection.js", ...parts].map((name) => [
      `/${name}`,
      readFileSync(join(dist, name), "utf8"),
    ]),
  );
}
