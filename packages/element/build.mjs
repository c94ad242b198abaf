// Bundles both elements with all that they need into one module, for pages
// without a bundler: `<script type="module" src="synfin.js"></script>`.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const { outputFiles } = await build({
  entryPoints: [here("src/define.ts")],
  outfile: here("dist/synfin.js"),
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  conditions: ["synfin-source"],
  minify: true,
  legalComments: "eof",
  charset: "utf8",
  write: false,
});

for (const { path, contents } of outputFiles) {
  writeFileSync(path, contents);
  console.log(`dist/synfin.js: ${contents.length} bytes, ${gzipSync(contents).length} gzipped`);
}
