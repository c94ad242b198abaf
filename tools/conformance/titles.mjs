/**
 * A title of a test file: of one test, or of a `describe` with tests in it.
 *
 * @typedef {{ file: string, line: number, title: string, tests: number }} Title
 */

/**
 * Every title of every test file, in the order of files and lines.
 *
 * @param {import("../tidy/tree.mjs").Tree} tree
 * @returns {Title[]}
 */
export function readTitles(tree) {
  return tree.files.filter((path) => path.endsWith(".test.ts")).flatMap((p) => titlesOf(tree, p));
}

/** @typedef {{ start: number, end: number, suite: boolean, title: string | undefined }} Call */

/**
 * @param {import("../tidy/tree.mjs").Tree} tree
 * @param {string} path
 * @returns {Title[]}
 */
function titlesOf(tree, path) {
  const source = tree.source(path);
  /** @type {Call[]} */
  const calls = [];
  source.visit({
    CallExpression: (node) => {
      const name = rootName(node.callee);
      const body = node.arguments.at(-1);
      const runs = body?.type === "ArrowFunctionExpression" || body?.type === "FunctionExpression";
      if (!runs || !/^(test|it|describe)$/.test(name)) return;
      const title = titleOf(node.arguments[0]);
      calls.push({ start: node.start, end: node.end, suite: name === "describe", title });
    },
  });
  calls.sort((a, b) => a.start - b.start);
  return calls.flatMap((call) => {
    const tests = call.suite ? calls.filter((c) => !c.suite && isIn(c, call)).length : 1;
    if (call.title === undefined || tests === 0) return [];
    return [{ file: path, line: source.lineAt(call.start), title: call.title, tests }];
  });
}

/**
 * @param {Call} inner
 * @param {Call} outer
 */
function isIn(inner, outer) {
  return outer.start < inner.start && inner.end <= outer.end;
}

/**
 * The text of a title; what a template fills in is shown as `…`.
 *
 * @param {import("oxc-parser").Argument | undefined} node
 * @returns {string | undefined}
 */
function titleOf(node) {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type !== "TemplateLiteral") return undefined;
  return node.quasis.map((quasi) => quasi.value.cooked ?? quasi.value.raw).join("…");
}

/**
 * The name that a chain begins with: `test` in `test.each(table)(…)`.
 *
 * @param {import("oxc-parser").Node} node
 * @returns {string}
 */
function rootName(node) {
  if (node.type === "MemberExpression") return rootName(node.object);
  if (node.type === "CallExpression") return rootName(node.callee);
  return node.type === "Identifier" ? node.name : "";
}
