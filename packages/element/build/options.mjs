import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

/**
 * @param {string} path from the package's own folder
 * @returns {string} the file
 */
export const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const SHEET = /\bcss`([^`]*)`/g;

/**
 * Style sheets are text to a minifier of scripts.
 *
 * @type {import("esbuild").Plugin}
 */
const minifiedStyles = {
  name: "minified-styles",
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.*styles[^/]*\.ts$|\/src\/.*\/styles\/[^/]*\.ts$/ }, async (file) => {
      const source = readFileSync(file.path, "utf8");
      const sheets = [...source.matchAll(SHEET)].map(([, sheet = ""]) => minified(sheet));
      const done = await Promise.all(sheets);
      return { contents: source.replace(SHEET, () => `css\`${done.shift()}\``), loader: "ts" };
    });
  },
};

/** @param {string} sheet */
async function minified(sheet) {
  if (sheet.includes("$")) throw new Error(`a style sheet is no plain text: ${sheet}`);
  const { code } = await transform(sheet, { loader: "css", minify: true, charset: "utf8" });
  return code.trim().replaceAll("\\", "\\\\");
}

/**
 * What all files are bundled with.
 *
 * @type {import("esbuild").BuildOptions & { plugins: import("esbuild").Plugin[] }}
 */
export const COMMON = {
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  conditions: ["synfin-source"],
  minify: true,
  legalComments: "none",
  charset: "utf8",
  write: false,
  plugins: [minifiedStyles],
};
