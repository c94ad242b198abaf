/**
 * @typedef {import("./comparison.ts").Comparison} Comparison
 * @typedef {{ title: string, meta?: { comparison?: Comparison } }} ComparedTest
 *   a test in Vitest's JSON report
 */

const WIDTH = 100;

/**
 * What the load simulator said and what Linux did, one beneath the other.
 * Empty where nothing was compared.
 *
 * @param {readonly ComparedTest[]} tests
 * @param {string} kernel such as `Linux 6.18`
 * @returns {string}
 */
export function comparisonTable(tests, kernel) {
  const lines = [];
  for (const { title, comparison } of compared(tests)) {
    const { simulated, measured, agree, why } = comparison;
    if (lines.length === 0) lines.push(...header(kernel));
    lines.push("", `  ${agree ? "same   " : "DIFFERS"}  ${title}`);
    lines.push(...wrapped("simulated", simulated), ...wrapped("measured", measured));
    if (why !== undefined) lines.push(...wrapped("because", why));
  }
  return lines.join("\n");
}

/**
 * The same for a page.
 *
 * @param {readonly ComparedTest[]} tests
 * @returns {string}
 */
export function comparisonMarkdown(tests) {
  const lines = ["| item | simulation | measurement | agree |", "|---|---|---|---|"];
  for (const { title, comparison } of compared(tests)) {
    const { simulated, measured, agree, why } = comparison;
    const verdict = agree ? "yes" : `no: ${why ?? "unexplained"}`;
    lines.push(`| ${title} | ${simulated} | ${measured} | ${verdict} |`);
  }
  return lines.join("\n");
}

/** @param {readonly ComparedTest[]} tests */
export function compared(tests) {
  return tests.flatMap(({ title, meta }) => {
    const comparison = meta?.comparison;
    return comparison === undefined ? [] : [{ title, comparison }];
  });
}

/** @param {string} kernel */
function header(kernel) {
  return [`THE LOAD SIMULATOR, AND ${kernel}`, "-".repeat(WIDTH)];
}

/**
 * @param {string} name
 * @param {string} text
 */
function wrapped(name, text) {
  const indent = " ".repeat(22);
  /** @type {string[]} */
  const lines = [];
  // A number stays with its name.
  for (const word of text.split(/ (?!\d)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(`${lines.length === 0 ? name.padEnd(11).padStart(22) : indent}${word}`);
  }
  return lines;
}
