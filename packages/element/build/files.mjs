/** All the files for pages without a bundler, as text. */
import { parseSync } from "oxc-parser";
import { buildAutoload } from "./autoload.mjs";
import { buildConnection } from "./connection.mjs";
import { buildLoad } from "./load.mjs";

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

/** Builds all of it. */
export async function buildAll() {
  const [autoload, connection, load] = await Promise.all([
    buildAutoload(),
    buildConnection(),
    buildLoad(),
  ]);
  return { autoload, connection, load };
}

/**
 * @param {Awaited<ReturnType<typeof buildAll>>} built
 * @returns {Record<string, string>} the texts by their names, from the folder they lie in
 */
export function filesOf({ autoload, connection, load }) {
  const all = { ...connection.parts, ...load.parts };
  const parts = Object.entries(all).map(([name, text]) => [`parts/${name}.js`, text]);
  /** @type {Record<string, string>} */
  const files = {
    "synfin.js": autoload,
    "tcp-connection.js": EAGERLY + connection.first,
    "tcp-load.js": load.first,
    ...Object.fromEntries(parts),
  };
  for (const [name, text] of Object.entries(files)) mustParse(name, text);
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, `${noticeOf(name)}${text.trimEnd()}\n`]),
  );
}

/**
 * What was put together by hand may have gone wrong.
 *
 * @param {string} name
 * @param {string} text
 */
function mustParse(name, text) {
  const [error] = parseSync(name, text).errors;
  if (error !== undefined) throw new Error(`${name}: ${error.message}`);
}

/** @param {string} name */
function noticeOf(name) {
  const others = OTHERS[name];
  return others === undefined ? "" : `/*! ${others.join("; ")} */\n`;
}
