/**
 * `<tcp-load>` for pages without a bundler: one file. The page and the worker
 * run the same machine, and the file holds it once: as a function whose result
 * the element uses and whose source text the worker is made from. esbuild finds
 * the modules that both need; of those, what only the page needs is cut off, and
 * the pieces are then joined here.
 */
import { basename } from "node:path";
import { build, transform } from "esbuild";
import { statementsOf } from "./cut.mjs";
import { EVERYWHERE, firstFile, scenarioParts } from "./load-plugins.mjs";
import { COMMON, here } from "./options.mjs";
import { buildParted, contentsOf, fileOf, partOf } from "./parts.mjs";
import { smallPieces } from "./pieces.mjs";
import { replaceOnce } from "./replace-once.mjs";
import { shortNames } from "./short-names.mjs";
import { WORDS, wordsApart } from "./words-apart.mjs";

export { loadScenarios } from "./load-plugins.mjs";

/**
 * @typedef {import("./cut.mjs").Statement} Statement
 * @typedef {import("./pieces.mjs").Chunks} Chunks
 * @typedef {import("./pieces.mjs").Pieces} Pieces
 */

/** Whole names and lines: the rest is made small when the pieces have been cut. */
const READABLE = { ...COMMON, minify: false, minifySyntax: true };

const ENTRIES = { page: here("src/define-load.ts"), worker: here("../worker/src/entry.ts") };

/** The part that all scenarios but the first bring along. */
const REST = "load-rest";

/** @type {Record<string, import("./parts.mjs").PartOptions>} */
const PARTS = {
  ...scenarioParts(),
  // Stands for what is cut off in the end, see `lend`.
  [REST]: { text: "export const lent = {};", shelved: true },
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
  const { whole, parts, made } = await parted({
    mangleProps: new RegExp(`^(${Object.keys(names).join("|")})$`),
    mangleCache: names,
  });
  const chunks = chunksOf(whole.outputFiles ?? []);
  const { pieces, machine, rest } = await smallPieces(chunks);
  const plain = machine.map((one) => ({ ...one, text: wordsApart(one.text).code }));
  const ofWorker = [...plain, ...statementsOf(chunks.worker)];
  const words = { module: here("../simulator/src/bulk/library/words.ts"), text: pieces.words };
  return {
    ...joined(pieces),
    parts: { ...parts, [REST]: restPart(pieces.rest, made) },
    contents: {
      "tcp-load.js": await octetsOf([...ofWorker, words, ...rest, ...statementsOf(chunks.page)]),
      "the worker in tcp-load.js": await octetsOf(ofWorker),
    },
  };
}

/**
 * @param {readonly Pick<Statement, "module" | "text">[]} statements
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
 * @param {string} code
 * @param {string} made
 */
function restPart(code, made) {
  const { body, given, exports } = partOf(code);
  const taken = given.map(([, name, local]) => `${name}:${local}`);
  return `export const made="${made}",open=({${taken}})=>{${body}return{lent:{${exports}}}};\n`;
}

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
