import { posix } from "node:path";

/** @typedef {import("../tree.mjs").Breach} Breach */
/** @typedef {{ to: string, line: number }} Edge */

/**
 * No file imports a value that, file by file, imports it back: the order in
 * which such modules run is an accident. Types are free to refer to each other.
 *
 * @param {import("../tree.mjs").Tree} tree
 * @returns {Breach[]}
 */
export function cycles(tree) {
  const graph = new Map(tree.code().map((source) => [source.path, valueImports(source)]));
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {Breach[]} */
  const found = [];
  for (const file of graph.keys()) search(graph, file, [], done, found);
  return found;
}

/**
 * @param {import("../source.mjs").Source} source
 * @returns {Edge[]}
 */
function valueImports(source) {
  return source.imports
    .filter((found) => found.specifier.startsWith(".") && !found.typeOnly && !found.dynamic)
    .map((found) => ({
      to: posix.join(posix.dirname(source.path), found.specifier),
      line: found.line,
    }));
}

/**
 * Depth first; a file on the path that led here closes a cycle.
 *
 * @param {Map<string, Edge[]>} graph
 * @param {string} file
 * @param {readonly string[]} path
 * @param {Set<string>} done
 * @param {Breach[]} found
 */
function search(graph, file, path, done, found) {
  if (done.has(file)) return;
  const here = [...path, file];
  for (const { to, line } of graph.get(file) ?? []) {
    const start = here.indexOf(to);
    if (start === -1) {
      search(graph, to, here, done, found);
      continue;
    }
    const ring = [...here.slice(start), to].join(" → ");
    const message = `imports go round in a ring: ${ring}; move what they share to a file of its own`;
    found.push({ file, line, rule: "cycles", message });
  }
  done.add(file);
}
