/** A worker computes and tells no stories: words in both languages stay on the page. */
import { parseSync, Visitor } from "oxc-parser";
import { replaced } from "../../simulator/build/replaced.mjs";

/** The list that the words are taken from; in a worker it is empty. */
export const WORDS = "synfinWords";

/**
 * @param {string} code
 * @returns {{ code: string, words: string[] }} the code with places in a list, and that list
 */
export function wordsApart(code) {
  /** @type {string[]} */
  const words = [];
  /** @type {import("../../simulator/build/replaced.mjs").Edit[]} */
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
