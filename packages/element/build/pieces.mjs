/**
 * The pieces that the file of `<tcp-load>` is joined from: what the worker needs of what it
 * shares with the page, what the page needs of that alone, and what other scenarios bring
 * along. They name each other's variables by short keys.
 */
import { minify } from "@swc/core";
import { build } from "esbuild";
import { parseSync } from "oxc-parser";
import { withNumbersInPlace } from "../../../tools/building/constants.mjs";
import { cut } from "./cut.mjs";
import { lend, pageData } from "./lend.mjs";
import { COMMON, here } from "./options.mjs";
import { nameOf, textOf } from "./parts.mjs";
import { replaceOnce } from "./replace-once.mjs";
import { LAWS, lawsApart, wordsApart } from "./words-apart.mjs";

/**
 * @typedef {import("esbuild").Plugin} Plugin
 * @typedef {import("./cut.mjs").Statement} Statement
 * @typedef {{ page: string, worker: string, shared: string }} Chunks
 * @typedef {Chunks & { words: string, rest: string }} Pieces and the words that stay on the
 *   page, and what other scenarios bring along
 * @typedef {readonly { name: string, key: string }[]} Keyed
 */

/**
 * @param {Chunks} chunks
 * @returns {Promise<{ pieces: Pieces, machine: readonly Statement[], rest: readonly Statement[] }>}
 *   also the statements that the worker has of what was shared, and those of the page
 */
export async function smallPieces({ page, worker, shared }) {
  const { body, locals } = withoutExports(numbersInPlace(shared));
  const [forPage = {}, forWorker = {}] = [page, worker].map((one) => importsOf(one, locals));
  const asked = Object.values(forWorker);
  const { kept, keptNames, rest, wanted } = cut(body, asked);
  const direct = Object.values(forPage).filter((name) => keptNames.includes(name));
  const wish = [...new Set([...wanted, ...direct])];
  const twice = pageData(kept, asked, wish);
  const own = twice.flatMap(({ declares }) => declares);
  const said = [...wish, ...twice.flatMap(({ says }) => [...says])];
  const toPage = keptNames.filter((name) => said.includes(name) && !own.includes(name));
  const given = keyed([...new Set([...asked, ...toPage])], "x");
  const taken = (/** @type {readonly string[]} */ names) =>
    taking(given.filter(({ name }) => names.includes(name)));
  const { machine, ...loan } = lend(kept, [...asked, ...toPage]);
  const { code, words, brought } = apart(machine, loan);
  const pieces = {
    words,
    shared: await small(code + giving(given)),
    rest: await small(brought),
    worker: await small(worker, taken(asked) + exporting(forWorker)),
    page: await small(page, taken(toPage) + textOfAll([...twice, ...rest]) + exporting(forPage)),
  };
  return { pieces, machine, rest };
}

/**
 * @param {readonly Statement[]} machine
 * @param {Omit<import("./lend.mjs").Lent, "machine">} loan
 */
function apart(machine, { lent, borrowed, used }) {
  const { code, laws } = lawsApart(textOfAll(machine));
  const { code: plain, words } = wordsApart(code);
  const lending = keyed(used, "u");
  const borrowing = keyed([...borrowed, LAWS], "b");
  const names = borrowing.map(({ name }) => name);
  return {
    words: `[${words}]`,
    code: `let ${names};\n${withLending(plain, lending, borrowing)}`,
    brought: `${taking(lending)}${textOfAll(lent)}\nconst ${LAWS}=[${laws}];${giving(borrowing)}`,
  };
}

/**
 * The two functions of `synfin:lent`, now that it is known what they are for.
 *
 * @param {string} code
 * @param {Keyed} lending
 * @param {Keyed} borrowing
 */
function withLending(code, lending, borrowing) {
  const fields = (/** @type {Keyed} */ all) => all.map(({ name, key }) => `${key}:${name}`);
  const lends = replaceOnce(code, /\bsynfinLend\b/, () => `({${fields(lending)}})`);
  const borrows = /\bsynfinBorrow\((\w+)\)/;
  return replaceOnce(lends, borrows, (_, lent = "") => `({${fields(borrowing)}} = ${lent})`);
}

/**
 * @param {readonly string[]} names
 * @param {string} letter
 * @returns {Keyed}
 */
const keyed = (names, letter) =>
  names.map((name, index) => ({ name, key: letter + index.toString(36) }));

/** @param {Keyed} all */
const taking = (all) =>
  `import { ${all.map(({ name, key }) => `${key} as ${name}`)} } from "machine:";\n`;

/** @param {Keyed} all */
const giving = (all) => `\nexport { ${all.map(({ name, key }) => `${name} as ${key}`)} };`;

/** @param {readonly Statement[]} statements */
const textOfAll = (statements) => statements.map(({ text }) => text).join("\n");

/** @param {string} code */
const numbersInPlace = (code) => withNumbersInPlace(code, parseSync("shared.js", code).program);

/** @param {Readonly<Record<string, string>>} [names] the locals by what they are exported as */
const exporting = (names = {}) =>
  `\nexport { ${Object.entries(names).map(([name, local]) => `${local} as ${name}`)} };`;

/** @param {string} code declarations, and one list of exports after them */
function withoutExports(code) {
  const list = parseSync("shared.js", code).program.body.at(-1);
  if (list?.type !== "ExportNamedDeclaration") throw new Error("no exports at the end");
  const locals = Object.fromEntries(
    list.specifiers.map(({ exported, local }) => [nameOf(exported), nameOf(local)]),
  );
  return { body: code.slice(0, list.start), locals };
}

/**
 * @param {string} code
 * @param {Readonly<Record<string, string>>} locals
 * @returns {Record<string, string>} what it imports of the shared chunk, and its name there
 */
function importsOf(code, locals) {
  const { staticImports } = parseSync("chunk.js", code).module;
  const entries = staticImports.flatMap((one) => one.entries);
  const names = entries.flatMap(({ importName: { name } }) => name ?? []);
  return Object.fromEntries(names.map((name) => [name, locals[name] ?? name]));
}

/**
 * @param {string} code
 * @param {string} [shared] what stands for the shared chunk
 */
async function small(code, shared = "") {
  const result = await build({
    ...COMMON,
    stdin: { contents: code, resolveDir: here(".") },
    external: ["machine:", "./parts/*.js", "./tcp-connection.js"],
    plugins: [sharedChunk(shared)],
  });
  const { code: smaller } = await minify(textOf(result), SMALLER);
  return smaller;
}

/**
 * It only finds shorter names: what else it could do makes the machine slower, for functions
 * are inlined into those that call them, and conditions become sums.
 */
const SMALLER = /** @type {const} */ ({
  module: true,
  compress: { ecma: 2022, defaults: false },
  mangle: true,
});

/**
 * @param {string} contents
 * @returns {Plugin}
 */
const sharedChunk = (contents) => ({
  name: "shared-chunk",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^\.\/shared\.js$/ }, ({ path }) => ({ path, namespace: "chunk" }));
    onLoad({ filter: /.*/, namespace: "chunk" }, () => ({ contents, resolveDir: here(".") }));
  },
});
