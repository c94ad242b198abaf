/** `<tcp-connection>` for pages without a bundler: a first file, and its parts. */

import { build, transform } from "esbuild";
import { COMMON, here } from "./options.mjs";
import { buildParted, contentsOf, textOf, virtualModules } from "./parts.mjs";
import { catalogue, recordedRuns } from "./recorded-runs.mjs";

/** The modules whose place others take here. */
const DOORS = [
  ["extras/load.ts", "extras.ts"],
  ["connection/catalogue.ts", "catalogue.ts"],
];

/** @type {import("esbuild").Plugin} */
const otherDoors = {
  name: "other-doors",
  setup({ onResolve }) {
    onResolve({ filter: /^#pieces$/ }, () => ({ path: here("build/doors/pieces.ts") }));
    onResolve({ filter: /\/(load|catalogue)\.ts$/ }, ({ path, resolveDir }) => {
      const file = new URL(path, `file://${resolveDir}/`).pathname;
      const door = DOORS.find(([from]) => file === here(`src/${from}`));
      return door === undefined ? undefined : { path: here(`build/doors/${door[1]}`) };
    });
  },
};

/**
 * A style sheet that is made of rules and colours, as the text that comes of them.
 *
 * @type {import("esbuild").Plugin}
 */
const madeStyles = {
  name: "made-styles",
  setup({ onLoad }) {
    onLoad({ filter: /\/connection\/styles\/drawn\.ts$/ }, async ({ path }) => {
      const { outputFiles } = await build({ ...COMMON, entryPoints: [path], platform: "node" });
      const [{ text = "" } = {}] = outputFiles ?? [];
      const { drawn } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
      const { code } = await transform(drawn.cssText, { loader: "css", minify: true });
      return {
        contents: `import { css } from "lit";\nexport const drawn = css\`${code.trim()}\`;`,
      };
    });
  },
};

/**
 * The words of one language only.
 *
 * @param {string} file of the language that is left out
 * @param {string} name
 * @returns {import("esbuild").Plugin}
 */
const without = (file, name) => ({
  name: `without-${name}`,
  setup({ onLoad }) {
    onLoad({ filter: new RegExp(`/narration/${file}$`) }, () => ({
      contents: `export const ${name} = undefined;`,
    }));
  },
});

const listed = virtualModules({ "synfin:catalogue": catalogue() });

const NARRATE = "src/narration/narrate.ts";

/**
 * @param {string[]} [external] what is not to be inside
 * @returns {Promise<{
 *   first: string,
 *   parts: Record<string, string>,
 *   contents: Record<string, import("./parts.mjs").Contents>,
 * }>} the texts of the files, and what some of them are made of
 */
export async function buildConnection(external = []) {
  const { whole, parts, contents } = await buildParted({
    first: (virtual) => bundleFirst(virtual, external),
    holder: "define-connection.js",
    plugins: [otherDoors, listed],
    external,
    parts: {
      machine: { entry: "src/connection/machine.ts" },
      "narration-en": { entry: NARRATE, plugins: [without("ko.ts", "KOREAN")] },
      "narration-ko": { entry: NARRATE, plugins: [without("en.ts", "ENGLISH")] },
      controls: { entry: "src/connection/controls.ts" },
      cards: { entry: "src/connection/cards.ts" },
      export: { entry: "src/extras/export-run.ts" },
      "header-notes": { entry: "src/extras/field-note.ts" },
      links: { entry: "src/extras/deep-link.ts" },
      sources: { entry: "src/extras/read-source.ts" },
      ...Object.fromEntries(Object.entries(recordedRuns()).map(([name, text]) => [name, { text }])),
    },
  });
  return {
    first: textOf(whole),
    parts,
    contents: {
      "tcp-connection.js": contentsOf(whole),
      "parts/machine.js": contents["machine"] ?? {},
    },
  };
}

/**
 * @param {Readonly<Record<string, string>>} virtual
 * @param {string[]} external
 */
function bundleFirst(virtual, external) {
  return build({
    ...COMMON,
    entryPoints: [here("src/define-connection.ts")],
    outdir: here("dist"),
    metafile: true,
    external: [...external, "./parts/*.js"],
    plugins: [virtualModules(virtual), otherDoors, madeStyles, ...COMMON.plugins],
  });
}
