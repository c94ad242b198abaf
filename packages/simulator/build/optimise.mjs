/**
 * Inlines small functions and constants across what were modules, with the
 * Closure Compiler: a step of the machine is some fifty small functions, more
 * than V8 inlines by itself. The names of properties stay.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { withNumbersInPlace } from "../../../tools/building/constants.mjs";
import { withoutPrivateNames } from "./private-names.mjs";

const FLAGS = [
  ["--compilation_level", "SIMPLE"],
  ["--language_in", "ECMASCRIPT_NEXT"],
  ["--language_out", "ECMASCRIPT_NEXT"],
  ["--charset", "UTF-8"],
  ["--formatting", "PRETTY_PRINT"],
  ["--jscomp_off", "*"],
  ["--warning_level", "QUIET"],
  ["--renaming", "false"],
  ["--rewrite_polyfills", "false"],
  ["--assume_function_wrapper", "true"],
].map(([name, value]) => `${name}=${value}`);

const CLI = createRequire(import.meta.url).resolve("google-closure-compiler/cli.js");

/** Whether the compiler runs here: as a binary of this platform, or else by way of Java. */
export function canOptimise() {
  return spawnSync(process.execPath, [CLI, "--version"], { stdio: "ignore" }).status === 0;
}

/** What is exported is given to this, so that the compiler knows that it is used. */
const KEEP = "__keep";

/**
 * @param {string} code a module of imports, then statements, then a list of exports
 * @returns {string} a module that does the same
 */
export function optimise(code) {
  const { imports, names, body, exports } = partsOf(plain(code));
  const list = exports.map(([exported, local]) => `${exported}: ${local}`).join(", ");
  const script = `${body}\n${KEEP}({ ${list} });\n`;
  const externs = [KEEP, ...names].map((name) => `var ${name};`).join("\n");
  return `${imports}\n${withExports(compile(script, externs))}`;
}

/** @param {string} code */
const parsed = (code) => parseSync("bulk.js", code).program;

/** @param {string} code */
function plain(code) {
  const named = withoutPrivateNames(code, parsed(code));
  return withNumbersInPlace(named, parsed(named));
}

/** @param {string} code */
function partsOf(code) {
  /** @type {string[]} */
  const imports = [];
  /** @type {string[]} */
  const names = [];
  /** @type {string[]} */
  const body = [];
  /** @type {[exported: string, local: string][]} */
  const exports = [];
  for (const node of parsed(code).body) {
    const text = code.slice(node.start, node.end);
    if (node.type === "ImportDeclaration") {
      imports.push(text);
      names.push(...node.specifiers.map(({ local }) => local.name));
    } else if (node.type === "ExportNamedDeclaration") {
      for (const { local, exported } of node.specifiers) {
        if (!("name" in local && "name" in exported)) throw new Error(`${text} has no plain names`);
        exports.push([exported.name, local.name]);
      }
    } else body.push(text);
  }
  return { imports: imports.join("\n"), names, body: body.join("\n"), exports };
}

/**
 * The call of `KEEP` becomes exports: of names, or of what was put in their place.
 *
 * @param {string} compiled
 */
function withExports(compiled) {
  /** @type {string[]} */
  const statements = [];
  /** @type {Map<string, string>} what each export is, by its name */
  const kept = new Map();
  for (const node of parsed(compiled).body) {
    const [argument] = argumentsOfKeep(node);
    if (argument === undefined) statements.push(compiled.slice(node.start, node.end));
    if (argument?.type !== "ObjectExpression") continue;
    for (const property of argument.properties) {
      if (property.type !== "Property" || property.key.type !== "Identifier") continue;
      const { start, end } = property.value;
      kept.set(property.key.name, compiled.slice(start, end));
    }
  }
  for (const [name, value] of kept) {
    const isName = /^[A-Za-z_$][\w$]*$/.test(value);
    statements.push(
      isName ? `export { ${value} as ${name} };` : `export const ${name} = ${value};`,
    );
  }
  return `${statements.join("\n")}\n`;
}

/** @param {import("oxc-parser").Statement | import("oxc-parser").Directive} node */
function argumentsOfKeep(node) {
  if (node.type !== "ExpressionStatement" || node.expression.type !== "CallExpression") return [];
  const { callee } = node.expression;
  return callee.type === "Identifier" && callee.name === KEEP ? node.expression.arguments : [];
}

/**
 * @param {string} script
 * @param {string} externs declares what the script uses and does not have
 */
function compile(script, externs) {
  const folder = mkdtempSync(join(tmpdir(), "synfin-bulk-"));
  const [input, declared, output] = ["input.js", "externs.js", "output.js"].map((name) =>
    join(folder, name),
  );
  try {
    writeFileSync(`${input}`, script);
    writeFileSync(`${declared}`, externs);
    const files = [`--js=${input}`, `--externs=${declared}`, `--js_output_file=${output}`];
    const { status, stderr } = spawnSync(process.execPath, [CLI, ...FLAGS, ...files], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`the Closure Compiler failed:\n${stderr}`);
    return readFileSync(`${output}`, "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
