import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { ROOT } from "./process.mjs";

/**
 * Imports a TypeScript module of this repository into plain Node, which knows
 * no types before its version 22: bundled, with all packages left outside.
 *
 * @param {string} path relative to the repository's root
 * @returns {Promise<any>} the module
 */
export async function importTypeScript(path) {
  // Inside the repository, so that the bundle finds what it leaves out.
  const folder = mkdtempSync(join(ROOT, "node_modules/.synfin-import-"));
  try {
    const outfile = join(folder, "module.mjs");
    const entryPoints = [join(ROOT, path)];
    await bundle({
      entryPoints,
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
