import { readFileSync } from "node:fs";
import { join } from "node:path";
// @ts-expect-error: its types have none of what it exports to programs
import { create, ts } from "@custom-elements-manifest/analyzer";
// @ts-expect-error: it has no types
import { litPlugin } from "@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js";
import { importTypeScript } from "../runner/import-ts.mjs";
import { ROOT } from "../runner/process.mjs";
import { readTree } from "../tidy/tree.mjs";
import { documented, elementsOf, onOneLine } from "./documented.mjs";

/** @typedef {import("custom-elements-manifest/schema.js").Package} Package */
/** @typedef {import("custom-elements-manifest/schema.js").CustomElement} Element */
/** @typedef {import("custom-elements-manifest/schema.js").Module} Module */

/** Where the manifest stands, for `npm run manifest` and in the published package. */
export const MANIFEST = "packages/element/custom-elements.json";
const SOURCES = "packages/element/src/";

/** What every element has, or what none lets a page use. */
const NOT_PUBLIC = /^[#_]|^(?:addEventListener|removeEventListener)$/;

/**
 * The Custom Elements Manifest of `@synfin/element`, as the text of its file:
 * what the analyzer reads from the sources, and each property's first value.
 *
 * @returns {Promise<string>}
 */
export async function writeManifest() {
  const paths = readTree(ROOT).files.filter((path) => path.startsWith(SOURCES));
  const modules = paths.map((path) => {
    const text = readFileSync(join(ROOT, path), "utf8");
    const name = path.slice("packages/element/".length);
    return ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  });
  /** @type {Package} */
  const manifest = create({ modules, plugins: [...litPlugin(), documented()] });
  const classes = await importTypeScript(`${SOURCES}index.ts`);
  for (const element of elementsOf(manifest)) tidy(element, new classes[element.name]());
  const published = manifest.modules.filter(
    (one) => elementsOf({ ...manifest, modules: [one] })[0],
  );
  const { schemaVersion, readme } = manifest;
  const all = { schemaVersion, readme, modules: [...published.map(asPublished), doors(published)] };
  return `${JSON.stringify(all, null, 2)}\n`;
}

/**
 * Leaves what is public and the element's own, with texts of one line and first values.
 *
 * @param {Element} element
 * @param {Record<string, unknown>} fresh an element that nobody has changed yet
 */
function tidy(element, fresh) {
  const isOwn = (/** @type {any} */ { name, privacy = "public", inheritedFrom }) =>
    privacy === "public" && inheritedFrom === undefined && !NOT_PUBLIC.test(name);
  element.members = (element.members ?? []).filter(isOwn);
  const attributes = (element.attributes ?? []).filter(isOwn);
  // First those that set a property of ours.
  element.attributes = [
    ...attributes.filter(({ fieldName }) => fieldName !== undefined),
    ...attributes.filter(({ fieldName }) => fieldName === undefined),
  ];
  element.description = onOneLine(element.description);
  for (const one of [...element.members, ...element.attributes, ...(element.slots ?? [])]) {
    one.description = onOneLine(one.description);
    setDefault(one, fresh);
  }
  for (const member of element.members) {
    if (member.kind === "method") member.parameters?.forEach(mayBeLeftOut);
  }
}

/**
 * A constant's name says nothing outside of its module: that there is a default has to do.
 *
 * @param {{ default?: string, optional?: boolean }} parameter
 */
function mayBeLeftOut(parameter) {
  if (parameter.default === undefined) return;
  parameter.optional = true;
  if (/^[A-Z_]+$/.test(parameter.default)) delete parameter.default;
}

/**
 * @param {{ name: string, kind?: string, fieldName?: string, default?: string }} one
 * @param {Record<string, unknown>} fresh
 */
function setDefault(one, fresh) {
  delete one.default;
  const property = one.kind === undefined ? one.fieldName : one.name;
  const isFirst = one.kind === undefined || "attribute" in one;
  const value = property === undefined || !isFirst ? undefined : fresh[property];
  if (value !== undefined && value !== null) one.default = JSON.stringify(value);
}

/**
 * A module by the path that it has once it is compiled, and of it only the element.
 *
 * @param {Module} module
 * @returns {Module}
 */
function asPublished({ kind, path, declarations = [], exports = [] }) {
  const elements = declarations.filter((one) => "tagName" in one);
  const names = elements.map(({ name }) => name);
  const built = compiled(path);
  return {
    kind,
    path: built,
    declarations: elements,
    exports: exports
      .filter(({ name }) => names.includes(name))
      .map((one) => ({ ...one, declaration: { ...one.declaration, module: built } })),
  };
}

/**
 * The door that registers the tags, by a function of its own that the analyzer does not know.
 *
 * @param {readonly Module[]} modules
 * @returns {Module}
 */
function doors(modules) {
  const definitions = modules.flatMap(({ path, declarations = [] }) =>
    declarations
      .filter((one) => "tagName" in one)
      .map((one) => ({
        kind: /** @type {const} */ ("custom-element-definition"),
        name: String(/** @type {Element} */ (one).tagName),
        declaration: { name: one.name, module: compiled(path) },
      })),
  );
  return {
    kind: "javascript-module",
    path: "dist/define.js",
    declarations: [],
    exports: definitions,
  };
}

/** @param {string} path */
const compiled = (path) => path.replace(/^src\//, "dist/").replace(/\.ts$/, ".js");
