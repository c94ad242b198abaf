/**
 * What a worker and its page have in common, cut more finely than by modules: of a module
 * that both import, the worker may want one function and the page another.
 */
import { parseSync, Visitor } from "oxc-parser";

/**
 * @typedef {object} Statement
 * @property {string} text
 * @property {string} module that it comes from
 * @property {readonly string[]} declares
 * @property {ReadonlySet<string>} says the names it may mean something by that is not its own
 *
 * @typedef {object} Cut
 * @property {readonly Statement[]} kept what the worker needs of it
 * @property {readonly string[]} keptNames what that declares
 * @property {readonly Statement[]} rest what only the page needs
 * @property {readonly string[]} wanted what the rest uses of what is kept
 */

/**
 * @param {string} code declarations one after the other, with no imports and no exports
 * @param {readonly string[]} roots the names that the worker asks for
 * @returns {Cut}
 */
export function cut(code, roots) {
  const all = statementsOf(code);
  const isKept = neededBy(all, roots);
  const kept = all.filter((one) => isKept.has(one));
  const rest = all.filter((one) => !isKept.has(one));
  const keptNames = kept.flatMap(({ declares }) => declares);
  const said = new Set(rest.flatMap(({ says }) => [...says]));
  return {
    kept,
    keptNames,
    rest,
    wanted: keptNames.filter((name) => said.has(name)),
  };
}

/**
 * @param {readonly Statement[]} all
 * @param {readonly string[]} roots
 * @returns {Set<Statement>} those that the roots need, and those that declare nothing
 */
export function neededBy(all, roots) {
  const homes = new Map(all.flatMap((one) => one.declares.map((name) => [name, one])));
  const needed = new Set(all.filter(({ declares }) => declares.length === 0));
  const open = [...roots, ...[...needed].flatMap(({ says }) => [...says])];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const home = homes.get(name);
    if (home === undefined || needed.has(home)) continue;
    needed.add(home);
    open.push(...home.says);
  }
  return needed;
}

/**
 * @param {string} code
 * @returns {Statement[]}
 */
export function statementsOf(code) {
  const { program, errors } = parseSync("shared.js", code);
  if (errors[0] !== undefined) throw new Error(errors[0].message);
  const modules = modulesFrom(code);
  return program.body.flatMap((node) => {
    const module = modules.findLast(({ start }) => start <= node.start)?.module ?? "";
    return piecesOf(node, code).map(([text, declares]) => {
      return { text, module, declares, says: namesIn(text) };
    });
  });
}

/**
 * Where each module begins, as esbuild writes it: `// ../core/src/tcp/seq.ts`.
 *
 * @param {string} code
 */
function modulesFrom(code) {
  return [...code.matchAll(/^\/\/ (\S+)$/gm)].map(({ index, 1: module = "" }) => {
    return { start: index, module };
  });
}

/**
 * A statement; of one that declares several variables, each.
 *
 * @param {import("oxc-parser").Directive | import("oxc-parser").Statement} node
 * @param {string} code
 * @returns {[text: string, declares: string[]][]}
 */
function piecesOf(node, code) {
  const text = code.slice(node.start, node.end);
  if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") {
    return [[text, node.id === null ? [] : [node.id.name]]];
  }
  if (node.type !== "VariableDeclaration") return [[text, []]];
  return node.declarations.map(({ id, start, end }) => {
    return [`${node.kind} ${code.slice(start, end)};`, namesOf(id)];
  });
}

/**
 * @param {import("oxc-parser").BindingPattern} pattern
 * @returns {string[]}
 */
function namesOf(pattern) {
  if (pattern.type === "Identifier") return [pattern.name];
  if (pattern.type !== "ObjectPattern") throw new Error(`a declaration by ${pattern.type}`);
  return pattern.properties.flatMap((one) =>
    namesOf(one.type === "RestElement" ? one.argument : one.value),
  );
}

/**
 * Whether a statement only declares numbers, texts, and objects of them.
 *
 * @param {Statement} statement
 */
export function isData({ text }) {
  const [node] = parseSync("data.js", text).program.body;
  if (node?.type !== "VariableDeclaration") return false;
  let acts = false;
  const act = () => {
    acts = true;
  };
  new Visitor({
    ArrowFunctionExpression: act,
    CallExpression: act,
    ClassExpression: act,
    FunctionExpression: act,
    NewExpression: act,
  }).visit(parseSync("data.js", text).program);
  return !acts;
}

/**
 * The names of variables in a piece of code, its own among them: too many rather than too few.
 *
 * @param {string} code
 * @returns {Set<string>}
 */
export function namesIn(code) {
  const fields = new Set();
  /** @type {Map<number, string>} by where they stand */
  const found = new Map();
  /** @param {{ computed: boolean, shorthand?: boolean, key: { start: number } }} one */
  const field = ({ computed, shorthand, key }) => {
    if (!computed && shorthand !== true) fields.add(key.start);
  };
  new Visitor({
    MemberExpression: ({ computed, property }) => {
      if (!computed) fields.add(property.start);
    },
    Property: field,
    PropertyDefinition: field,
    MethodDefinition: field,
    Identifier: ({ start, name }) => {
      found.set(start, name);
    },
  }).visit(parseSync("piece.js", code).program);
  return new Set([...found].filter(([start]) => !fields.has(start)).map(([, name]) => name));
}
