/** @typedef {{ start: number, end: number, text: string }} Edit */

/**
 * @param {string} code
 * @param {readonly Edit[]} edits none overlaps another
 */
export function replaced(code, edits) {
  let from = 0;
  let result = "";
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    result += code.slice(from, start) + text;
    from = end;
  }
  return result + code.slice(from);
}
