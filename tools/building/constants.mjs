/**
 * Writes the numbers of constant tables (`State.ESTABLISHED`) where they are
 * used. A table is a variable of the module that is named like a type, holds
 * an object of nothing but numbers, and is never assigned to; it stays itself.
 */
import { Visitor } from "oxc-parser";
import { replaced } from "./replaced.mjs";

/** `State`, but not `limits`, which a local variable might shadow, nor `LIMITS`. */
const TYPE_LIKE = /^[A-Z]\w*[a-z]\w*$/;

/**
 * @param {string} code a module
 * @param {import("oxc-parser").Program} program its tree
 */
export function withNumbersInPlace(code, program) {
  const tables = tablesOf(program);
  /** @type {import("./replaced.mjs").Edit[]} */
  const edits = [];
  new Visitor({
    MemberExpression: ({ object, property, computed, start, end }) => {
      if (computed || object.type !== "Identifier" || !("name" in property)) return;
      const value = tables.get(object.name)?.get(property.name);
      if (value !== undefined) edits.push({ start, end, text: `(${value})` });
    },
  }).visit(program);
  return replaced(code, edits);
}

/** @param {import("oxc-parser").Program} program */
function tablesOf(program) {
  /** @type {Map<string, Map<string, number>>} */
  const tables = new Map();
  for (const statement of program.body) {
    if (statement.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declarations) {
      if (id.type !== "Identifier" || !TYPE_LIKE.test(id.name)) continue;
      const numbers = numbersOf(init);
      if (numbers !== undefined) tables.set(id.name, numbers);
    }
  }
  /** @param {import("oxc-parser").Node} target an object whose numbers change is no table */
  const refuse = (target) => {
    if (target.type === "Identifier") tables.delete(target.name);
    if (target.type === "MemberExpression") refuse(target.object);
  };
  new Visitor({
    AssignmentExpression: ({ left }) => refuse(left),
    UpdateExpression: ({ argument }) => refuse(argument),
  }).visit(program);
  return tables;
}

/** @param {import("oxc-parser").Expression | null} init */
function numbersOf(init) {
  if (init?.type !== "ObjectExpression" || init.properties.length === 0) return undefined;
  /** @type {Map<string, number>} */
  const numbers = new Map();
  for (const property of init.properties) {
    if (property.type !== "Property" || property.computed) return undefined;
    const number = numberOf(property.value);
    if (property.key.type !== "Identifier" || number === undefined) return undefined;
    numbers.set(property.key.name, number);
  }
  return numbers;
}

/**
 * @param {import("oxc-parser").Node} node
 * @returns {number | undefined}
 */
function numberOf(node) {
  if (node.type === "Literal") return typeof node.value === "number" ? node.value : undefined;
  if (node.type !== "UnaryExpression" || node.operator !== "-") return undefined;
  const value = numberOf(node.argument);
  return value === undefined ? undefined : -value;
}
