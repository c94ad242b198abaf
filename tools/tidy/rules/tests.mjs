/** @typedef {import("../tree.mjs").Breach} Breach */

/** What tests are made with, under any of Vitest's names. */
const MAKERS = /^(test|it|describe|suite|bench|context|ctx)$/;
const SWITCHED_OFF = /^(only|skip|todo|fails)$/;

/**
 * Tests that are all run and all check something: none switched off or
 * singled out, skipped only for want of a tool (`requireTool`), none empty,
 * none that compares a literal, no file without an expectation.
 *
 * @param {import("../tree.mjs").Tree} tree
 * @returns {Breach[]}
 */
export function tests(tree) {
  return tree.code().flatMap((source) => (/\.test\.ts$/.test(source.path) ? check(source) : []));
}

/**
 * @param {import("../source.mjs").Source} source
 * @returns {Breach[]}
 */
function check(source) {
  /** @type {Breach[]} */
  const found = [];
  let expects = 0;
  let covers = 0;
  /**
   * @param {number} offset
   * @param {string} message
   */
  const report = (offset, message) => {
    found.push({ file: source.path, line: source.lineAt(offset), rule: "tests", message });
  };
  source.visit({
    MemberExpression: (node) => {
      const name = nameOf(node.property);
      if (!MAKERS.test(rootName(node.object))) return;
      if (SWITCHED_OFF.test(name)) report(node.start, `.${name} must go: every test runs`);
    },
    CallExpression: (node) => {
      if (isExpectation(node)) expects += 1;
      if (nameOf(node.callee) === "covered") covers += 1;
      for (const message of problems(node, source.text)) report(node.start, message);
    },
  });
  if (expects === 0) report(0, "nothing is expected in this file");
  if (covers === 0 && /\.long\.test\.ts$/.test(source.path)) {
    report(0, "a long test says what it covered: covered(…) of tools/testing/long.ts");
  }
  return found;
}

/**
 * @param {import("oxc-parser").CallExpression} call
 * @param {string} text
 * @returns {string[]}
 */
function problems(call, text) {
  const name = nameOf(call.callee);
  if (/^[xf](it|test|describe)$/.test(name)) return [`${name} must go: every test runs`];
  if (name === "expect" && call.arguments[0]?.type === "Literal") {
    return ["a literal is expected: this cannot fail; expect what the code returned"];
  }
  if (isMember(call.callee, /^(skipIf|runIf)$/)) return whyNotSkip(call, text);
  if (MAKERS.test(rootName(call.callee)) && isEmpty(call)) return ["this test is empty"];
  return [];
}

/**
 * @param {import("oxc-parser").CallExpression} call `test.skipIf(…)`
 * @param {string} text
 */
function whyNotSkip(call, text) {
  const [condition] = call.arguments;
  if (condition === undefined) return [];
  const written = text.slice(condition.start, condition.end);
  if (isMember(call.callee, /^skipIf$/) && /^[\w.]+\.missing$/.test(written)) return [];
  return ["only a missing tool skips a test: test.skipIf(requireTool(…).missing)"];
}

/** @param {import("oxc-parser").CallExpression} call */
function isEmpty(call) {
  const body = call.arguments.at(-1);
  if (body?.type !== "ArrowFunctionExpression" && body?.type !== "FunctionExpression") return false;
  return body.body?.type === "BlockStatement" && body.body.body.length === 0;
}

/** @param {import("oxc-parser").CallExpression} call */
function isExpectation(call) {
  return /^(expect|assert)/.test(rootName(call.callee)) || isMember(call.callee, /^assert$/);
}

/**
 * @param {import("oxc-parser").Node} node
 * @param {RegExp} pattern
 */
function isMember(node, pattern) {
  return node.type === "MemberExpression" && pattern.test(nameOf(node.property));
}

/** @param {import("oxc-parser").Node} node */
function nameOf(node) {
  return node.type === "Identifier" ? node.name : "";
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
  return nameOf(node);
}
