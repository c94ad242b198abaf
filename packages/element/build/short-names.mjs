/**
 * Short names for the fields and methods that the engine keeps to itself. A name is the
 * engine's own if no other file says it, be it as a field, a method, in a type or as text:
 * what a page reads, what crosses to another file or is saved is always said somewhere else.
 */
import { readFileSync } from "node:fs";
import { parseSync, Visitor } from "oxc-parser";
import { here } from "./options.mjs";

/** From the folder of the packages: what knows neither a page nor a browser. */
const ENGINE = new RegExp(
  [
    "^capture/src/",
    "^core/src/",
    "^sockets/src/",
    "^simulator/src/(bulk|random|stats|digest|world)/",
    "^worker/src/(engine|load-run|run-loop|sample|service)\\.ts$",
  ].join("|"),
);

/**
 * What the engine takes and gives: requests, results and what they count, and the trace of
 * one connection. Most of it is types, which no bundle has.
 */
const SPOKEN = [
  "simulator/src/bulk/census.ts",
  "simulator/src/bulk/counters.ts",
  "simulator/src/bulk/request.ts",
  "simulator/src/bulk/result.ts",
  "simulator/src/bulk/summary.ts",
  "simulator/src/bulk/transfer.ts",
  "simulator/src/trace/trace.ts",
  "worker/src/protocol.ts",
];

/**
 * @param {Iterable<string>} modules what a page may load of a file and its parts, from the
 *   folder of the packages
 * @returns {Record<string, string>} the short names by the long ones
 */
export function shortNames(modules) {
  const files = new Set([...modules, ...SPOKEN].filter((file) => /\.m?[jt]s$/.test(file)));
  /** @type {Map<string, number>} how often the engine says each */
  const own = new Map();
  const others = builtInNames();
  for (const file of files) {
    const isEngine = ENGINE.test(file) && !SPOKEN.includes(file);
    const { fields, texts, typeTexts } = saidIn(file);
    for (const text of isEngine ? texts : [...texts, ...typeTexts]) others.add(text);
    for (const name of fields) {
      if (isEngine) own.set(name, (own.get(name) ?? 0) + 1);
      else others.add(name);
    }
  }
  const long = [...own].filter(([name]) => name.length > 2 && !others.has(name));
  long.sort(([a, often], [b, oftenB]) => oftenB - often || (a < b ? -1 : 1));
  const short = unusedNames(new Set([...others, ...own.keys()]));
  return Object.fromEntries(long.map(([name]) => [name, short.next().value ?? name]));
}

/** @param {string} file */
function saidIn(file) {
  const path = here(`../${file}`);
  /** @type {string[]} */
  const fields = [];
  /** @type {Map<number, string>} by where they stand */
  const texts = new Map();
  /** @type {string[]} */
  const typeTexts = [];
  /** @param {{ computed?: boolean, key: import("oxc-parser").Node }} one */
  const field = ({ computed, key }) => {
    if (computed !== true && key.type === "Identifier") fields.push(key.name);
  };
  new Visitor({
    MemberExpression: ({ computed, property }) => {
      if (!computed && property.type === "Identifier") fields.push(property.name);
    },
    Property: field,
    PropertyDefinition: field,
    MethodDefinition: field,
    TSPropertySignature: field,
    TSMethodSignature: field,
    Literal: ({ value, start }) => {
      if (typeof value === "string") texts.set(start, value);
    },
    "TSLiteralType:exit": ({ literal }) => {
      typeTexts.push(texts.get(literal.start) ?? "");
      texts.delete(literal.start);
    },
  }).visit(parseSync(path, readFileSync(path, "utf8")).program);
  return { fields, texts: [...texts.values()], typeTexts };
}

/** What the language itself has: all that the engine can name, which knows no browser. */
function builtInNames() {
  const typed = Object.getPrototypeOf(Uint8Array);
  const makers = [Array, Boolean, DataView, Date, Error, Function, Map, Number, Object, Promise];
  const others = [Proxy, RegExp, Set, String, Symbol, typed, Uint8Array, WeakMap, JSON, Math];
  const iterators = [[][Symbol.iterator](), new Map().keys(), (function* () {})()];
  const all = [...makers, ...others, Reflect, globalThis, ArrayBuffer].flatMap((one) => [
    one,
    "prototype" in one ? one.prototype : undefined,
  ]);
  const has = [...all, ...iterators.map(Object.getPrototypeOf)].flatMap((one) =>
    one === undefined ? [] : Object.getOwnPropertyNames(one),
  );
  return new Set([...has, "next", "return", "value", "done"]);
}

/** @param {ReadonlySet<string>} used */
function* unusedNames(used) {
  const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const names = [...letters, ...[...letters].flatMap((a) => [...letters].map((b) => a + b))];
  yield* names.filter((name) => !used.has(name));
}
