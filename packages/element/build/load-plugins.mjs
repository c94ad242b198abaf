/** What is otherwise in the file of `<tcp-load>` than in the sources, and what its parts are. */
import { readFileSync } from "node:fs";
import { BULK_SCENARIOS } from "@synfin/simulator/bulk";
import { here } from "./options.mjs";
import { virtualModules } from "./parts.mjs";

/** @typedef {import("esbuild").Plugin} Plugin */

/**
 * What a form does not ask for: packets through the codec, whole objects where rows do, and
 * a host that is not fresh.
 *
 * @type {Plugin}
 */
const unasked = {
  name: "unasked",
  setup({ onLoad }) {
    onLoad({ filter: /\/simulator\/src\/bulk\/parts\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const plain = replaceOnce(
        text,
        /options\.paranoid \? new PacketTrip\(\) : undefined/,
        () => "undefined",
      );
      const rows = /options\.store === "rows" \? (new RowStore\(\)) : new ObjectStore\(\)/;
      return { contents: replaceOnce(plain, rows, (_, row = "") => row), loader: "ts" };
    });
    onLoad({ filter: /\/simulator\/src\/bulk\/scenario\.ts$/ }, ({ path }) => ({
      contents: replaceOnce(
        readFileSync(path, "utf8"),
        /settings\.start === undefined \? plan : startingFrom\(plan, settings\.start\)/,
        () => "plan",
      ),
      loader: "ts",
    }));
  },
};

/**
 * A request is made by a form that has looked at every part of it.
 *
 * @type {Plugin}
 */
const checkedByForm = {
  name: "checked-by-form",
  setup({ onResolve }) {
    onResolve({ filter: /\/request\.ts$/ }, ({ resolveDir }) =>
      resolveDir === here("../simulator/src/bulk")
        ? { path: here("build/doors/request.ts") }
        : undefined,
    );
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
 * No call of ours gives or takes a proxy, so the worker answers calls and makes none.
 *
 * @type {Plugin}
 */
const noProxies = {
  name: "no-proxies",
  setup({ onLoad }) {
    onLoad({ filter: /\/comlink\.mjs$/ }, ({ path }) => ({
      contents: replaceOnce(
        readFileSync(path, "utf8"),
        /\["proxy", proxyTransferHandler\],/,
        () => "",
      ),
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
export function scenarioParts() {
  const library = readFileSync(here("../simulator/src/bulk/library/index.ts"), "utf8");
  const parts = [...library.matchAll(SCENARIO_IMPORT)]
    .filter(([, , name]) => name !== FIRST)
    .map(([, scenario, name]) => {
      const file = here(`../simulator/src/bulk/library/${name}.ts`);
      const text = `export { ${scenario} as scenario } from ${JSON.stringify(file)};`;
      return [`load-${name}`, { text, shelved: true }];
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

/** The modules whose place others take here: who imports what, and the door. */
const DOORS = [
  ["src/load", "./scenarios.ts", "load-scenarios.ts"],
  ["src/load", "./sampling.ts", "sampling.ts"],
  ["src/load", "./files/load.ts", "load-files.ts"],
  ["../worker/src", "./sample.ts", "sample.ts"],
];

/**
 * The list of scenarios, what is loaded later, and where the worker's text comes from, are
 * others here.
 *
 * @type {Plugin}
 */
const otherDoors = {
  name: "other-doors",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /\/(scenarios|sampling|load|sample)\.ts$/ }, ({ path, resolveDir }) => {
      const door = DOORS.find(([from, what]) => resolveDir === here(`${from}`) && path === what);
      return door === undefined ? undefined : { path: here(`build/doors/${door[2]}`) };
    });
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

/** For all of it, and what is for the first file only. */
export const EVERYWHERE = [
  unasked,
  checkedByForm,
  noProxies,
  alikeTogether,
  oneScenario,
  connectionApart,
];

/** @param {import("./parts.mjs").Virtual} virtual */
export const firstFile = (virtual) => [
  virtualModules({ ...virtual, "synfin:load-catalogue": catalogue() }),
  otherDoors,
];

/**
 * Replaces what is there exactly once, or throws: the chunks are not what they were.
 *
 * @param {string} text
 * @param {RegExp} pattern
 * @param {(...found: string[]) => string} replacement
 */
export function replaceOnce(text, pattern, replacement) {
  const count = [...text.matchAll(new RegExp(pattern, "g"))].length;
  if (count !== 1) throw new Error(`${pattern} is there ${count} times, and should be once`);
  return text.replace(pattern, replacement);
}
