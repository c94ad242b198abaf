/**
 * `<tcp-load>` for pages without a bundler: one file. The page and the worker
 * run the same machine, and the file holds it once: as a function whose result
 * the element uses and whose source text the worker is made from. esbuild finds
 * out what both need; the chunks are then joined here.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { BULK_SCENARIOS } from "@synfin/simulator/bulk";
import { build } from "esbuild";
import { COMMON, here } from "./options.mjs";
import { buildParted, contentsOf, virtualModules } from "./parts.mjs";

/**
 * @typedef {import("esbuild").Plugin} Plugin
 * @typedef {{ page: string, worker: string, shared: string }} Chunks
 */

/**
 * The worker of this file runs crowds. It has no single traces, which the
 * element never asks it for, and sends no packets through the codec, which a
 * request cannot ask for.
 *
 * @type {Plugin}
 */
const crowdsOnly = {
  name: "crowds-only",
  setup({ onLoad }) {
    onLoad({ filter: /\/worker\/src\/engine\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/\n {2}trace,\n/, NO_TRACE),
      loader: "ts",
    }));
    onLoad({ filter: /\/simulator\/src\/bulk\/parts\.ts$/ }, ({ path }) => ({
      contents: replaceOnce(
        readFileSync(path, "utf8"),
        /options\.paranoid \? new PacketTrip\(\) : undefined/,
        () => "undefined",
      ),
      loader: "ts",
    }));
  },
};

const NO_TRACE = `
  trace() { throw new Error("synfin: this file runs crowds only"); },
`;

/**
 * What resembles each other stands together, where compression finds it: its window is
 * shorter than the file.
 */
const ALIKE = ["words.ts", "styles.ts", "form-styles.ts", "chart-styles.ts"];

/** @type {Plugin} */
const alikeTogether = {
  name: "alike-together",
  setup({ onLoad }) {
    onLoad({ filter: /\/element\/src\/define-load\.ts$/ }, ({ path }) => ({
      contents: [...ALIKE.map((one) => `import "./load/${one}";`), readFileSync(path, "utf8")].join(
        "\n",
      ),
      loader: "ts",
    }));
  },
};

/** The scenario that is there from the first on; each of the others is a part. */
const FIRST = "steady";

/** @type {Plugin} */
const oneScenario = {
  name: "one-scenario",
  setup({ onLoad }) {
    onLoad({ filter: /\/simulator\/src\/bulk\/library\/index\.ts$/ }, ({ path }) => ({
      contents: `import { ${FIRST} } from "./${FIRST}.ts";
export const BULK_SCENARIOS = [${FIRST}];
export const findBulkScenario = ${findIn(readFileSync(path, "utf8"))}`,
      loader: "ts",
    }));
  },
};

/** @param {string} library */
function findIn(library) {
  if (!/export function findBulkScenario\(name: string\)/.test(library)) {
    throw new Error("the library does not find its scenarios as it did");
  }
  return "(name) => BULK_SCENARIOS.find((one) => one.name === name);";
}

/** @returns {Record<string, import("./parts.mjs").PartOptions>} the other scenarios */
function scenarioParts() {
  const library = readFileSync(here("../simulator/src/bulk/library/index.ts"), "utf8");
  const parts = [...library.matchAll(SCENARIO_IMPORT)]
    .filter(([, , name]) => name !== FIRST)
    .map(([, scenario, name]) => {
      const file = here(`../simulator/src/bulk/library/${name}.ts`);
      const text = `export { ${scenario} as scenario } from ${JSON.stringify(file)};`;
      return [`load-${name}`, { text }];
    });
  if (parts.length !== BULK_SCENARIOS.length - 1) {
    throw new Error("the library does not import its scenarios as it did");
  }
  return Object.fromEntries(parts);
}

/** The names of the scenarios that are parts. */
export const loadScenarios = () =>
  BULK_SCENARIOS.map(({ name }) => name).filter((name) => name !== FIRST);

const SCENARIO_IMPORT = /^import \{ (\w+) \} from "\.\/([\w-]+)\.ts";$/gm;

function catalogue() {
  const listed = BULK_SCENARIOS.map(({ name, title }) => ({ name, title }));
  const first = listed.filter(({ name }) => name === FIRST);
  const others = listed.filter(({ name }) => name !== FIRST);
  return `export const CATALOGUE = ${JSON.stringify([...first, ...others])};`;
}

/**
 * What a resource can carry is told on the command line, and by no element.
 *
 * @type {Plugin}
 */
const withoutCapacities = {
  name: "without-capacities",
  setup({ onLoad }) {
    onLoad({ filter: /\/simulator\/src\/bulk\/library\/[\w-]+\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/^ {2}capacity: \w+,\n/m, ""),
      loader: "ts",
    }));
  },
};

/**
 * The tag that a chosen connection opens in has a file of its own.
 *
 * @type {Plugin}
 */
