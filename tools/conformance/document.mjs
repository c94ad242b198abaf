import { titlesOfCompanion } from "./matrix.mjs";

/** @typedef {import("./matrix.mjs").Row} Row */
/** @typedef {import("./requirements.mjs").Companion} Companion */
/** @typedef {import("./titles.mjs").Title} Title */

/** Where the document stands, and how far up from there the root is. */
export const DOCUMENT = "docs/conformance.md";
const UP = "..";

/**
 * The text of the document.
 *
 * @param {readonly Row[]} rows
 * @param {readonly Companion[]} companions
 * @param {readonly Title[]} titles
 * @returns {string}
 */
export function writeDocument(rows, companions, titles) {
  const inScope = rows.filter(({ status }) => status !== "out of scope");
  const lines = [
    "# Conformance",
    "",
    "Every numbered requirement of [RFC 9293](https://www.rfc-editor.org/rfc/rfc9293), in our own words, with the tests that show it. Written by `npm run conformance` from the titles of the tests; do not edit.",
    "",
    countLine(rows),
    "",
    "## In scope",
    "",
    ...table(
      ["requirement", "section", "what it asks", "status", "tests"],
      inScope.map(({ requirement: { id, section, asks, open }, status, titles: named }) => [
        id,
        sectionLink(section),
        asks,
        status === "open" ? `open: ${open}` : status,
        links(named),
      ]),
    ),
    "",
    "## Out of scope",
    "",
    ...table(
      ["requirement", "section", "what it asks", "why it is out"],
      rows
        .filter(({ status }) => status === "out of scope")
        .map(({ requirement: { id, section, asks, out } }) => [
          id,
          sectionLink(section),
          asks,
          out ?? "",
        ]),
    ),
    "",
    "## Beside RFC 9293",
    "",
    ...table(
      ["where", "what it asks", "tests"],
      companions.map((companion) => [
        companion.rfc,
        companion.asks,
        links(titlesOfCompanion(companion, titles)),
      ]),
    ),
    "",
  ];
  return lines.join("\n");
}

/** @param {readonly Row[]} rows */
function countLine(rows) {
  /** @type {readonly import("./matrix.mjs").Status[]} */
  const order = ["tested", "open", "MISSING", "not used", "out of scope"];
  const counts = order.map((status) => ({
    status,
    count: rows.filter((row) => row.status === status).length,
  }));
  const parts = counts.filter(({ count }) => count > 0).map((c) => `${c.count} ${c.status}`);
  return `${rows.length} requirements: ${parts.join(", ")}.`;
}

/**
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 * @returns {string[]}
 */
function table(heads, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)];
}

/** @param {string} section */
function sectionLink(section) {
  return `[${section}](https://www.rfc-editor.org/rfc/rfc9293#section-${section})`;
}

/**
 * One link for each file, with the titles in it.
 *
 * @param {readonly Title[]} titles
 */
function links(titles) {
  const files = [...new Set(titles.map(({ file }) => file))];
  return files
    .map((file) => {
      const named = titles.filter((title) => title.file === file).map(titleText);
      return `[${shortName(file)}](${UP}/${file}): ${named.join("; ")}`;
    })
    .join("<br>");
}

/** `core/tcp/sending` of `packages/core/test/tcp/sending.test.ts`. @param {string} file */
function shortName(file) {
  return file
    .replace(/^(packages|apps)\//, "")
    .replace("/test/", "/")
    .replace(/(\.\w+)?\.test\.ts$/, "");
}

/** A title without the ids, which the row has already. @param {Title} title */
function titleText({ title, tests }) {
  const bare = title.replace(/ ?\((?:(?:MUST|SHLD|MAY|REC)-\d+(?:, )?)+\)/g, "");
  const escaped = bare.replace(/[|<>*_[\]\\`]/g, (mark) => `\\${mark}`);
  return tests > 1 ? `${escaped} (${tests} tests)` : escaped;
}
