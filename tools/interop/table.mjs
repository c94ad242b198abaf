/**
 * @typedef {import("./meeting.ts").Meeting} Meeting
 * @typedef {{ status: string, title: string, ancestorTitles: string[],
 *   meta?: { meeting?: Meeting } }} MetTest a test in Vitest's JSON report
 */

const WIDTH = 100;
const COLUMNS = [
  ["octets", 10],
  ["we again", 9],
  ["Linux again", 12],
];
const ITEM = WIDTH - COLUMNS.reduce((sum, [, width]) => sum + Number(width), 0);

/**
 * What the tests against the kernel have met, as a table: the octets of text
 * that went over, what each side sent again, and both ends' states each time
 * they were compared. Empty where no such test has run.
 *
 * @param {readonly MetTest[]} tests
 * @returns {string}
 */
export function meetingTable(tests) {
  const lines = [];
  let group = "";
  for (const test of tests) {
    const meeting = test.meta?.meeting;
    if (meeting === undefined) continue;
    if (lines.length === 0) lines.push(...header());
    const name = test.ancestorTitles.join(" > ");
    if (name !== group) lines.push("", name);
    group = name;
    lines.push(...row(test, meeting));
  }
  return lines.join("\n");
}

function header() {
  const cells = COLUMNS.map(([name, width]) => String(name).padStart(Number(width)));
  const what = "MET WITH LINUX (states: ours/Linux's)".padEnd(ITEM);
  return [`${what}${cells.join("")}`, "-".repeat(WIDTH)];
}

/**
 * @param {MetTest} test
 * @param {Meeting} meeting
 */
function row(test, meeting) {
  const { bytes, weSentAgain, kernelSentAgain, steps } = meeting;
  const numbers = [bytes, weSentAgain, kernelSentAgain];
  const cells = numbers.map((n, at) => grouped(n).padStart(Number(COLUMNS[at]?.[1])));
  const name = `  ${test.status === "passed" ? "" : "FAILED: "}${test.title}`;
  // A long name has a line of its own.
  const head = name.length < ITEM ? [name.padEnd(ITEM)] : [name, "".padEnd(ITEM)];
  head[head.length - 1] += cells.join("");
  return [...head, ...wrapped(steps)];
}

/** 10000000 as 10,000,000. @param {number} number */
function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * The steps with arrows between them, none of the lines too long.
 *
 * @param {readonly string[]} steps
 */
function wrapped(steps) {
  /** @type {string[]} */
  const lines = [];
  for (const [index, step] of steps.entries()) {
    const word = index === 0 ? step : `-> ${step}`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(`      ${word}`);
  }
  return lines;
}
