/**
 * The bytes of everything that a page may load, and what they may be at most:
 * points 7, 8 and 9 of what the elements promise.
 */
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { buildConnection } from "./connection.mjs";
import { buildAll, filesOf } from "./files.mjs";
import { makeupOf } from "./makeup.mjs";
import { COMMON, here } from "./options.mjs";

/**
 * @typedef {object} Size
 * @property {number} raw octets
 * @property {number} gzip octets, compressed as well as gzip can
 * @property {number} [most] octets that it may have, compressed
 * @property {true} [missed] it has more
 */

/** What a page loads, in octets of gzip. @type {Readonly<Record<string, number>>} */
const MOST = {
  "synfin.js": 2_000,
  "tcp-connection.js": 40_000,
  "tcp-connection.js without Lit": 25_000,
  "TcpConnection from npm without Lit": 25_000,
  "tcp-load.js": 75_000,
  "the worker in tcp-load.js": 25_000,
};

const LIT = ["lit", "lit/*"];

/**
 * @returns {Promise<{
 *   sizes: Record<string, Size>,
 *   makeup: Record<string, ReturnType<typeof makeupOf>>,
 * }>} by what they are the sizes of, and what some of it is made of
 */
export async function measureSizes() {
  const [built, withoutLit, fromNpm] = await Promise.all([
    buildAll(),
    buildConnection(LIT),
    bundleFromNpm(),
  ]);
  /** @type {Record<string, string>} */
  const texts = {
    ...filesOf(built),
    "tcp-connection.js without Lit": withoutLit.first,
    "TcpConnection from npm without Lit": fromNpm,
    "the worker in tcp-load.js": built.load.worker,
  };
  const sizes = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, sizeOf(text, MOST[name])]),
  );
  const contents = { ...built.connection.contents, ...built.load.contents };
  const makeup = Object.fromEntries(
    Object.entries(contents).map(([name, of]) => [name, makeupOf(of)]),
  );
  return { sizes, makeup };
}

/**
 * @param {string} text
 * @param {number | undefined} most
 * @returns {Size}
 */
function sizeOf(text, most) {
  const gzip = gzipSync(text, { level: 9 }).length;
  const size = { raw: Buffer.byteLength(text), gzip };
  if (most === undefined) return size;
  return gzip > most ? { ...size, most, missed: true } : { ...size, most };
}

/** What a bundler makes of the class, without what is loaded later. */
async function bundleFromNpm() {
  const { outputFiles = [] } = await build({
    ...COMMON,
    stdin: { contents: 'export { TcpConnection } from "./src/index.ts";', resolveDir: here(".") },
    external: LIT,
    plugins: [laterApart],
  });
  return outputFiles[0]?.text ?? "";
}

/** @type {import("esbuild").Plugin} */
const laterApart = {
  name: "later-apart",
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};
