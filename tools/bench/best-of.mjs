/**
 * One thing whose cost is measured: `run(times)` does it at least so often and
 * says how often it did.
 *
 * @typedef {{ name: string, run: (times: number) => number }} Case
 */

/**
 * The nanoseconds that each case takes once: the best of many rounds, in turns,
 * so that what slows the machine down slows all of them. The first rounds also
 * warm the compiler up.
 *
 * @param {readonly Case[]} cases
 * @param {{ times: number, rounds: number }} size
 * @returns {number[]}
 */
export function measure(cases, { times, rounds }) {
  const best = cases.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { run }] of cases.entries()) {
      const started = process.hrtime.bigint();
      const done = run(times);
      const ns = Number(process.hrtime.bigint() - started) / done;
      best[index] = Math.min(best[index] ?? ns, ns);
    }
  }
  return best;
}
