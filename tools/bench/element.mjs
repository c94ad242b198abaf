/** What `<tcp-connection>` costs a page: its first frame, and frames while it moves. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { importTypeScript } from "../runner/import-ts.mjs";
import { ROOT } from "../runner/process.mjs";

/** @typedef {import("./element-page.ts").ElementFigures | { skipped: string }} ElementSection */

/**
 * Measures the one file as it is built.
 *
 * @param {import("./element-page.ts").ElementSizes} sizes
 * @returns {Promise<ElementSection>}
 */
export async function measureBuiltElement(sizes) {
  /** @type {typeof import("./element-page.ts")} */
  const { measureElement } = await importTypeScript("tools/bench/element-page.ts");
  return measureElement(built("synfin.js"), built("synfin-extras.js"), sizes);
}

/** @param {string} name */
function built(name) {
  return readFileSync(join(ROOT, "packages/element/dist", name), "utf8");
}
