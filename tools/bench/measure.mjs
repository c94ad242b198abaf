/**
 * Measuring in turns: A, B, A, B … in one process, so that what slows the
 * machine down for a while slows both. The best round of each says what can
 * be reached, the median what is usual; a ratio is taken round by round, from
 * neighbours in time, and comes with its spread and with both absolutes.
 *
 * Time is the processor's, not the wall's: on a busy machine a round waits for
 * its core, and that says nothing about the code. On an idle one they agree,
 * but for the helpers of the garbage collector, whose work counts here.
 */

/**
 * What a round did: how many operations, timed here; or timed by itself, as a
 * program in a process of its own does; or why it cannot run here.
 *
 * @typedef {number | { operations: number, ns: number } | { skipped: string }} Outcome
 * @typedef {{ name: string, run: () => Outcome | Promise<Outcome> }} Case
 */

/**
 * Nanoseconds for each operation, round by round; of a case that was skipped there are none.
 *
 * @typedef {object} Measured
 * @property {string} name
 * @property {number} bestNs
 * @property {number} medianNs
 * @property {readonly number[]} roundsNs
 */
/** @typedef {{ name: string, skipped: string }} Skipped */

/**
 * How many times as long one takes as the other.
 *
 * @typedef {object} Ratio
 * @property {string} name
 * @property {number} bestNs of the one, per operation
 * @property {number} againstNs the best of the other, per operation
 * @property {number} times the median over the rounds
 * @property {number} least of all rounds
 * @property {number} most of all rounds
 */

/**
 * Runs the cases in turns. The first `warmUp` rounds are not counted: compilers
 * need them. A case that says it was skipped is not asked again.
 *
 * @param {readonly Case[]} cases
 * @param {{ rounds?: number, warmUp?: number }} [options]
 * @returns {Promise<(Measured | Skipped)[]>} in the order of the cases
 */
export async function measureInTurns(cases, { rounds = 9, warmUp = 1 } = {}) {
  const taken = cases.map(({ name, run }) => ({ name, run, skipped: "", ns: [0].slice(1) }));
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const one of taken) {
      if (one.skipped !== "") continue;
      const outcome = await timed(one.run);
      if (typeof outcome !== "number") one.skipped = outcome.skipped;
      else if (round >= warmUp) one.ns.push(outcome);
    }
  }
  return taken.map(({ name, skipped, ns }) =>
    skipped === "" ? summary(name, ns) : { name, skipped },
  );
}

/**
 * @param {Case["run"]} run
 * @returns {Promise<number | { skipped: string }>} nanoseconds for each operation
 */
async function timed(run) {
  const started = process.cpuUsage();
  const outcome = await run();
  const { user, system } = process.cpuUsage(started);
  if (typeof outcome === "number") return (1000 * (user + system)) / outcome;
  return "skipped" in outcome ? outcome : outcome.ns / outcome.operations;
}

/**
 * @param {string} name
 * @param {readonly number[]} roundsNs at least one
 * @returns {Measured}
 */
export function summary(name, roundsNs) {
  return { name, bestNs: Math.min(...roundsNs), medianNs: median(roundsNs), roundsNs };
}

/** @param {readonly number[]} values at least one */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}

/**
 * How many times as long `one` takes as `other`; both from the same call of `measureInTurns`.
 *
 * @param {Measured} one
 * @param {Measured} other
 * @returns {Ratio}
 */
export function ratioOf(one, other) {
  const each = one.roundsNs.map((ns, round) => ns / (other.roundsNs[round] ?? Number.NaN));
  return {
    name: `${one.name} / ${other.name}`,
    bestNs: one.bestNs,
    againstNs: other.bestNs,
    times: median(each),
    least: Math.min(...each),
    most: Math.max(...each),
  };
}

/**
 * As lines of text: absolutes, then the ratio to the first case that ran.
 *
 * @param {readonly (Measured | Skipped)[]} all
 * @returns {string[]}
 */
export function formatInTurns(all) {
  const base = all.find((one) => "roundsNs" in one);
  const width = Math.max(...all.map(({ name }) => name.length));
  return all.map((one) => {
    const name = one.name.padEnd(width);
    if ("skipped" in one) return `${name}  skipped: ${one.skipped}`;
    const absolutes = `${one.bestNs.toFixed(1).padStart(9)} ns best ${one.medianNs.toFixed(1).padStart(9)} ns median`;
    if (base === undefined || base === one) return `${name} ${absolutes}`;
    const { times, least, most } = ratioOf(one, base);
    return `${name} ${absolutes} ${times.toFixed(2).padStart(7)} × (${least.toFixed(2)} to ${most.toFixed(2)})`;
  });
}
