import { lineFinder } from "../source.mjs";

/** @typedef {import("../tree.mjs").Breach} Breach */

const TEXT =
  /(\.(ts|mts|mjs|js|json|jsonc|md|css|html|vue|yml|yaml|sh|svg|toml)|(^|\/)(run|LICENSE|\.npmrc|\.gitignore|\.nvmrc|\.editorconfig))$/;

/** Written apart, so that this file does not report itself. */
const UNFINISHED = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "X" + "XX"].join("|")})\\b`, "g");
const OWN_PATH = new RegExp(
  `(?<![\\w.])/(${["work", "root", "home/\\w+", "Users/\\w+"].join("|")})/`,
  "g",
);
const HOST_IN_LOCK = /"resolved": "(https?:\/\/[^/"]+)/g;
const REGISTRY = /^\s*(?:@[\w-]+:)?registry\s*=\s*(\S+)/gm;

/**
 * Nothing of the machine that something was written on, and nothing half
 * done: no path of one's own, no registry's address, no note to oneself.
 *
 * @param {import("../tree.mjs").Tree} tree
 * @returns {Breach[]}
 */
export function leftovers(tree) {
  return tree.files
    .filter((file) => TEXT.test(file))
    .flatMap((file) => {
      const text = tree.text(file);
      if (/(^|\/)package-lock\.json$/.test(file)) return report(file, text, HOST_IN_LOCK, noHost);
      return [
        ...report(file, text, UNFINISHED, (word) => `${word}: do it, or write it down as an issue`),
        ...report(
          file,
          text,
          OWN_PATH,
          (path) => `${path} is a path of one machine; make it relative`,
        ),
        ...report(file, text, REGISTRY, (line) => `${line} is one machine's setting; leave it out`),
      ];
    });
}

/** @param {string} match */
function noHost(match) {
  return `${match.slice('"resolved": "'.length)} is one registry; install with the .npmrc of this repository`;
}

/**
 * @param {string} file
 * @param {string} text
 * @param {RegExp} pattern
 * @param {(match: string) => string} message
 * @returns {Breach[]}
 */
function report(file, text, pattern, message) {
  const lineAt = lineFinder(text);
  return [...text.matchAll(pattern)].map((match) => {
    const line = lineAt(match.index);
    return { file, line, rule: "leftovers", message: message(match[0].trim()) };
  });
}
