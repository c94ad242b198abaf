/**
 * How many of `all` runs a test of the long tier makes: all of them under
 * `npm run test:long`, a twentieth (at least one) in the slice that CI affords,
 * which sets `SYNFIN_SLICE=1`.
 */
export function longRuns(all: number): number {
  return process.env["SYNFIN_SLICE"] === "1" ? Math.max(1, Math.floor(all / 20)) : all;
}

/**
 * What a test of the long tier draws from: another seed each time, whole and
 * below 2³², and `SYNFIN_SEED` to repeat a run that printed it.
 */
export const LONG_SEED: number = Number(
  process.env["SYNFIN_SEED"] ?? Math.floor(Math.random() * 2 ** 32),
);

/**
 * Says what a test of the long tier covered, with figures: `covered("2,000,000
 * segments, 61,204 of them accepted")`. A long run that says nothing proves nothing.
 */
export function covered(what: string): void {
  console.log(`COVERED: ${what}`);
}
