import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ROOT } from "./runner/process.mjs";

/** What people read first: what it names is there, and what it tells you to type works. */
const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  "docs/architecture.md",
  "docs/pictures.md",
  "docs/against-the-kernel.md",
  ...["packages", "apps"].flatMap((place) =>
    readdirSync(join(ROOT, place)).map((name) => `${place}/${name}/README.md`),
  ),
].filter((document) => existsSync(join(ROOT, document)));

describe.each(DOCUMENTS)("%s", (document) => {
  const text = readFileSync(join(ROOT, document), "utf8");

  test("every npm script that it names exists", () => {
    const { scripts } = readJson("package.json") as { scripts: Record<string, string> };
    const named = allMatches(text, /(?:^|`)npm (?:run )?([a-z:]+)/gm).filter(
      (name) => name !== "ci",
    );
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test("every file that it links to or names exists", () => {
    const linked = allMatches(text, /(?:\]\(|src(?:set)?=")(?!https?:)([^)"#]+)/g);
    const named = allMatches(text, /`((?:packages|apps|tools|docs)\/[\w./-]+)`/g);
    const paths = [...linked.map((path) => join(dirname(document), path)), ...named];
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test("every door of a package that it names is there", () => {
    const named = allMatches(text, /"(@synfin\/[\w/-]+)"/g);
    expect(named.filter((specifier) => !hasDoor(specifier))).toEqual([]);
  });
});

describe.each(["README.md", "apps/cli/README.md"])("typed as %s says", (document) => {
  const text = readFileSync(join(ROOT, document), "utf8");
  const commands = allMatches(text, /^npx synfin ([^#\n]+?)\s*(?:#.*)?$/gm);
  const { bin } = readJson("apps/cli/package.json") as Cli;
  // One folder for all, in their order: a later one may read what an earlier one wrote.
  const folder = mkdtempSync(join(tmpdir(), "synfin-typed-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(commands)("synfin %s", { timeout: 120_000 }, (command) => {
    // As a shell takes it apart: what stands between quotes is one word.
    const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map((word) => word[1] ?? word[0]);
    const args = [join(ROOT, "apps", "cli", bin.synfin), ...words];
    const { status, stderr, stdout } = spawnSync(process.execPath, args, { cwd: folder });
    expect(status, `${stderr}`).toBe(0);
    if (!command.includes("--out")) expect(`${stdout}`).not.toBe("");
  });

  test("there are several, and a capture has come of them", () => {
    expect(commands.length).toBeGreaterThanOrEqual(5);
    expect(statSync(join(folder, "run.pcapng")).size).toBeGreaterThan(500);
  });
});

test("every package carries the licence, which its users must get with it", () => {
  const licence = readFileSync(join(ROOT, "LICENSE"), "utf8");
  const packages = readdirSync(join(ROOT, "packages")).map((name) => `packages/${name}`);
  const without = [...packages, "apps/cli"].filter((folder) => {
    const file = join(ROOT, folder, "LICENSE");
    return !existsSync(file) || readFileSync(file, "utf8") !== licence;
  });
  expect(without).toEqual([]);
});

interface Cli {
  readonly bin: { readonly synfin: string };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), "utf8"));
}

/** What the first group of a pattern matched, each time. */
function allMatches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? "");
}

function hasDoor(specifier: string): boolean {
  const [, name, door = ""] = /^@synfin\/(\w+)(\/.+)?$/.exec(specifier) ?? [];
  const manifest = `packages/${name}/package.json`;
  if (!existsSync(join(ROOT, manifest))) return false;
  return Object.hasOwn((readJson(manifest) as { exports: object }).exports, `.${door}`);
}
