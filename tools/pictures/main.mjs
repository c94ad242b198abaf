/**
 * `npm run pictures`: takes the README's pictures, `docs/images/*.png`, from
 * the elements as they are built now. Look at them before you commit them.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { build } from "../runner/prepare.mjs";
import { ROOT } from "../runner/process.mjs";

if (!(await build())) process.exit(1);
// Inside the repository, so that the bundle finds what it leaves out.
const folder = mkdtempSync(join(ROOT, "node_modules/.synfin-pictures-"));
try {
  const outfile = join(folder, "take.mjs");
  const entryPoints = [join(ROOT, "tools/pictures/take.ts")];
  await bundle({
    entryPoints,
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  const { takePictures } = await import(pathToFileURL(outfile).href);
  for (const path of await takePictures(ROOT, join(ROOT, "docs/images"))) console.log(path);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
