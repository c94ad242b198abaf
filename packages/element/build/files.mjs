/** All the files for pages without a bundler, as text. */
import { buildAutoload } from "./autoload.mjs";
import { buildConnection } from "./connection.mjs";
import { buildLoad, buildLoadFiles } from "./load.mjs";

/** Whose code is in a file, beside ours. */
const LIT = "Lit: Copyright Google LLC, BSD-3-Clause";
const COMLINK = "Comlink: Copyright Google LLC, Apache-2.0";
const TINYQUEUE = "TinyQueue: Copyright Vladimir Agafonkin, ISC";
const VALIBOT = "Valibot: Copyright Fabian Hiller, MIT";

/** @type {Readonly<Record<string, readonly string[]>>} */
const OTHERS = {
  "tcp-connection.js": [LIT],
  "tcp-load.js": [LIT, COMLINK],
  "parts/machine.js": [TINYQUEUE],
  "parts/sources.js": [VALIBOT],
};

/**
 * Compiled by the browser while it loads, and not function by function when the first
 * frame is waited for; a comment to browsers that do not know it.
 */
const EAGERLY = "//# allFunctionsCalledOnLoad\n";

/** @returns {Promise<Record<string, string>>} by their names, from the folder they lie in */
export async function allFiles() {
  const [autoload, connection, load, loadFiles] = await Promise.all([
    buildAutoload(),
    buildConnection(),
    buildLoad(),
    buildLoadFiles(),
  ]);
  const parts = Object.entries(connection.parts).map(([name, text]) => [`parts/${name}.js`, text]);
  /** @type {Record<string, string>} */
  const files = {
    "synfin.js": autoload,
    "tcp-connection.js": EAGERLY + connection.first,
    "tcp-load.js": load.file,
    ...Object.fromEntries(parts),
    "parts/load-files.js": loadFiles,
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, `${noticeOf(name)}${text.trimEnd()}\n`]),
  );
}

/** @param {string} name */
function noticeOf(name) {
  const others = OTHERS[name];
  return others === undefined ? "" : `/*! ${others.join("; ")} */\n`;
}
