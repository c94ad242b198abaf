/**
 * `npm run bench`: what the machine costs, measured side by side in one run
 * with what it is compared with, as a table, or with `--json` as JSON. Machines
 * are noisy, so a missed rate is said and no failure; what must be exact is one.
 */
import { HELP, readOptions } from "./options.mjs";

process.exitCode = await main(process.argv.slice(2));

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
async function main(args) {
  /** @type {import("./options.mjs").Options} */
  let options;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}`);
    return 2;
  }
  if (options.help) console.log(HELP);
  if (options.help) return 0;
  return options.profile ? showProfile(options) : showReport(options);
}

/** @param {import("./options.mjs").Options} options */
async function showProfile({ sizes, json }) {
  const { profile } = await import("./crowd.mjs");
  const { formatProfile } = await import("./table.mjs");
  const found = await profile(sizes.profile, { warm: sizes.warm });
  console.log(json ? toJson(found) : formatProfile(found));
  return 0;
}

/** @param {import("./options.mjs").Options} options */
async function showReport(options) {
  const { measureReport } = await import("./report.mjs");
  const { formatReport } = await import("./table.mjs");
  const started = process.hrtime.bigint();
  const report = await measureReport(options, (text) => progress(started, text));
  clearProgress();
  console.log(options.json ? toJson(report) : formatReport(report));
  return report.targets.some(({ exact, met }) => exact && met === false) ? 1 : 0;
}

/**
 * What was not measured is there all the same, as null.
 *
 * @param {object} value
 */
function toJson(value) {
  return JSON.stringify(value, (_, one) => (one === undefined ? null : one), 2);
}

/**
 * Which measurement is under way, on one line that is written over; only for eyes.
 *
 * @param {bigint} started
 * @param {string} text
 */
function progress(started, text) {
  if (!process.stderr.isTTY) return;
  const seconds = (process.hrtime.bigint() - started) / 1_000_000_000n;
  process.stderr.write(`\r\x1b[K${seconds} s  ${text}`);
}

function clearProgress() {
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
}
