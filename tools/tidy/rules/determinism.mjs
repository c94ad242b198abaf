import { posix } from "node:path";
import { DETERMINISTIC, placeOf } from "../house.mjs";

/** @typedef {import("../tree.mjs").Breach} Breach */

const TIME = "time is an argument, in microseconds";
const RANDOMNESS = "randomness is an argument";
const NO_IO = "the engine does no I/O";

/** Globals that must not even be named, and what to do instead. */
const BANNED_GLOBALS = new Map([
  ["Date", TIME],
  ["performance", TIME],
  ["setTimeout", "timers are deadlines that pollAt returns"],
  ["setInterval", "timers are deadlines that pollAt returns"],
  ["setImmediate", "the engine is synchronous"],
  ["queueMicrotask", "the engine is synchronous"],
  ["crypto", RANDOMNESS],
  ["console", NO_IO],
  ["fetch", NO_IO],
  ["globalThis", "name what you need as an argument"],
  ["Intl", "what it returns differs between engines"],
  ["WeakRef", "when it is cleared differs from run to run"],
  ["FinalizationRegistry", "when it calls back differs from run to run"],
]);

/** The functions of Math that every engine must compute to the same last bit. */
const EXACT_MATH = new Set([
  "abs",
  "ceil",
  "clz32",
  "floor",
  "fround",
  "imul",
  "max",
  "min",
  "round",
  "sign",
  "trunc",
]);

/**
 * What judges results when a run is over may use all of Math: a last bit there
 * moves no event. So nothing that runs may import it, only the door beside it.
 */
const JUDGES = ["packages/simulator/src/stats/judge/", "packages/simulator/src/report/"];
const JUDGES_DOOR = "packages/simulator/src/stats/index.ts";
/** A load scenario's oracle stands beside its plan, in a file of its own. */
const ORACLE = ".oracle.ts";

/** @param {string} path */
function isJudge(path) {
  return JUDGES.some((folder) => path.startsWith(folder)) || path.endsWith(ORACLE);
}

const BANNED_METHODS = new Map([
  ["localeCompare", "it orders by the reader's language; compare with < and >"],
  ["toLocaleString", "it prints in the reader's language; use toString"],
]);

/**
 * In the packages whose runs must be the same everywhere: no clock, no
 * randomness but what is handed in, no I/O, and nothing whose result or order
 * an engine may choose.
 *
 * @param {import("../tree.mjs").Tree} tree
 * @returns {Breach[]}
 */
export function determinism(tree) {
  return tree.code().flatMap((source) => {
    const place = placeOf(source.path);
    const strict = place?.part === "src" && place.kind === "package";
    return strict && DETERMINISTIC.includes(place.name) ? check(source) : [];
  });
}

/**
 * @param {import("../source.mjs").Source} source
 * @returns {Breach[]}
 */
function check(source) {
  /** @type {Breach[]} */
  const found = [];
  const properties = propertyNames(source);
  const judges = isJudge(source.path);
  /**
   * @param {number} offset
   * @param {string} message
   */
  const report = (offset, message) => {
    found.push({ file: source.path, line: source.lineAt(offset), rule: "determinism", message });
  };
  source.visit({
    Identifier: (node) => {
      const why = properties.has(node.start) ? undefined : BANNED_GLOBALS.get(node.name);
      if (why !== undefined) report(node.start, `${node.name} is banned here: ${why}`);
      if (node.name === "Math" && !isAllowedMath(source.text, node.end, judges)) {
        const exact = [...EXACT_MATH].join(", ");
        report(node.start, `of Math only ${exact}: the rest is random or differs between engines`);
      }
    },
    CallExpression: (node) => {
      const method = methodName(node);
      const why = BANNED_METHODS.get(method);
      if (why !== undefined) report(node.start, `${method} is banned here: ${why}`);
      if (/^(sort|toSorted)$/.test(method) && node.arguments.length === 0) {
        report(node.start, `${method}() without a comparator sorts numbers as text; give it one`);
      }
    },
    ForInStatement: (node) => report(node.start, "for…in visits inherited keys too; use for…of"),
    BinaryExpression: (node) => {
      if (node.operator !== "**" || judges) return;
      if (!(isInteger(node.left) && isInteger(node.right))) {
        report(node.start, "** differs between engines unless both sides are literal integers");
      }
    },
  });
  if (!judges && source.path !== JUDGES_DOOR) checkImports(source, found);
  return found;
}

/**
 * @param {import("../source.mjs").Source} source
 * @param {Breach[]} found
 */
function checkImports(source, found) {
  for (const { specifier, typeOnly, line } of source.imports) {
    const target = posix.join(posix.dirname(source.path), specifier);
    if (typeOnly || !specifier.startsWith(".") || !JUDGES.some((one) => target.startsWith(one))) {
      continue;
    }
    const message = `${target} judges results with floating point; nothing that runs may use it`;
    found.push({ file: source.path, line, rule: "determinism", message });
  }
}

/**
 * Where identifiers stand that are only names of properties: `a.Date`, `{ fetch: 1 }`.
 *
 * @param {import("../source.mjs").Source} source
 */
function propertyNames(source) {
  /** @type {Set<number>} */
  const starts = new Set();
  /** @param {{ key: { start: number }, computed?: boolean, shorthand?: boolean }} node */
  const key = (node) => {
    if (node.computed !== true && node.shorthand !== true) starts.add(node.key.start);
  };
  source.visit({
    MemberExpression: (node) => {
      if (!node.computed) starts.add(node.property.start);
    },
    Property: key,
    MethodDefinition: key,
    PropertyDefinition: key,
    TSPropertySignature: key,
    TSMethodSignature: key,
  });
  return starts;
}

/**
 * @param {string} text
 * @param {number} offset where `Math` ends
 * @param {boolean} judges whether it may round as an engine likes
 */
function isAllowedMath(text, offset, judges) {
  const name = /^\s*\.\s*(\w+)/.exec(text.slice(offset, offset + 80))?.[1];
  if (name === undefined) return false;
  return EXACT_MATH.has(name) || (judges && name !== "random");
}

/** @param {import("oxc-parser").CallExpression} node */
function methodName(node) {
  const { callee } = node;
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return "";
  return callee.computed ? "" : callee.property.name;
}

/** @param {import("oxc-parser").Node} node */
function isInteger(node) {
  return node.type === "Literal" && /^\d+n?$/.test(node.raw ?? "");
}
