import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundleForNode } from "../runner/bundle.mjs";
import { ROOT } from "../runner/process.mjs";
import { startCrew } from "./crew.mjs";

/**
 * @typedef {{ stdout: { write(text: string): unknown }, stderr: { write(text: string): unknown },
 *   on(event: "SIGINT", listener: () => void): unknown,
 *   off(event: "SIGINT", listener: () => void): unknown }} Around
 * @typedef {import("./messages.ts").NightlyReport} NightlyReport
 */

/** Between two lines that say how far it is. */
const NEWS_MS = 10_000;

/**
 * @param {string} script the bundled worker
 * @param {import("./options.mjs").NightlyOptions} options
 * @param {Around} around
 * @returns {Promise<number>} the exit code
 */
export async function runNightly(script, options, around) {
  const counting = join(dirname(script), "coverage.mjs");
  await bundleForNode(join(ROOT, "packages/properties/src/coverage.ts"), counting);
  const { Coverage } = await import(pathToFileURL(counting).href);
  const summary = new Summary(new Coverage());
  const { seed, workers, json } = options;
  const started = Date.now();
  around.stderr.write(`nightly: seed ${seed}, ${extentOf(options)}, ${workers} workers\n`);
  let told = started;
  const { done, stop } = startCrew(script, options, (report) => {
    summary.add(report);
    if (Date.now() - told < NEWS_MS) return;
    told = Date.now();
    const seconds = Math.round((told - started) / 1000);
    around.stderr.write(`nightly: ${summary.runs.toLocaleString("en")} runs in ${seconds} s\n`);
  });
  around.on("SIGINT", stop);
  try {
    await done;
  } finally {
    around.off("SIGINT", stop);
  }
  const seconds = (Date.now() - started) / 1000;
  around.stdout.write(json ? summary.json(seed, seconds) : summary.text(seed, seconds));
  return summary.failure === undefined ? 0 : 1;
}

/** @param {import("./options.mjs").NightlyOptions} options */
function extentOf({ minutes, runs }) {
  const long = minutes === undefined ? [] : [`${minutes} min`];
  return [...long, ...(runs === undefined ? [] : [`${runs.toLocaleString("en")} runs`])].join(", ");
}

/** What all workers have reported. */
class Summary {
  /** @type {string | undefined} */
  failure;
  runs = 0;
  skipped = 0;
  /** @type {Map<string, number>} */
  premises = new Map();

  /** @param {import("@synfin/properties").Coverage} coverage */
  constructor(coverage) {
    this.coverage = coverage;
  }

  /** @param {NightlyReport} report */
  add({ counts, premises, skipped, failure }) {
    this.coverage.merge(counts);
    this.runs += counts.runs;
    this.skipped += skipped;
    this.failure ??= failure;
    for (const [name, times] of Object.entries(premises)) {
      this.premises.set(name, (this.premises.get(name) ?? 0) + times);
    }
  }

  /**
   * @param {number} seed
   * @param {number} seconds
   */
  text(seed, seconds) {
    const met = [...this.premises].filter(([name]) => !/ by .*, /.test(name)).sort();
    const lines = met.map(([name, times]) => `${String(times).padStart(10)}  ${name}`);
    const rate = Math.round(this.runs / Math.max(seconds, 0.001));
    const verdict = this.failure ?? "no law is broken";
    return [
      this.coverage.format(),
      "",
      "how often each law had anything to say:",
      ...lines,
      "",
      `${this.runs.toLocaleString("en")} runs from seed ${seed} in ${seconds.toFixed(1)} s, ${rate} a second; ${this.skipped} storms passed over`,
      verdict,
      "",
    ].join("\n");
  }

  /**
   * @param {number} seed
   * @param {number} seconds
   */
  json(seed, seconds) {
    const { failure, runs, skipped, coverage } = this;
    const { events, faults, transitions } = coverage.counts;
    const { neverTaken } = coverage;
    const passed = failure === undefined;
    const told = { passed, failure: failure ?? null, seed, runs, skipped, seconds };
    const covered = { events, faults, transitions, neverTaken };
    return `${JSON.stringify({ ...told, ...covered, premises: Object.fromEntries(this.premises) }, null, 2)}\n`;
  }
}
