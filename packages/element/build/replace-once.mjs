/**
 * Replaces what is there exactly once, or throws: the chunks are not what they were.
 *
 * @param {string} text
 * @param {RegExp} pattern
 * @param {(...found: string[]) => string} replacement
 */
export function replaceOnce(text, pattern, replacement) {
  const count = [...text.matchAll(new RegExp(pattern, "g"))].length;
  if (count !== 1) throw new Error(`${pattern} is there ${count} times, and should be once`);
  return text.replace(pattern, replacement);
}
