import { isCode } from "../tree.mjs";

/** @typedef {import("../tree.mjs").Breach} Breach */

const MOST_COLUMNS = 100;

/**
 * The formatter keeps code within 100 columns but leaves comments, shell
 * scripts and style sheets as they are: those are measured here. An address
 * that cannot be broken may stand out.
 *
 * @param {import("../tree.mjs").Tree} tree
 * @returns {Breach[]}
 */
export function width(tree) {
  return tree.files.flatMap((file) => {
    if (isCode(file)) return wide(tree, file, isComment);
    return /(\.(css|sh|yml)|^\.ci\/run)$/.test(file) ? wide(tree, file, () => true) : [];
  });
}

/** @param {string} line */
function isComment(line) {
  return /^\s*(\/\/|\/?\*)/.test(line);
}

/**
 * @param {import("../tree.mjs").Tree} tree
 * @param {string} file
 * @param {(line: string) => boolean} counts
 * @returns {Breach[]}
 */
function wide(tree, file, counts) {
  return tree
    .text(file)
    .split("\n")
    .flatMap((line, index) => {
      const columns = [...line].length;
      if (columns <= MOST_COLUMNS || !counts(line) || /https?:\/\//.test(line)) return [];
      const message = `${columns} columns; at most ${MOST_COLUMNS}: break the line`;
      return [{ file, line: index + 1, rule: "width", message }];
    });
}
