// Bundles both elements with all that they need into one module, for pages
// without a bundler: `<script type="module" src="synfin.js"></script>`. Only what
// few readers ask for, such as a PNG, is in a second file beside it.
//
// The page and the worker run the same machine, and the file holds it once: as
// a function whose result the elements use and whose source text the worker is
// made from. esbuild finds out what both need; the chunks are then joined here.
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Style sheets are text to a minifier: what they are indented with goes here. */
const squeezed = {
  name: "squeezed-styles",
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.*styles[^/]*\.ts$|\/src\/.*\/styles\/[^/]*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/\bcss`[^`]*`/g, (sheet) =>
        sheet.replace(/\n\s*/g, ""),
      ),
      loader: "ts",
    }));
  },
};

/** Nothing is loaded later in one file: what the sources import on demand is there at once. */
const undivided = {
  name: "undivided",
  setup({ onLoad }) {
    onLoad({ filter: /\/worker\/src\/backends\.ts$/ }, ({ path }) => ({
      contents: `import * as mainThread from "./main-thread.ts";\n${replaceOnce(
        readFileSync(path, "utf8"),
        /await import\("\.\/main-thread\.ts"\)/,
        () => "mainThread",
      )}`,
      loader: "ts",
    }));
  },
};

/** What few readers need is a file of its own, which the one file loads when it is asked for. */
const EXTRAS = "synfin-extras.js";

const apart = {
  name: "extras-apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/index\.ts$/ }, ({ importer, kind }) =>
      kind === "dynamic-import" && importer.endsWith("/extras/load.ts")
        ? { path: `./${EXTRAS}`, external: true }
        : undefined,
    );
  },
};

/**
 * What resembles each other stands together, where compression finds it: its window is
 * shorter than the file.
 */
const ALIKE = [
  "./ladder/words.ts",
  "./connection/words.ts",
  "./load/words.ts",
  "./narration/ko.ts",
  "./narration/en.ts",
  "./connection/styles/base.ts",
  "./connection/styles/panels.ts",
  "./load/styles.ts",
  "./load/form-styles.ts",
  "./load/chart-styles.ts",
  "./connection/styles/index.ts",
];

const alikeTogether = {
  name: "alike-together",
  setup({ onLoad }) {
    onLoad({ filter: /\/element\/src\/define\.ts$/ }, ({ path }) => ({
      contents: [...ALIKE.map((one) => `import "${one}";`), readFileSync(path, "utf8")].join("\n"),
      loader: "ts",
    }));
  },
};

/**
 * The load scenarios that have room in one file, as far as there are any of
 * these names. Each brings its words in two languages, two to three kilobytes
 * compressed, to what both elements take without any; the package has all.
 */
const SCENARIOS = ["steady", "port-exhaustion", "syn-flood", "close-wait-leak"];

const fewScenarios = {
  name: "few-scenarios",
  setup({ onLoad }) {
    onLoad({ filter: /\/simulator\/src\/bulk\/library\/index\.ts$/ }, ({ path }) => {
      const imports = [...readFileSync(path, "utf8").matchAll(SCENARIO_IMPORT)];
      const kept = SCENARIOS.flatMap((name) => imports.filter((found) => found[2] === name));
      if (kept.length < 2) throw new Error(`${path} does not import its scenarios as it did`);
      return { contents: libraryOf(kept), loader: "ts" };
    });
  },
};

const SCENARIO_IMPORT = /^import \{ (\w+) \} from "\.\/([\w-]+)\.ts";$/gm;

const libraryOf = (imports) => `${imports.map(([line]) => line).join("\n")}
  export const BULK_SCENARIOS = [${imports.map(([, name]) => name)}];
  export const findBulkScenario = (name) => BULK_SCENARIOS.find((one) => one.name === name);`;

/** What a resource can carry is told on the command line, and by no element. */
const withoutCapacities = {
  name: "without-capacities",
  setup({ onLoad }) {
    onLoad({ filter: /\/simulator\/src\/bulk\/library\/[\w-]+\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/^ {2}capacity: \w+,\n/m, ""),
      loader: "ts",
    }));
  },
};

const { outputFiles } = await build({
  entryPoints: { page: here("src/define.ts"), worker: here("../worker/src/entry.ts") },
  outdir: here("dist/chunks"),
  chunkNames: "shared",
  splitting: true,
  external: ["#inline-worker"],
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  conditions: ["synfin-source"],
  minify: true,
  legalComments: "eof",
  charset: "utf8",
  write: false,
  // The order alone is wanted of what is imported for it.
  logOverride: { "ignored-bare-import": "silent" },
  plugins: [squeezed, undivided, apart, alikeTogether, fewScenarios, withoutCapacities],
});

await build({
  entryPoints: { [basename(EXTRAS, ".js")]: here("src/extras/index.ts") },
  outdir: here("dist"),
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  conditions: ["synfin-source"],
  minify: true,
  charset: "utf8",
});

/** The text of a chunk. Throws where esbuild has cut otherwise than into these three. */
function chunk(name) {
  const found = outputFiles.find(({ path }) => basename(path) === `${name}.js`);
  if (found === undefined || outputFiles.length !== 3) {
    throw new Error(`expected page, worker and shared, not ${outputFiles.map(({ path }) => path)}`);
  }
  return found.text.trimEnd();
}

/** Replaces what is there exactly once, or throws: the chunks are not what they were. */
function replaceOnce(text, pattern, replacement) {
  const count = [...text.matchAll(new RegExp(pattern, "g"))].length;
  if (count !== 1) throw new Error(`${pattern} is there ${count} times, and should be once`);
  return text.replace(pattern, replacement);
}

/** `a as b,c` as the fields of an object: `b:a,c`, or of a pattern: `a:b,c`. */
const fields = (names, turned) =>
  names
    .split(",")
    .map((name) => {
      const [from, to] = name.split(" as ");
      if (to === undefined) return from;
      return turned ? `${to}:${from}` : `${from}:${to}`;
    })
    .join(",");

const importing = /import\{([^}]*)\}from"\.\/shared\.js";/;

/**
 * Newlines stand only in templates here, where a space means the same to HTML
 * and CSS: what they are indented with goes.
 */
const onOneLine = (text) => text.replace(/\n\s*/g, " ");
const taken = (text) =>
  replaceOnce(text, importing, (_, names) => `const{${fields(names, false)}}=synfinMachine();`);

const machine = replaceOnce(
  chunk("shared"),
  /export\{([^}]*)\};/,
  (_, names) => `return{${fields(names, true)}};`,
);
const worker = `(()=>{\n${taken(chunk("worker"))}\n})();`;
const page = replaceOnce(
  onOneLine(taken(chunk("page"))),
  /import\("#inline-worker"\)/,
  () => `{INLINE_WORKER:'"use strict";'+synfinMachine+${JSON.stringify(worker)}}`,
);
const path = here("dist/synfin.js");
// Compiled by the browser while it loads, and not function by function when the first
// frame is waited for; a comment to browsers that do not know it.
const EAGERLY = "//# allFunctionsCalledOnLoad";
const whole = `${EAGERLY}\nfunction synfinMachine(){${machine}\n}${page}\n`;
writeFileSync(path, whole);
for (const name of ["synfin.js", EXTRAS]) {
  const file = readFileSync(here(`dist/${name}`));
  console.log(`dist/${name}: ${file.length} bytes, ${gzipSync(file).length} gzipped`);
}
