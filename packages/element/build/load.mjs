/**
 * `<tcp-load>` for pages without a bundler: one file. The page and the worker
 * run the same machine, and the file holds it once: as a function whose result
 * the element uses and whose source text the worker is made from. esbuild finds
 * out what both need; the chunks are then joined here.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { build } from "esbuild";
import { COMMON, here } from "./options.mjs";

/**
 * @typedef {import("esbuild").Plugin} Plugin
 * @typedef {{ page: string, worker: string, shared: string }} Chunks
 */

/**
 * Nothing is loaded later here: what the sources import on demand is there at once.
 *
 * @type {Plugin}
 */
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

/**
 * The worker of this file sends no packets through the codec, which a request
 * cannot ask for.
 *
 * @type {Plugin}
 */
const noPackets = {
  name: "no-packets",
  setup({ onLoad }) {
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

/**
 * The load scenarios that have room in one file, as far as there are any of
 * these names. Each brings its words in two languages, two to three kilobytes
 * compressed, to what the element takes without any; the package has all.
 */
const SCENARIOS = ["steady", "port-exhaustion", "syn-flood", "close-wait-leak"];

/** @type {Plugin} */
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

/** @param {readonly RegExpExecArray[]} imports */
const libraryOf = (imports) => `${imports.map(([line]) => line).join("\n")}
  export const BULK_SCENARIOS = [${imports.map(([, name]) => name)}];
  export const findBulkScenario = (name) => BULK_SCENARIOS.find((one) => one.name === name);`;

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
 * What makes files of a run has one of its own.
 *
 * @type {Plugin}
 */
const filesApart = {
  name: "files-apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/index\.ts$/ }, ({ importer, kind }) =>
      kind === "dynamic-import" && importer.endsWith("/load/files/load.ts")
        ? { path: "./parts/load-files.js", external: true }
        : undefined,
    );
  },
};

/** @returns {Promise<string>} the text of `parts/load-files.js` */
export async function buildLoadFiles() {
  const { outputFiles = [] } = await build({
    ...COMMON,
    entryPoints: [here("src/load/files/index.ts")],
    plugins: [fewScenarios, withoutCapacities, ...COMMON.plugins],
  });
  return outputFiles[0]?.text ?? "";
}

/**
 * @param {readonly string[]} [external] what is not to be inside
 * @returns {Promise<{ file: string, worker: string }>} the file, and the worker that it makes
 */
export async function buildLoad(external = []) {
  const { outputFiles = [] } = await build({
    ...COMMON,
    entryPoints: { page: here("src/define-load.ts"), worker: here("../worker/src/entry.ts") },
    outdir: here("dist/chunks"),
    chunkNames: "shared",
    splitting: true,
    external: ["#inline-worker", ...external],
    // The order alone is wanted of what is imported for it.
    logOverride: { "ignored-bare-import": "silent" },
    plugins: [
      undivided,
      noPackets,
      alikeTogether,
      fewScenarios,
      withoutCapacities,
      connectionApart,
      filesApart,
      ...COMMON.plugins,
    ],
  });
  return joined(chunksOf(outputFiles));
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
  const element = replaceOnce(
    onOneLine(taken(page)),
    /import\("#inline-worker"\)/,
    () => `{INLINE_WORKER:'"use strict";'+synfinMachine+${JSON.stringify(rest)}}`,
  );
  return { file: `${machine}${element}\n`, worker: `"use strict";${machine}${rest}` };
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
