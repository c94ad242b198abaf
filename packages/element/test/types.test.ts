import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { type Documented, ELEMENTS, namesOf } from "./manifest-file.ts";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const FIXTURES = join(PACKAGE, "test", "fixtures", "types");
const COMPILER = join(
  dirname(fileURLToPath(import.meta.resolve("typescript/package.json"))),
  "bin/tsc",
);

/** A process of its own, on a machine that runs other tests as well. */
const PATIENCE_MS = 180_000;

test("pages in TypeScript, React and Vue compile, mistakes do not, and names are the manifest's [points 6, 30]", {
  timeout: PATIENCE_MS,
}, () => {
  const { status, output } = compile("names.ts", NAMES);
  expect(
    output,
    "names.ts is made from custom-elements.json: where it fails, mend " +
      "packages/element/src/typing/attributes.ts or the EventMap, and run: npm run manifest",
  ).toBe("");
  expect(status).toBe(0);
});

/** Compiles where the types have the attributes and events of the manifest, and no other. */
const NAMES = [
  'import type * as Of from "@synfin/element";',
  "type Same<A, B> = [A, B] extends [B, A] ? true : never;",
  ...ELEMENTS.flatMap(({ name, attributes, events }) => [
    `export const attributesOf${name}: Same<keyof Of.${name}Attributes, ${union(attributes)}> = true;`,
    `export const eventsOf${name}: Same<keyof Of.${name}EventMap, ${union(events)}> = true;`,
    "// @ts-expect-error: that is one too few",
    `export const fewerOf${name}: Same<keyof Of.${name}EventMap, ${union(events.slice(1))}> = true;`,
  ]),
].join("\n");

function union(list: readonly Documented[]): string {
  return namesOf(list)
    .map((name) => JSON.stringify(name))
    .join(" | ");
}

/**
 * Compiles the fixtures and one module more, as a page's own compiler would, but
 * with the sources of ours instead of what was built last.
 */
function compile(name: string, text: string): { status: number | null; output: string } {
  // Inside of the package, where modules find what it has installed.
  mkdirSync(join(PACKAGE, "node_modules"), { recursive: true });
  const folder = mkdtempSync(join(PACKAGE, "node_modules", ".synfin-types-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const fixtures = ["dom.ts", "react.tsx", "vue.ts"].map((file) => join(FIXTURES, "src", file));
  const config = {
    extends: relative(folder, join(FIXTURES, "tsconfig.json")),
    compilerOptions: {
      customConditions: ["synfin-source"],
      allowImportingTsExtensions: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
    },
    files: [...fixtures, name],
  };
  writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMPILER, "-p", folder], {
    encoding: "utf8",
  });
  return { status, output: `${stdout}${stderr}` };
}
