/**
 * One small way to break the code: in `file` the text `find`, which stands
 * there exactly once, becomes `replace`. Each requirement in `breaks`, or RFC
 * ("RFC 4987") beside RFC 9293, has to have a test that names it in its title
 * and that fails then.
 *
 * @typedef {{ what: string, file: string, find: string, replace: string,
 *   breaks: readonly string[] }} Mutant
 */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The file of a mutant with the mutant in it, or why that cannot be.
 *
 * @param {string} root
 * @param {Mutant} mutant
 * @returns {{ text: string } | { problem: string }}
 */
export function mutate(root, { file, find, replace }) {
  const path = join(root, file);
  if (!existsSync(path)) return { problem: `${file} does not exist` };
  const text = readFileSync(path, "utf8");
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined) return { problem: `not in ${file}` };
  if (more.length > 0) return { problem: `more than once in ${file}` };
  if (find === replace) return { problem: "changes nothing" };
  return { text: `${before}${replace}${after}` };
}
