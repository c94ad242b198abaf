import { chmodSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);
const { version } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
const outfile = fileURLToPath(new URL("dist/synfin.js", root));

// One file without dependencies: `npx synfin` has nothing further to fetch.
await build({
  entryPoints: [fileURLToPath(new URL("src/main.ts", root))],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  conditions: ["synfin-source"],
  define: { SYNFIN_VERSION: JSON.stringify(version) },
  logLevel: "warning",
});
chmodSync(outfile, 0o755);
