/**
 * A worker computes and tells no stories: words in both languages stay on the page. What the
 * machine asserts has a number, and its sentence comes with a part.
 */
import { parseSync, Visitor } from "oxc-parser";
import { replaced } from "../../../tools/building/replaced.mjs";
import { replaceOnce } from "./replace-once.mjs";

/** The list that the words are taken from; in a worker it is empty. */
export const WORDS = "synfinWords";

/**
 * @param {string} code
 * @returns {{ code: string, words: string[] }} the code with places in a list, and that list
 */
export function wordsApart(code) {
  /** @type {string[]} */
  const words = [];
  /** @type {import("../../../tools/building/replaced.mjs").Edit[]} */
  const edits = [];
  new Visitor({
    ObjectExpression: ({ properties, start, end }) => {
      const languages = properties.map((one) => {
        const isText = one.type === "Property" && one.value.type === "Literal";
        return isText && one.key.type === "Identifier" ? one.key.name : "";
      });
      if (languages.join() !== "en,ko") return;
      edits.push({ start, end, text: `${WORDS}[${words.length}]` });
      words.push(code.slice(start, end));
    },
  }).visit(parseSync("machine.js", code).program);
  return { code: replaced(code, edits), words };
}

/** The list of sentences, which is borrowed. */
export const LAWS = "synfinLaws";

/**
 * @param {string} code that has `assert`
 * @returns {{ code: string, laws: string[] }} the code with numbers, and the sentences
 */
export function lawsApart(code) {
  /** @type {string[]} */
  const laws = [];
  /** @type {import("../../../tools/building/replaced.mjs").Edit[]} */
  const edits = [];
  new Visitor({
    CallExpression: ({ callee, arguments: [, law] }) => {
      if (callee.type !== "Identifier" || callee.name !== "assert") return;
      if (law?.type !== "Literal") return;
      edits.push({ start: law.start, end: law.end, text: `${laws.length}` });
      laws.push(code.slice(law.start, law.end));
    },
  }).visit(parseSync("machine.js", code).program);
  const told = /(function assert\([^}]*\$\{)(\w+)\}/;
  return {
    code: replaceOnce(
      replaced(code, edits),
      told,
      (_, before = "", law = "") => `${before}${LAWS}?.[${law}] ?? ${law}}`,
    ),
    laws,
  };
}
