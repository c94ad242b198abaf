// Makes `dist/bulk.js`, the bulk engine as Node runs it: one module, optimised
// as a whole. Bundlers get the modules that `tsc` made, and leave out what they
// do not need.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundleBulk } from "./build/bundle.mjs";
import { canOptimise, optimise } from "./build/optimise.mjs";

const dist = fileURLToPath(new URL("dist", import.meta.url));
const bundle = await bundleBulk(dist);
const optimises = canOptimise();

writeFileSync(`${dist}/bulk.js`, optimises ? optimise(bundle) : bundle);
if (!optimises) {
  console.warn(
    "dist/bulk.js: the Closure Compiler has no binary for this platform and found no Java; " +
      "runs give the same results and take about half as long again.",
  );
}
