import { posix } from "node:path";
import { HOUSE, mayImport, placeOf } from "../house.mjs";
import { lineFinder } from "../source.mjs";

/** @typedef {import("../tree.mjs").Breach} Breach */
/** @typedef {import("../tree.mjs").Tree} Tree */
/** @typedef {import("../house.mjs").Place} Place */

const RULE = "direction";

/**
 * Imports run one way (see `HOUSE`), through a package's `exports` and no
 * other door, and never by a relative path into another package.
 *
 * @param {Tree} tree
 * @returns {Breach[]}
 */
export function direction(tree) {
  const manifests = tree.files.filter((file) =>
    /^(packages|apps)\/[^/]+\/package\.json$/.test(file),
  );
  return [
    ...manifests.flatMap((file) => checkManifest(tree, file)),
    ...tree.code().flatMap((source) => checkSource(tree, source)),
  ];
}

/**
 * @param {Tree} tree
 * @param {string} file a workspace's package.json
 * @returns {Breach[]}
 */
function checkManifest(tree, file) {
  const place = placeOf(file);
  if (place === undefined) return [];
  if (place.kind === "package" && HOUSE[place.name] === undefined) {
    const message = `${place.name} is not in the house; give it a row in tools/tidy/house.mjs`;
    return [{ file, line: 1, rule: RULE, message }];
  }
  const text = tree.text(file);
  return ourDependencies(JSON.parse(text)).flatMap((name) => {
    const why = whyNot(place, name);
    if (why === "") return [];
    const line = lineFinder(text)(text.indexOf(`"${name}":`));
    return [{ file, line, rule: RULE, message: `depends on ${name}, but ${why}` }];
  });
}

/**
 * @param {Record<string, Record<string, string> | undefined>} manifest
 * @returns {string[]} the workspaces among its dependencies of every sort
 */
function ourDependencies(manifest) {
  const sorts = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
  return sorts.flatMap((sort) => Object.keys(manifest[sort] ?? {})).filter(isOurs);
}

/** @param {string} name */
function isOurs(name) {
  return name.startsWith("@synfin/") || name === "synfin";
}

/**
 * Why a place may not import a workspace, or an empty string.
 *
 * @param {Place} place
 * @param {string} name such as `@synfin/core`
 */
function whyNot(place, name) {
  const target = name.replace("@synfin/", "");
  if (HOUSE[target] === undefined) return `${name} is an app, and nobody imports an app`;
  const allowed = mayImport(place);
  if (allowed.includes(target)) return "";
  const list = allowed.length === 0 ? "no other package" : `only ${allowed.join(", ")}`;
  return `${place.name} may import ${list}`;
}

/**
 * @param {Tree} tree
 * @param {import("../source.mjs").Source} source
 * @returns {Breach[]}
 */
function checkSource(tree, source) {
  const place = placeOf(source.path);
  if (place === undefined) return [];
  return source.imports.flatMap(({ specifier, line }) => {
    const why = specifier.startsWith(".")
      ? whyNotRelative(place, source.path, specifier)
      : whyNotPackage(tree, place, specifier);
    if (why === "") return [];
    return [{ file: source.path, line, rule: RULE, message: `imports ${specifier}, but ${why}` }];
  });
}

/**
 * @param {Place} place
 * @param {string} file
 * @param {string} specifier
 */
function whyNotRelative(place, file, specifier) {
  const target = posix.join(posix.dirname(file), specifier);
  if (target.startsWith(`${place.folder}/`)) {
    const reachesIntoTests = place.part === "src" && target.startsWith(`${place.folder}/test/`);
    return reachesIntoTests ? "sources do not import tests" : "";
  }
  if (place.part === "test" && target.startsWith("tools/testing/")) return "";
  // What makes the files of a package is not published with them.
  if (place.part !== "src" && target.startsWith("tools/building/")) return "";
  return `${target} is outside of ${place.folder}; import a package by its name`;
}

/**
 * @param {Tree} tree
 * @param {Place} place
 * @param {string} specifier
 */
function whyNotPackage(tree, place, specifier) {
  const name = /^(@synfin\/[^/]+|synfin)(\/|$)/.exec(specifier)?.[1];
  if (name === undefined) return "";
  const own = `packages/${name.replace("@synfin/", "")}` === place.folder;
  if (own && place.part === "src") return "inside of a package imports are relative";
  const why = own ? "" : whyNot(place, name);
  if (why !== "") return why;
  if (!own && !isDeclared(tree, place, name))
    return `${place.folder}/package.json does not name it`;
  return whyNoDoor(tree, name, specifier);
}

/**
 * @param {Tree} tree
 * @param {Place} place
 * @param {string} name
 */
function isDeclared(tree, place, name) {
  return ourDependencies(JSON.parse(tree.text(`${place.folder}/package.json`))).includes(name);
}

/**
 * @param {Tree} tree
 * @param {string} name
 * @param {string} specifier
 */
function whyNoDoor(tree, name, specifier) {
  const manifest = `packages/${name.replace("@synfin/", "")}/package.json`;
  if (!tree.files.includes(manifest)) return `there is no ${manifest}`;
  const doors = Object.keys(JSON.parse(tree.text(manifest)).exports ?? {});
  const door = `.${specifier.slice(name.length)}`;
  if (doors.some((pattern) => opens(pattern, door))) return "";
  return `${name} has only these doors: ${doors.join(", ")}`;
}

/**
 * @param {string} pattern a key of `exports`, perhaps with one star
 * @param {string} door
 */
function opens(pattern, door) {
  const [before = "", after] = pattern.split("*");
  return after === undefined ? pattern === door : door.startsWith(before) && door.endsWith(after);
}
