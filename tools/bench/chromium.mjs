/** The event loop in Chromium's worker: the built code in one bundle, as pages have it. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { importTypeScript } from "../runner/import-ts.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const NAME = "synfin in Chromium's worker";

/** @typedef {{ events: number, arrivals: number, digest: string, version: string }} ChromiumMore */
/** @typedef {import("./comparator.mjs").Figure & ChromiumMore} ChromiumFigure */

/**
 * @param {number} connections
 * @returns {Promise<ChromiumFigure | import("./comparator.mjs").SkippedFigure>}
 */
export async function chromium(connections) {
  /** @type {typeof import("./chromium-page.ts")} */
  const { askWorker } = await importTypeScript("tools/bench/chromium-page.ts");
  const answer = await askWorker(await bundleWorker(), { connections });
  if ("skipped" in answer) return { name: NAME, skipped: answer.skipped };
  return {
    name: NAME,
    connections,
    lifecyclesPerSecond: connections / answer.seconds,
    ...answer,
  };
}

async function bundleWorker() {
  const { outputFiles } = await build({
    entryPoints: [join(HERE, "worker-steady.mjs")],
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
  });
  return outputFiles.map(({ text }) => text).join("\n");
}
