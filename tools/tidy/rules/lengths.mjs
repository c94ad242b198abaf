import { isCode, isTest } from "../tree.mjs";

/** @typedef {import("../tree.mjs").Breach} Breach */
/** @typedef {import("../tree.mjs").Tree} Tree */

const MOST_FILE_LINES = 400;
const MOST_FUNCTION_LINES = 70;
const TABLE = "tools/tidy/ratchet.json";

/**
 * Files of at most 400 lines, functions of at most 70 (tests aside, whose
 * functions are scripts). What is longer stands in the table with its exact
 * length, so that it can only become shorter without anyone noticing, and
 * longer only by an edit that a reader of the change will see.
 *
 * @param {Tree} tree
 * @returns {Breach[]}
 */
export function lengths(tree) {
  const table = readTable(tree);
  const tooLong = [...fileLengths(tree), ...functionLengths(tree)].filter((t) => t.lines > t.most);
  const breaches = tooLong.flatMap((thing) => compare(thing, table.get(thing.key)));
  const keys = new Set(tooLong.map((thing) => thing.key));
  const outdated = [...table.keys()].filter((key) => !keys.has(key));
  const remove = outdated.map((key) =>
    breach(TABLE, 1, `${key} is not too long: remove its entry`),
  );
  return [...breaches, ...remove];
}

/** @typedef {{ key: string, file: string, line: number, lines: number, most: number }} Measured */

/**
 * @param {Measured} thing
 * @param {number | undefined} ratchet
 * @returns {Breach[]}
 */
function compare({ key, file, line, lines, most }, ratchet) {
  if (ratchet === undefined) {
    return [
      breach(file, line, `${key} has ${lines} lines; at most ${most}: split it by its ideas`),
    ];
  }
  if (lines > ratchet) {
    return [breach(file, line, `${key} has grown from ${ratchet} to ${lines} lines: shorten it`)];
  }
  return lines < ratchet ? [breach(TABLE, 1, `${key} is down to ${lines}: lower its entry`)] : [];
}

/**
 * @param {Tree} tree
 * @returns {Map<string, number>}
 */
function readTable(tree) {
  if (!tree.files.includes(TABLE)) return new Map();
  return new Map(Object.entries(JSON.parse(tree.text(TABLE))));
}

/**
 * @param {Tree} tree
 * @returns {Measured[]}
 */
function fileLengths(tree) {
  const files = tree.files.filter((file) => isCode(file) || /\.(css|vue|html)$/.test(file));
  return files.map((file) => {
    const lines = tree.text(file).split("\n").length - 1;
    return { key: file, file, line: 1, lines, most: MOST_FILE_LINES };
  });
}

/**
 * @param {Tree} tree
 * @returns {Measured[]}
 */
function functionLengths(tree) {
  return tree.code().flatMap((source) => (isTest(source.path) ? [] : functionsOf(source)));
}

/**
 * @param {import("../source.mjs").Source} source
 * @returns {Measured[]}
 */
function functionsOf(source) {
  /** @type {Measured[]} */
  const found = [];
  /** @param {{ start: number, end: number, id?: { name: string } | null }} node */
  const add = (node) => {
    const line = source.lineAt(node.start);
    const name = node.id?.name ?? nameBefore(source.text, node.start);
    const lines = source.lineAt(node.end) - line + 1;
    const file = source.path;
    found.push({ key: `${file}#${name}`, file, line, lines, most: MOST_FUNCTION_LINES });
  };
  source.visit({
    FunctionDeclaration: add,
    FunctionExpression: add,
    ArrowFunctionExpression: add,
  });
  return found;
}

/**
 * The name that a function without one goes by: the method or the variable
 * that stands before it.
 *
 * @param {string} text
 * @param {number} offset
 */
function nameBefore(text, offset) {
  const before = text.slice(Math.max(0, offset - 80), offset);
  return /([\w$#]+)\s*(?::[^=]*)?[=:(,]?\s*(?:async\s*)?$/.exec(before)?.[1] ?? "anonymous";
}

/**
 * @param {string} file
 * @param {number} line
 * @param {string} message
 * @returns {Breach}
 */
function breach(file, line, message) {
  return { file, line, rule: "lengths", message };
}
