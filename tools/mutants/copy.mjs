import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";

/** What tests of the packages need of the repository. */
const PARTS = ["packages", "tools", "vitest.config.ts", "vitest.shared.ts", "package.json"];

const LEFT_OUT = new Set(["node_modules", "dist", ".git"]);

/**
 * A copy of the repository in a temporary folder, to be changed at will. What
 * npm has installed is linked; our own packages are those of the copy.
 *
 * @param {string} root
 * @returns {string} the folder
 */
export function copyTree(root) {
  const folder = mkdtempSync(join(tmpdir(), "synfin-mutants-"));
  const filter = (/** @type {string} */ path) =>
    !relative(root, path)
      .split(sep)
      .some((part) => LEFT_OUT.has(part));
  for (const part of PARTS) {
    cpSync(join(root, part), join(folder, part), { recursive: true, filter });
  }
  linkModules(root, folder);
  return folder;
}

/**
 * @param {string} root
 * @param {string} folder
 */
function linkModules(root, folder) {
  const from = join(root, "node_modules");
  const to = join(folder, "node_modules");
  mkdirSync(join(to, "@synfin"), { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== "@synfin" && !name.startsWith(".")) symlinkSync(join(from, name), join(to, name));
  }
  for (const name of readdirSync(join(folder, "packages"))) {
    const path = join(folder, "packages", name);
    const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
    symlinkSync(path, join(to, manifest.name));
  }
}
