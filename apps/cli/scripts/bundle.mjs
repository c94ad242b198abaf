import { chmodSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);
const { version } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
const outfile = fileURLToPath(new URL("dist/synfin.js", root));

// One file without dependencies: `npx synfin` has nothing further to fetch. Of
// other packages it takes what is built, and so the bulk engine as Node runs it.
await build({
  entryPoints: [fileURLToPath(new URL("src/main.ts", root))],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  define: { SYNFIN_VERSION: JSON.stringify(version) },
  logLevel: "warning",
});
chmodSync(outfile, 0o755);
