/** What a property test runs with: its own numbers, or those of the environment. */
export interface Settings {
  readonly seed: number;
  readonly runs: number;
  readonly path?: string;
  readonly replay: (seed: number, path: string) => string;
}

/**
 * `SYNFIN_SEED` and `SYNFIN_PATH` play one case again, `SYNFIN_RUNS` sets how
 * many there are.
 *
 * @param file the test, from the root of the repository
 */
export function settings(file: string, seed: number, runs: number): Settings {
  const { SYNFIN_SEED, SYNFIN_PATH, SYNFIN_RUNS } = process.env;
  const config = file.includes(".long.") ? " --config vitest.long.config.ts" : "";
  return {
    seed: numberOr(SYNFIN_SEED, seed),
    runs: numberOr(SYNFIN_RUNS, runs),
    ...(SYNFIN_PATH === undefined ? {} : { path: SYNFIN_PATH }),
    replay: (failed, path) =>
      `SYNFIN_SEED=${failed} SYNFIN_PATH=${path} npx vitest run${config} ${file}`,
  };
}

function numberOr(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new Error(`"${text}" should be an integer`);
}
