/**
 * The bulk engine and the machine in one module. What other modules of this
 * package hand out, too (digests, histograms, traces), stays where it is, so
 * that there is one class of each.
 */
import { relative, resolve } from "node:path";
import { build } from "esbuild";

/** Of other folders, what only computes, and so may be there twice. */
const ALSO_INSIDE = /^(bulk|random)\/|^world\/fate\.js$/;

/**
 * @param {string} dist the folder of this package's compiled modules
 * @returns {Promise<string>} a module that stands in `dist`
 */
export async function bundleBulk(dist) {
  const outside = {
    name: "outside",
    setup({ onResolve }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
        const file = relative(dist, resolve(resolveDir, path));
        if (file.startsWith("..") || ALSO_INSIDE.test(file)) return undefined;
        return { path: `./${file}`, external: true };
      });
      onResolve({ filter: /^[^.]/ }, ({ path, kind }) => {
        const inside = kind === "entry-point" || path === "@synfin/core/tcp";
        return inside ? undefined : { path, external: true };
      });
    },
  };
  const { outputFiles } = await build({
    entryPoints: [resolve(dist, "bulk/index.js")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    plugins: [outside],
  });
  return outputFiles[0].text;
}
