/**
 * A first file, and parts of it that are loaded when they are needed. A part
 * imports nothing: what it uses of the first file it is given when it is opened.
 * So there is one copy of everything, wherever the files came from.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, relative } from "node:path";
import { build, transform } from "esbuild";
import { parseSync } from "oxc-parser";
import { namesIn } from "./cut.mjs";
import { COMMON, here } from "./options.mjs";

/**
 * @typedef {object} Parted
 * @property {(virtual: Virtual) => Promise<import("esbuild").BuildResult>} first bundles the
 *   first file with these modules, and tells what is in it (`metafile`)
 * @property {string} holder the name of the output that parts are given something of
 * @property {Readonly<Record<string, PartOptions>>} parts by their names
 * @property {import("esbuild").Plugin[]} [plugins] for all of the parts
 * @property {import("esbuild").BuildOptions} [options] for all of the parts
 * @property {string[]} [external] what none of them holds
 *
 * @typedef {object} PartOptions
 * @property {string} [entry] a module from the package's own folder
 * @property {string} [text] or the text of one
 * @property {import("esbuild").Plugin[]} [plugins]
 * @property {true} [shelved] it is given `synfin:shelf`, where others are given `synfin:shared`
 *
 * @typedef {Readonly<Record<string, string>>} Virtual texts of modules by their names
 *
 * @typedef {Readonly<Record<string, number>>} Contents octets by the modules that they come from
 */

/**
 * @param {Parted} parted
 * @returns {Promise<{
 *   whole: import("esbuild").BuildResult,
 *   made: string,
 *   parts: Record<string, string>,
 *   contents: Record<string, Contents>,
 * }>} the first file, which build this is, the texts of the others, and what those are made of
 */
export async function buildParted({ first, holder, parts, plugins = [], external = [], options }) {
  const names = Object.keys(parts);
  const alone = await first({
    "synfin:parts": partsModule(names, ""),
    "synfin:shared": sharedModule(new Map()),
    "synfin:shelf": sharedModule(new Map()),
  });
  const modules = await modulesIn(alone, holder);
  const built = await Promise.all(
    Object.values(parts).map((one) =>
      buildPart({ ...one, plugins: [...plugins, ...(one.plugins ?? [])] }, modules, {
        external,
        ...options,
      }),
    ),
  );
  const keys = keysOf(built);
  const texts = alone.outputFiles?.map(({ text }) => text) ?? [];
  const made = hashOf([...texts, ...built.map(({ body }) => body), ...keys.keys()]);
  /** @param {boolean} isShelved */
  const givenTo = (isShelved) => {
    const some = built.filter(
      (_, index) => (parts[names[index] ?? ""]?.shelved ?? false) === isShelved,
    );
    return sharedModule(new Map([...keys].filter(([one]) => keysOf(some).has(one))));
  };
  const whole = await first({
    "synfin:parts": partsModule(names, made),
    "synfin:shared": givenTo(false),
    "synfin:shelf": givenTo(true),
  });
  return {
    whole,
    made,
    parts: Object.fromEntries(
      built.map((part, index) => [names[index], partText(part, keys, made)]),
    ),
    contents: Object.fromEntries(built.map(({ contents }, index) => [names[index], contents])),
  };
}

/**
 * What some outputs of a build are made of.
 *
 * @param {import("esbuild").BuildResult} result
 * @param {readonly string[]} [names] all, if there are none
 * @returns {Contents}
 */
export function contentsOf({ metafile }, names = []) {
  const outputs = Object.entries(metafile?.outputs ?? {});
  const chosen = outputs.filter(([path]) => names.length === 0 || names.includes(basename(path)));
  const inputs = chosen.flatMap(([, output]) => Object.entries(output.inputs));
  return Object.fromEntries(
    inputs.map(([path, { bytesInOutput }]) => [fileOf(path), bytesInOutput]),
  );
}

/**
 * The text of the one file that a build made.
 *
 * @param {import("esbuild").BuildResult} result
 */
export function textOf({ outputFiles = [] }) {
  const [file] = outputFiles;
  if (file === undefined || outputFiles.length > 1) throw new Error("expected one file");
  return file.text.trimEnd();
}

/** Of a module that is there by less than this, only a constant or two was wanted. */
const MOST_OF_IT = 0.5;

/**
 * The modules that a bundle has, or most of each.
 *
 * @param {import("esbuild").BuildResult} result
 * @param {string} holder
 * @returns {Promise<Set<string>>}
 */
async function modulesIn({ metafile }, holder) {
  const outputs = Object.entries(metafile?.outputs ?? {});
  const [, output] = outputs.find(([path]) => basename(path) === holder) ?? [];
  if (output === undefined) throw new Error(`there is no ${holder}`);
  const inputs = Object.entries(output?.inputs ?? {}).filter(([path]) => /\.[jt]s$/.test(path));
  const most = await Promise.all(
    inputs.map(async ([path, { bytesInOutput }]) => {
      const file = fileOf(path);
      const source = readFileSync(here(`../${file}`), "utf8");
      const loader = path.endsWith(".ts") ? "ts" : "js";
      const { code } = await transform(source, { loader, minify: true, charset: "utf8" });
      return bytesInOutput > MOST_OF_IT * code.length ? [file] : [];
    }),
  );
  return new Set(most.flat());
}

/** @param {string} path as esbuild names it, from where the build runs */
export const fileOf = (path) =>
  relative(here(".."), path.startsWith("/") ? path : `${process.cwd()}/${path}`);

