import { parseSync, Visitor } from "oxc-parser";

/**
 * One import, export-from, `import()` or import type of a file.
 *
 * @typedef {{ specifier: string, typeOnly: boolean, dynamic: boolean, line: number }} Import
 */

/**
 * One parsed TypeScript or JavaScript file.
 *
 * @typedef {{
 *   path: string,
 *   text: string,
 *   program: import("oxc-parser").Program,
 *   imports: readonly Import[],
 *   lineAt: (offset: number) => number,
 *   visit: (visitor: import("oxc-parser").VisitorObject) => void,
 * }} Source
 */

/**
 * @param {string} path
 * @param {string} text
 * @returns {Source}
 */
export function parseSource(path, text) {
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  const lineAt = lineFinder(text);
  if (error !== undefined) {
    const offset = error.labels[0]?.start ?? 0;
    throw new Error(`${path}:${lineAt(offset)}: does not parse: ${error.message}`);
  }
  const imports = findImports(program, lineAt);
  const visit = (/** @type {import("oxc-parser").VisitorObject} */ visitor) =>
    new Visitor(visitor).visit(program);
  return { path, text, program, imports, lineAt, visit };
}

/**
 * @param {import("oxc-parser").Program} program
 * @param {(offset: number) => number} lineAt
 */
function findImports(program, lineAt) {
  /** @type {Import[]} */
  const imports = [];
  /**
   * @param {{ value?: unknown, start: number } | null} source
   * @param {boolean} typeOnly
   * @param {boolean} dynamic
   */
  const add = (source, typeOnly, dynamic) => {
    if (typeof source?.value !== "string") return;
    imports.push({ specifier: source.value, typeOnly, dynamic, line: lineAt(source.start) });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.importKind === "type", false),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === "type", false),
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === "type", false),
    ImportExpression: (node) => add(/** @type {never} */ (node.source), false, true),
    TSImportType: (node) => add(node.source, true, false),
  }).visit(program);
  return imports;
}

/**
 * A function from an offset in the text to its line, from 1.
 *
 * @param {string} text
 * @returns {(offset: number) => number}
 */
export function lineFinder(text) {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
