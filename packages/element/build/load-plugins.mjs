/** What is otherwise in the file of `<tcp-load>` than in the sources, and what its parts are. */
import { readFileSync } from "node:fs";
import { STATE_NAMES, TRANSITIONS } from "@synfin/core/tcp";
import { BULK_SCENARIOS } from "@synfin/simulator/bulk";
import { here } from "./options.mjs";
import { virtualModules } from "./parts.mjs";
import { replaceOnce } from "./replace-once.mjs";

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
 * The worker answers calls, and makes none: no call of ours gives or takes a proxy, sets a
 * field, makes an object or asks for another end, and whoever has its port may ask.
 *
 * @type {Plugin}
 */
const answersOnly = {
  name: "answers-only",
  setup({ onLoad }) {
    onLoad({ filter: /\/comlink\.mjs$/ }, ({ path }) => ({
      contents: [
        /\["proxy", proxyTransferHandler\],/,
        /if \(!isAllowedOrigin[\s\S]*?return;\s*\}/,
        /case "SET" [\s\S]*?break;/,
        /case "CONSTRUCT" [\s\S]*?break;/,
        /case "ENDPOINT" [\s\S]*?break;/,
      ].reduce((text, one) => replaceOnce(text, one, () => ""), readFileSync(path, "utf8")),
    }));
  },
};

/**
 * Of the table of transitions the machine asks only which there are. So it has a number for
 * each two states, a bit for each cause; the table itself tells traces their sections.
 *
 * @type {Plugin}
 */
const permittedInBits = {
  name: "permitted-in-bits",
  setup({ onLoad }) {
    onLoad({ filter: /\/core\/src\/tcp\/transitions\.ts$/ }, ({ path }) => {
      const asked = /SECTIONS\[index\(from, to, cause\)\] !== undefined/;
      const bits = "(((PERMITTED[from * STATES + to] ?? 0) >> cause) & 1) === 1";
      const text = replaceOnce(readFileSync(path, "utf8"), asked, () => bits);
      return { contents: `${text}const PERMITTED = ${permittedBits()};`, loader: "ts" };
    });
  },
};

function permittedBits() {
  const states = STATE_NAMES.length;
  const bits = new Array(states * states).fill(0);
  for (const [from, to, cause] of TRANSITIONS) bits[from * states + to] += 2 ** cause;
  return JSON.stringify(bits);
}

/** The profile that is there from the first on; the others are lent, see `lend`. */
const PROFILE = "rfc9293";

/** @type {Plugin} */
const oneProfile = {
  name: "one-profile",
  setup({ onLoad }) {
    const file = here("../core/src/tcp/profiles.ts");
    onLoad({ filter: /\/core\/src\/tcp\/profiles\.ts$/ }, () => ({
      contents: `${readFileSync(file, "utf8")}
export const profileOf = (name) => (name === "${PROFILE}" ? RFC : PROFILES[name]);`,
      loader: "ts",
    }));
    onLoad({ filter: /\/simulator\/src\/bulk\/settle\.ts$/ }, ({ path }) => ({
      contents: `import { profileOf } from ${JSON.stringify(file)};
${replaceOnce(
  readFileSync(path, "utf8"),
  /PROFILES\[(choice\.profile \?\? scenario\.profile)\]/,
  (_, name = "") => `profileOf(${name})`,
)}`,
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
  return `export const CATALOGUE = ${JSON.stringify([...first, ...others])};
export const PROFILE = "${PROFILE}";`;
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
  answersOnly,
  permittedInBits,
  oneProfile,
  alikeTogether,
  oneScenario,
  connectionApart,
];

/** Names to be replaced when it is known what is lent. */
const LENT = `export const lend = () => synfinLend;
export const borrow = (lent) => synfinBorrow(lent);`;

/** @param {import("./parts.mjs").Virtual} virtual */
export const firstFile = (virtual) => [
  virtualModules({ ...virtual, "synfin:load-catalogue": catalogue(), "synfin:lent": LENT }),
  otherDoors,
];
