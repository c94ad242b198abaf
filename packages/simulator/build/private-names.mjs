/**
 * The optimising compiler does not read private elements (`this.#x`): each
 * becomes a property whose name no other class uses.
 */
import { Visitor } from "oxc-parser";
import { replaced } from "../../../tools/building/replaced.mjs";

/**
 * @param {string} code a module
 * @param {import("oxc-parser").Program} program its tree
 * @returns {string} the module without private elements
 */
export function withoutPrivateNames(code, program) {
  /** @type {import("../../../tools/building/replaced.mjs").Edit[]} */
  const edits = [];
  /** @type {Map<string, string>[]} the new names in each class that we are in */
  const classes = [];
  let count = 0;
  /** @param {import("oxc-parser").Class} node */
  const enter = ({ body }) => {
    count += 1;
    const names = new Map();
    for (const element of body.body) {
      if (!("key" in element) || element.key.type !== "PrivateIdentifier") continue;
      names.set(element.key.name, `$${count}_${element.key.name}`);
    }
    classes.push(names);
  };
  const leave = () => {
    classes.pop();
  };
  new Visitor({
    ClassDeclaration: enter,
    "ClassDeclaration:exit": leave,
    ClassExpression: enter,
    "ClassExpression:exit": leave,
    BinaryExpression: ({ operator, left, start, end }) => {
      const isPrivate = /** @type {{ type: string }} */ (left).type === "PrivateIdentifier";
      if (operator !== "in" || !isPrivate) return;
      throw new Error(`\`${code.slice(start, end)}\` asks what a renamed property cannot answer`);
    },
    PrivateIdentifier: ({ name, start, end }) => {
      const text = classes.findLast((names) => names.has(name))?.get(name);
      if (text === undefined) throw new Error(`#${name} belongs to no class`);
      edits.push({ start, end, text });
    },
  }).visit(program);
  return replaced(code, edits);
}
