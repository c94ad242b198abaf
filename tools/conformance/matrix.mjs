/** @typedef {import("./requirements.mjs").Requirement} Requirement */
/** @typedef {import("./requirements.mjs").Companion} Companion */
/** @typedef {import("./titles.mjs").Title} Title */

/** How titles name a requirement. */
const IDS = /\b(?:MUST|SHLD|MAY|REC)-\d+\b/g;

/**
 * What stands where: each requirement with the titles that name it.
 *
 * @typedef {{ requirement: Requirement, titles: readonly Title[], status: Status }} Row
 * @typedef {"tested" | "open" | "out of scope" | "not used" | "MISSING"} Status
 */

/**
 * @param {readonly Requirement[]} requirements
 * @param {readonly Title[]} titles
 * @returns {Row[]}
 */
export function buildMatrix(requirements, titles) {
  const byId = groupById(titles);
  return requirements.map((requirement) => {
    const named = byId.get(requirement.id) ?? [];
    return { requirement, titles: named, status: statusOf(requirement, named) };
  });
}

/**
 * @param {readonly Title[]} titles
 * @returns {Map<string, Title[]>}
 */
function groupById(titles) {
  /** @type {Map<string, Title[]>} */
  const byId = new Map();
  for (const title of titles) {
    for (const id of new Set(title.title.match(IDS))) {
      byId.set(id, [...(byId.get(id) ?? []), title]);
    }
  }
  return byId;
}

/**
 * @param {Requirement} requirement
 * @param {readonly Title[]} named
 * @returns {Status}
 */
function statusOf({ id, out, open }, named) {
  if (out !== undefined) return "out of scope";
  if (named.length > 0) return "tested";
  if (open !== undefined) return "open";
  return id.startsWith("MAY") ? "not used" : "MISSING";
}

/**
 * The titles that name a part of another RFC: `RFC 5961 §3` is named by
 * `RFC 5961 §3.2`, too, but not by `RFC 5961 §31`.
 *
 * @param {Companion} companion
 * @param {readonly Title[]} titles
 * @returns {Title[]}
 */
export function titlesOfCompanion({ rfc }, titles) {
  const name = new RegExp(`${rfc.replaceAll(".", "\\.")}(?!\\d)`);
  return titles.filter(({ title }) => name.test(title));
}

/**
 * What is wrong, one line each. With `strict`, what is open is wrong as well.
 *
 * @param {readonly Row[]} rows
 * @param {readonly Companion[]} companions
 * @param {readonly Title[]} titles
 * @param {boolean} strict
 * @returns {string[]}
 */
export function findProblems(rows, companions, titles, strict) {
  const known = new Set(rows.map(({ requirement }) => requirement.id));
  return [
    ...titles.flatMap(({ file, line, title }) =>
      [...new Set(title.match(IDS))]
        .filter((id) => !known.has(id))
        .map((id) => `${file}:${line}: ${id} is no requirement of RFC 9293`),
    ),
    ...rows.flatMap((row) => problemOf(row, strict)),
    ...companions
      .filter((companion) => titlesOfCompanion(companion, titles).length === 0)
      .map(({ rfc }) => `${rfc} has no test: name it in the title of one`),
  ];
}

/**
 * @param {Row} row
 * @param {boolean} strict
 * @returns {string[]}
 */
function problemOf({ requirement: { id, section, open }, titles, status }, strict) {
  if (status === "MISSING") return [`${id} (§${section}) has no test: name it in the title of one`];
  if (status === "open" && strict) return [`${id} (§${section}) is open: ${open}`];
  if (open !== undefined && titles.length > 0) return [`${id} has a test: it is no longer open`];
  return [];
}
