import { readFileSync } from "node:fs";
import { build } from "esbuild";

/**
 * Bundles a TypeScript module of this repository with all that it imports, from the
 * sources, for a Node process of its own.
 *
 * @param {string} entry its path
 * @param {string} outfile
 * @param {{ path: string, text: string }} [instead] what one file holds instead of what it does
 */
export async function bundleForNode(entry, outfile, instead) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["synfin-source"],
    logLevel: "error",
    plugins: [
      {
        name: "instead",
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const contents = path === instead?.path ? instead.text : readFileSync(path, "utf8");
            return { contents, loader: "ts" };
          });
        },
      },
    ],
  });
}
