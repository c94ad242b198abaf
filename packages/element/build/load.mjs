/**
 * `<tcp-load>` for pages without a bundler: one file. The page and the worker
 * run the same machine, and the file holds it once: as a function whose result
 * the element uses and whose source text the worker is made from. esbuild finds
 * the modules that both need; of those, what only the page needs is cut off, and
 * the pieces are then joined here.
 */
import { basename } from "node:path";
import { build, transform } from "esbuild";
import { parseSync } from "oxc-parser";
import { withNumbersInPlace } from "../../simulator/build/constants.mjs";
import { cut, statementsOf } from "./cut.mjs";
import { EVERYWHERE, firstFile, replaceOnce, scenarioParts } from "./load-plugins.mjs";
import { COMMON, here } from "./options.mjs";
import { buildParted, contentsOf, fileOf, nameOf, textOf } from "./parts.mjs";
import { shortNames } from "./short-names.mjs";
import { WORDS, wordsApart } from "./words-apart.mjs";

export { loadScenarios } from "./load-plugins.mjs";

/**
 * @typedef {import("esbuild").Plugin} Plugin
 * @typedef {import("./cut.mjs").Statement} Statement
 * @typedef {{ page: string, worker: string, shared: string }} Chunks
 * @typedef {Chunks & { words: string }} Pieces and a list of words that stay on the page
 */

/** Whole names and lines: the rest is made small when the pieces have been cut. */
const READABLE = { ...COMMON, minify: false, minifySyntax: true };

const ENTRIES = { page: here("src/define-load.ts"), worker: here("../worker/src/entry.ts") };

/** @type {Record<string, import("./parts.mjs").PartOptions>} */
const PARTS = {
  ...scenarioParts(),
  "load-files": { entry: "src/load/files/index.ts" },
  "load-sampler": { entry: "../worker/src/sample.ts", shelved: true },
};

/**
 * @returns {Promise<{
 *   first: string,
 *   worker: string,
 *   parts: Record<string, string>,
 *   contents: Record<string, import("./parts.mjs").Contents>,
 * }>} the file, the worker that it makes at first, the parts, and what the first two are made of
 */
export async function buildLoad() {
  const { whole: long, contents } = await parted({});
  const loaded = [contentsOf(long), ...Object.values(contents)].flatMap(Object.entries);
  const names = shortNames(loaded.flatMap(([file, octets]) => (octets > 0 ? [file] : [])));
  const { whole, parts } = await parted({
    mangleProps: new RegExp(`^(${Object.keys(names).join("|")})$`),
    mangleCache: names,
  });
  const chunks = chunksOf(whole.outputFiles ?? []);
  const { pieces, kept, rest } = await smallPieces(chunks);
  const ofWorker = [...kept, ...statementsOf(chunks.worker)];
  return {
    ...joined(pieces),
    parts,
    contents: {
      "tcp-load.js": await octetsOf([...ofWorker, ...rest, ...statementsOf(chunks.page)]),
      "the worker in tcp-load.js": await octetsOf(ofWorker),
    },
  };
}

/**
 * @param {readonly Statement[]} statements
 * @returns {Promise<import("./parts.mjs").Contents>} what each module comes to when it is small
 */
async function octetsOf(statements) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const { module, text } of statements) {
    // Imports and exports stand before all modules and after them.
    if (/^(im|ex)port\b/.test(text)) continue;
    texts.set(module, `${texts.get(module) ?? ""}${text}\n`);
  }
  const octets = [...texts].map(async ([module, text]) => {
    const { code } = await transform(text, { minify: true, charset: "utf8" });
    return /** @type {const} */ ([fileOf(module), Buffer.byteLength(code)]);
  });
  return Object.fromEntries(await Promise.all(octets));
}

/** @param {Pick<import("esbuild").BuildOptions, "mangleProps" | "mangleCache">} naming */
const parted = (naming) =>
  buildParted({
    first: (virtual) =>
      build({
        ...READABLE,
        ...naming,
        entryPoints: ENTRIES,
        outdir: here("dist/chunks"),
        chunkNames: "shared",
        splitting: true,
        metafile: true,
        external: ["./parts/*.js"],
        // The order alone is wanted of what is imported for it.
        logOverride: { "ignored-bare-import": "silent" },
        plugins: [...firstFile(virtual), ...EVERYWHERE, ...COMMON.plugins],
      }),
    holder: "shared.js",
    plugins: EVERYWHERE,
    options: naming,
    parts: PARTS,
  });

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

/**
 * The chunks, where what is shared is what the worker needs, and the page has the rest.
 *
 * @param {Chunks} chunks
 * @returns {Promise<{ pieces: Pieces, kept: readonly Statement[], rest: readonly Statement[] }>}
 */
async function smallPieces({ page, worker, shared }) {
  const { body, locals } = withoutExports(numbersInPlace(shared));
  const [forPage, forWorker] = [page, worker].map((chunk) => importsOf(chunk, locals));
  const asked = Object.values(forWorker ?? {});
  const { kept, keptNames, rest, wanted } = cut(body, asked);
  const direct = Object.values(forPage ?? {}).filter((name) => keptNames.includes(name));
  const toPage = [...new Set([...wanted, ...direct])];
  const given = [...new Set([...asked, ...toPage])];
  const keys = new Map(given.map((name, index) => [name, `x${index.toString(36)}`]));
  const giving = given.map((name) => `${name} as ${keys.get(name)}`);
  const taking = (/** @type {readonly string[]} */ names) =>
    `import { ${names.map((name) => `${keys.get(name)} as ${name}`)} } from "machine:";\n`;
  const { code, words } = wordsApart(textOfAll(kept));
  const pieces = {
    words: `[${words}]`,
    shared: await small(`${code}\nexport { ${giving} };`),
    worker: await small(worker, taking(asked) + exporting(forWorker)),
    page: await small(page, taking(toPage) + textOfAll(rest) + exporting(forPage)),
  };
  return { pieces, kept, rest };
}

/** @param {readonly import("./cut.mjs").Statement[]} statements */
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
  return textOf(result);
}

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

/** @param {Pieces} pieces */
function joined({ page, worker, shared, words }) {
  const machine = `function synfinMachine(${WORDS}){${replaceOnce(
    shared,
    /export\{([^}]*)\};/,
    (_, names = "") => `return{${fields(names, true)}};`,
  )}\n}`;
  const rest = `(()=>{\n${taken(worker, "[]")}\n})();`;
  const element = replaceOnce(
    onOneLine(taken(page, words)),
    /\bSYNFIN_WORKER\b/,
    () => "synfinWorker",
  );
  const first = `const synfinWorker=${JSON.stringify(rest)};${machine}${element}\n`;
  return { first, worker: `"use strict";${machine};const synfinShelf=[];${rest}` };
}

const IMPORT = /import\{([^}]*)\}from"machine:";/;

/**
 * @param {string} text
 * @param {string} words
 */
const taken = (text, words) =>
  replaceOnce(
    text,
    IMPORT,
    (_, names = "") => `const{${fields(names, false)}}=synfinMachine(${words});`,
  );

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
