/**
 * Stryker's build step, in the copy of the repository that it has mutated: one
 * script for each test file, with everything of ours in it, so that a mutant
 * costs milliseconds. `BUNDLES` lists them in the order in which they run.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { BUNDLES, FOLDER, testFiles } from "./test-files.mjs";

const files = testFiles();
mkdirSync(FOLDER, { recursive: true });
await build({
  entryPoints: files.map((file, index) => ({ in: file, out: String(index) })),
  outdir: FOLDER,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  conditions: ["synfin-source"],
  // Shared by all mutants, since nothing of them is mutated.
  external: ["vitest", "fast-check"],
  logLevel: "error",
});
const list = files.map((file, index) => ({ file, script: join(FOLDER, `${index}.cjs`) }));
writeFileSync(BUNDLES, JSON.stringify(list));
