// Bundles the worker into one classic script without imports, twice: as a file
// that a page can host (`dist/worker.js`), and as text for a Blob
// (`dist/inline-worker.js`). It starts from the sources, so that it needs no
// other package to be built first.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const { outputFiles } = await build({
  entryPoints: [here("src/entry.ts")],
  bundle: true,
  write: false,
  format: "iife",
  platform: "browser",
  target: "es2022",
  conditions: ["synfin-source"],
  minify: true,
  legalComments: "none",
  charset: "utf8",
});
const script = outputFiles[0].text.trimEnd();

mkdirSync(here("dist"), { recursive: true });
writeFileSync(here("dist/worker.js"), `${script}\n`);
writeFileSync(
  here("dist/inline-worker.js"),
  `export const INLINE_WORKER = ${JSON.stringify(script)};\n`,
);
console.log(`dist/worker.js: ${script.length} bytes`);
