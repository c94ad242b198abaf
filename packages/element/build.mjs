// Makes the files for pages without a bundler: `<script type="module" src="synfin.js">`
// loads `tcp-connection.js` and `tcp-load.js` where a page has such a tag, and
// `tcp-connection.js` its parts when they are needed. `npm run sizes` counts their bytes.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { buildAll, filesOf } from "./build/files.mjs";
import { here } from "./build/options.mjs";

rmSync(here("dist/parts"), { recursive: true, force: true });
mkdirSync(here("dist/parts"), { recursive: true });
for (const [name, text] of Object.entries(filesOf(await buildAll()))) {
  writeFileSync(here(`dist/${name}`), text);
}