const connectionApart = {
  name: "connection-apart",
  setup({ onResolve }) {
    onResolve({ filter: /(define-connection|connection\/tcp-connection)\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./tcp-connection.js", external: true } : undefined,
    );
  },
};

/**
 * The list of scenarios, and where the worker's text comes from, are others here.
 *
 * @type {Plugin}
 */
const otherDoors = {
  name: "other-doors",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /\/scenarios\.ts$/ }, ({ resolveDir }) =>
      resolveDir === here("src/load") ? { path: here("build/doors/load-scenarios.ts") } : undefined,
    );
    onLoad({ filter: /\/worker\/src\/entry\.ts$/ }, ({ path }) => ({
      contents: `import { shelve } from ${JSON.stringify(here("build/doors/scenario-shelf.ts"))};
${readFileSync(path, "utf8")}
for (const open of synfinShelf) shelve(open);`,
      loader: "ts",
    }));
    onLoad({ filter: /\/worker\/src\/backends\.ts$/ }, ({ path }) => ({
      contents: `import * as mainThread from "./main-thread.ts";
import { inlineWorker } from ${JSON.stringify(here("build/doors/load-scenarios.ts"))};
${withoutLater(readFileSync(path, "utf8"))}`,
      loader: "ts",
    }));
  },
};

/**
 * Nothing is loaded later here: what the source imports on demand is there at once.
 *
 * @param {string} backends
 */
function withoutLater(backends) {
  const here = replaceOnce(backends, /await import\("\.\/main-thread\.ts"\)/, () => "mainThread");
  return replaceOnce(
    here,
    /const \{ INLINE_WORKER \} = await import\("#inline-worker"\)/,
    () => "const INLINE_WORKER = inlineWorker()",
  );
}

/**
 * @returns {Promise<{
 *   first: string,
 *   worker: string,
 *   parts: Record<string, string>,
 *   contents: Record<string, import("./parts.mjs").Contents>,
 * }>} the file, the worker that it makes at first, the parts, and what the first two are made of
 */
export async function buildLoad() {
  const plugins = [crowdsOnly, alikeTogether, oneScenario, withoutCapacities, connectionApart];
  const { whole, parts } = await buildParted({
    first: (virtual) =>
      build({
        ...COMMON,
        entryPoints: {
          page: here("src/define-load.ts"),
          worker: here("../worker/src/entry.ts"),
        },
        outdir: here("dist/chunks"),
        chunkNames: "shared",
        splitting: true,
        metafile: true,
        external: ["./parts/*.js"],
        // The order alone is wanted of what is imported for it.
        logOverride: { "ignored-bare-import": "silent" },
        plugins: [
          virtualModules({ ...virtual, "synfin:load-catalogue": catalogue() }),
          otherDoors,
          ...plugins,
          ...COMMON.plugins,
        ],
      }),
    holder: "shared.js",
    plugins,
    parts: scenarioParts(),
  });
  return {
    ...joined(chunksOf(whole.outputFiles ?? [])),
    parts,
    contents: {
      "tcp-load.js": contentsOf(whole),
      "the worker in tcp-load.js": contentsOf(whole, ["shared.js", "worker.js"]),
    },
  };
}

/**
 * Throws where esbuild has cut otherwise than into these three.
 *
 * @param {readonly import("esbuild").OutputFile[]} files
 * @returns {Chunks}
 */
function chunksOf(files) {
  const texts = new Map(files.map(({ path, text }) => [basename(path, ".js"), text.trimEnd()]));
  const [page, worker, shared] = ["page", "worker", "shared"].map((name) => texts.get(name));
  if (page === undefined || worker === undefined || shared === undefined || texts.size !== 3) {
    throw new Error(`expected page, worker and shared, not ${[...texts.keys()]}`);
  }
  return { page, worker, shared };
}

/** @param {Chunks} chunks */
function joined({ page, worker, shared }) {
  const machine = `function synfinMachine(){${replaceOnce(
    shared,
    /export\{([^}]*)\};/,
    (_, names = "") => `return{${fields(names, true)}};`,
  )}\n}`;
  const rest = `(()=>{\n${taken(worker)}\n})();`;
  const element = replaceOnce(onOneLine(taken(page)), /\bSYNFIN_WORKER\b/, () => "synfinWorker");
  const first = `const synfinWorker=${JSON.stringify(rest)};${machine}${element}\n`;
  return { first, worker: `"use strict";${machine};const synfinShelf=[];${rest}` };
}

const IMPORT = /import\{([^}]*)\}from"\.\/shared\.js";/;

/** @param {string} text */
const taken = (text) =>
  replaceOnce(text, IMPORT, (_, names = "") => `const{${fields(names, false)}}=synfinMachine();`);

/**
 * `a as b,c` as the fields of an object: `b:a,c`, or of a pattern: `a:b,c`.
 *
 * @param {string} names
 * @param {boolean} turned
 */
const fields = (names, turned) =>
  names
    .split(",")
    .map((name) => {
      const [from, to] = name.split(" as ");
      if (to === undefined) return from;
      return turned ? `${to}:${from}` : `${from}:${to}`;
    })
    .join(",");

/**
 * Newlines stand only in templates here, where a space means the same to HTML
 * and CSS: what they are indented with goes.
 *
 * @param {string} text
 */
const onOneLine = (text) => text.replace(/\n\s*/g, " ");

/**
 * Replaces what is there exactly once, or throws: the chunks are not what they were.
 *
 * @param {string} text
 * @param {RegExp} pattern
 * @param {(...found: string[]) => string} replacement
 */
function replaceOnce(text, pattern, replacement) {
  const count = [...text.matchAll(new RegExp(pattern, "g"))].length;
  if (count !== 1) throw new Error(`${pattern} is there ${count} times, and should be once`);
  return text.replace(pattern, replacement);
}
