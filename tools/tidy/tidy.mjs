import { cycles } from "./rules/cycles.mjs";
import { determinism } from "./rules/determinism.mjs";
import { direction } from "./rules/direction.mjs";
import { leftovers } from "./rules/leftovers.mjs";
import { lengths } from "./rules/lengths.mjs";
import { tests } from "./rules/tests.mjs";
import { width } from "./rules/width.mjs";
import { readTree } from "./tree.mjs";

const RULES = [direction, cycles, lengths, determinism, tests, leftovers, width];

/**
 * Every breach of every rule below a folder, in the order of files and lines.
 *
 * @param {string} root
 * @returns {{ files: number, rules: number, breaches: import("./tree.mjs").Breach[] }}
 */
export function tidy(root) {
  const tree = readTree(root);
  const breaches = RULES.flatMap((rule) => rule(tree));
  breaches.sort((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.rule, b.rule));
  return { files: tree.files.length, rules: RULES.length, breaches };
}

/**
 * @param {string} a
 * @param {string} b
 */
function compare(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
