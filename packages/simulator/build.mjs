// Makes `dist/bulk.js`, the bulk engine as Node runs it: one module, optimised
// as a whole. Bundlers get the modules that `tsc` made, and leave out what they
// do not need.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundleBulk } from "./build/bundle.mjs";
import { optimise } from "./build/optimise.mjs";

const dist = fileURLToPath(new URL("dist", import.meta.url));

writeFileSync(`${dist}/bulk.js`, optimise(await bundleBulk(dist)));
