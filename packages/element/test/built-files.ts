import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const DIST = new URL("../dist/", import.meta.url);

/** The names of the files for pages without a bundler, as they lie in `dist`. */
function namesOfFiles(): string[] {
  if (!existsSync(new URL("parts/", DIST))) {
    throw new Error(
      "the files for pages without a bundler are not built; run: npx turbo run build",
    );
  }
  const parts = readdirSync(fileURLToPath(new URL("parts/", DIST))).sort();
  return ["synfin.js", "tcp-connection.js", "tcp-load.js", ...parts.map((name) => `parts/${name}`)];
}

/** Their texts by their addresses, below a folder of a server. */
export function builtFiles(folder = "/"): Record<string, string> {
  return Object.fromEntries(
    namesOfFiles().map((name) => [`${folder}${name}`, readFileSync(new URL(name, DIST), "utf8")]),
  );
}