/**
 * @param {PartOptions} part
 * @param {Set<string>} modules those of the first file
 * @param {import("esbuild").BuildOptions} options
 */
async function buildPart({ entry = "", text = "", plugins = [] }, modules, options) {
  const result = await build({
    ...COMMON,
    ...options,
    metafile: true,
    outdir: here("dist/parts"),
    ...(entry === ""
      ? { stdin: { contents: text, resolveDir: here(".") } }
      : { entryPoints: [here(entry)] }),
    plugins: [...plugins, givenModules(modules, here(entry)), ...COMMON.plugins],
  });
  return { ...partOf(textOf(result)), contents: contentsOf(result) };
}

const GIVEN = "given:";

/**
 * A module that the first file has too is not there again: its names are given.
 *
 * @param {Set<string>} modules
 * @param {string} entry
 * @returns {import("esbuild").Plugin}
 */
function givenModules(modules, entry) {
  return {
    name: "given-modules",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^given:/ }, ({ path }) => ({
        path,
        external: true,
        sideEffects: false,
      }));
      onLoad({ filter: /\.[jt]s$/ }, ({ path }) => {
        const file = fileOf(path);
        if (path === entry || !modules.has(file)) return undefined;
        const { staticExports } = parseSync(path, readFileSync(path, "utf8")).module;
        const entries = staticExports.flatMap((one) => one.entries).filter((one) => !one.isType);
        const names = entries.flatMap(({ exportName: { name } }) => (name === null ? [] : [name]));
        const stars = entries.filter(({ exportName: { name } }) => name === null);
        const lines = stars.map(({ moduleRequest }) => `export * from "${moduleRequest?.value}";`);
        lines.push(`export { ${names.join(", ")} } from "${GIVEN}${file}";`);
        return { contents: lines.join("\n"), loader: "js" };
      });
    },
  };
}

/**
 * @typedef {[file: string, name: string, local: string]} Given
 * @typedef {{ body: string, given: Given[], exports: string }} PartText
 * @typedef {PartText & { contents: Contents }} BuiltPart
 *
 * @param {string} code
 * @returns {PartText}
 */
export function partOf(code) {
  /** @type {PartText} */
  const part = { body: "", given: [], exports: "" };
  for (const node of parseSync("part.js", code).program.body) {
    const text = code.slice(node.start, node.end);
    if (node.type === "ImportDeclaration") {
      for (const one of node.specifiers) {
        if (one.type !== "ImportSpecifier" || !("name" in one.imported)) {
          throw new Error(`a part has \`${text}\`, which it cannot be given`);
        }
        const file = node.source.value.replace(GIVEN, "");
        part.given.push([file, one.imported.name, one.local.name]);
      }
    } else if (node.type === "ExportNamedDeclaration" && node.declaration === null) {
      part.exports = node.specifiers
        .map(({ local, exported }) => `${nameOf(exported)}:${nameOf(local)}`)
        .join(",");
    } else part.body += text;
  }
  // Of a module that is given, esbuild names all that it has.
  const used = namesIn(`${part.body}\n({${part.exports}})`);
  return { ...part, given: part.given.filter(([, , local]) => used.has(local)) };
}

/** @param {import("oxc-parser").ModuleExportName} name */
export function nameOf(name) {
  if (!("name" in name)) throw new Error("an export has no plain name");
  return name.name;
}

/**
 * A short key for everything that a part is given.
 *
 * @param {readonly BuiltPart[]} parts
 * @returns {Map<string, string>} by `file#name`
 */
function keysOf(parts) {
  const all = parts.flatMap(({ given }) => given.map(([file, name]) => `${file}#${name}`));
  return new Map([...new Set(all)].sort().map((one, index) => [one, `s${index.toString(36)}`]));
}

/** @param {readonly string[]} texts */
function hashOf(texts) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text);
  return hash.digest("hex").slice(0, 8);
}

/**
 * @param {BuiltPart} part
 * @param {Map<string, string>} keys
 * @param {string} made
 */
function partText({ body, given, exports }, keys, made) {
  const taken = given.map(([file, name, local]) => `${keys.get(`${file}#${name}`)}:${local}`);
  return `export const made="${made}",open=({${taken}})=>{${body}return{${exports}}};\n`;
}

/**
 * @param {readonly string[]} names
 * @param {string} made
 */
function partsModule(names, made) {
  const imports = names.map((name) => `"${name}": () => import("./parts/${name}.js")`);
  return `export const PARTS = { ${imports.join(", ")} };\nexport const MADE = "${made}";`;
}

/** @param {Map<string, string>} keys */
function sharedModule(keys) {
  const imports = [...keys].map(([one, key]) => {
    const [file = "", name = ""] = one.split("#");
    const path = here(`../${file}`);
    const from = existsSync(path) ? path : file;
    return `import { ${name} as ${key} } from ${JSON.stringify(from)};`;
  });
  return `${imports.join("\n")}\nexport const shared = () => ({ ${[...keys.values()]} });`;
}

/**
 * @param {Readonly<Record<string, string>>} texts
 * @returns {import("esbuild").Plugin}
 */
export function virtualModules(texts) {
  return {
    name: "virtual-modules",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^synfin:/ }, ({ path }) => ({ path, namespace: "synfin" }));
      onLoad({ filter: /.*/, namespace: "synfin" }, ({ path }) => ({
        contents: texts[path] ?? "",
        loader: "js",
        resolveDir: here("."),
      }));
    },
  };
}
