import { GROUPS, POINTS } from "./points.mjs";

/** @typedef {import("./points.mjs").Point} Point */
/** @typedef {import("../conformance/titles.mjs").Title} Title */

/** Where the document stands, and how far up from there the root is. */
export const DOCUMENT = "docs/element-points.md";
const UP = "..";

/** `[point 22]` or `[points 22, 23]` in a title. */
const NAMED = /\[points? ([\d, ]+)\]/g;

/**
 * The points that a title names.
 *
 * @param {string} title
 * @returns {number[]}
 */
export function pointsOf(title) {
  return [...title.matchAll(NAMED)].flatMap(([, list = ""]) => list.split(",").map(Number));
}

/**
 * `held`: something shows all of it. `in part`: something shows it, and `open` says
 * what is missing.
 *
 * @param {Point} point
 * @param {readonly Title[]} titles
 * @returns {"held" | "in part" | "open" | "MISSING"}
 */
export function statusOf({ point, open, command }, titles) {
  const shown = command !== undefined || titlesOf(point, titles).length > 0;
  if (shown) return open === undefined ? "held" : "in part";
  return open === undefined ? "MISSING" : "open";
}

/**
 * What is wrong, one line each.
 *
 * @param {readonly Title[]} titles
 * @returns {string[]}
 */
export function findProblems(titles) {
  const known = new Set(POINTS.map(({ point }) => point));
  return [
    ...titles.flatMap(({ file, line, title }) =>
      pointsOf(title)
        .filter((point) => !known.has(point))
        .map((point) => `${file}:${line}: there is no point ${point}`),
    ),
    ...POINTS.filter((point) => statusOf(point, titles) === "MISSING").map(
      ({ point }) => `point ${point} has no test: name it in the title of one, or say what is open`,
    ),
  ];
}

/**
 * The text of the document.
 *
 * @param {readonly Title[]} titles
 * @returns {string}
 */
export function writeDocument(titles) {
  const lines = [
    "# What the elements promise",
    "",
    "The points that `<tcp-connection>` and `<tcp-load>` are built to, with the tests that show each. Written by `npm run points` from the titles of the tests; do not edit. What is open is said in `tools/points/points.mjs`.",
    "",
    `${POINTS.length} points: ${countLine(titles)}.`,
    ...GROUPS.flatMap(({ name, points }) => [
      "",
      `## ${name}`,
      "",
      "| point | what it asks | status | tests |",
      "| --- | --- | --- | --- |",
      ...points.map((point) => row(point, titles)),
    ]),
    "",
  ];
  return lines.join("\n");
}

/**
 * `12 held, 20 in part, 9 open`.
 *
 * @param {readonly Title[]} titles
 */
export function countLine(titles) {
  return ["held", "in part", "open", "MISSING"]
    .map((status) => ({
      status,
      count: POINTS.filter((p) => statusOf(p, titles) === status).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`)
    .join(", ");
}

/**
 * @param {Point} point
 * @param {readonly Title[]} titles
 */
function row(point, titles) {
  const status = statusOf(point, titles);
  const missing = point.open === undefined ? status : `${status}: ${point.open}`;
  const command = point.command === undefined ? [] : [`\`${point.command}\``];
  const tests = [...command, ...links(titlesOf(point.point, titles))].join("<br>");
  return `| ${point.point} | ${point.asks} | ${missing} | ${tests} |`;
}

/**
 * @param {number} point
 * @param {readonly Title[]} titles
 */
function titlesOf(point, titles) {
  return titles.filter(({ title }) => pointsOf(title).includes(point));
}

/**
 * One link for each file, with the titles in it.
 *
 * @param {readonly Title[]} titles
 */
function links(titles) {
  const files = [...new Set(titles.map(({ file }) => file))];
  return files.map((file) => {
    const named = titles.filter((title) => title.file === file).map(titleText);
    return `[${shortName(file)}](${UP}/${file}): ${named.join("; ")}`;
  });
}

/** `element/doors` of `packages/element/test/doors.test.ts`. @param {string} file */
function shortName(file) {
  return file
    .replace(/^(packages|apps)\//, "")
    .replace("/test/", "/")
    .replace(/(\.\w+)?\.test\.ts$/, "");
}

/** A title without the numbers, which the row has already. @param {Title} title */
function titleText({ title, tests }) {
  const bare = title.replace(NAMED, "").trim();
  const escaped = bare.replace(/[|<>*_[\]\\`]/g, (mark) => `\\${mark}`);
  return tests > 1 ? `${escaped} (${tests} tests)` : escaped;
}
