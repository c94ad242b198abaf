import fc from "fast-check";
import { formatBreach, type Law } from "./law.ts";

/** What to hold to which laws, how often, and what a failure should print. */
export interface LawTrials<Case, Subject> {
  readonly laws: readonly Law<Subject>[];
  /** Random cases; they shrink to one that a human can read. */
  readonly cases: fc.Arbitrary<Case>;
  /**
   * Makes the subject of the laws out of a case; undefined where there is none,
   * which is counted as `skipped`. What it throws breaks the check, too.
   */
  readonly subject: (drawn: Case) => Subject | undefined;
  /** fast-check's seed; an integer. */
  readonly seed: number;
  readonly runs: number;
  /** fast-check's path to one case, to play that one alone. */
  readonly path?: string;
  /** The case as text: the script, the ladder. */
  readonly describe: (drawn: Case) => string;
  /** The one command that plays the failing case again. */
  readonly replay: (seed: number, path: string) => string;
  /**
   * How often premises must have been met at least, each by `law: premise`.
   * Fewer, and the check has proved too little to pass.
   */
  readonly least?: Readonly<Record<string, number>>;
}

/** How a check went. */
export interface LawReport {
  /** Why it failed, as many lines as it takes; undefined where it passed. */
  readonly failure: string | undefined;
  readonly runs: number;
  readonly seed: number;
  /** How often each premise was met in all, by `law: premise`. */
  readonly premises: ReadonlyMap<string, number>;
}

/** The premise under which cases without a subject are counted. */
export const SKIPPED = "skipped";

/**
 * Holds random subjects to laws. Fails where one is broken, where making a
 * subject throws, and where a premise was met too seldom to mean anything.
 * Throws a `RangeError` where a path leads to no case.
 */
export function checkLaws<Case, Subject>(trials: LawTrials<Case, Subject>): LawReport {
  const { laws, cases, subject, seed, runs, path } = trials;
  const premises = new Map<string, number>();
  let played = 0;
  const property = fc.property(cases, (drawn) => {
    // Where the case of a path holds, fast-check goes on to those beside it.
    if (path !== undefined && played > 0) return;
    played += 1;
    const made = subject(drawn);
    if (made === undefined) premises.set(SKIPPED, (premises.get(SKIPPED) ?? 0) + 1);
    else examine(laws, made, premises);
  });
  const details = withPath(trials, () => {
    return fc.check(property, { seed, ...extentOf<[Case]>(runs, path) });
  });
  if (played === 0) throw noSuchCase(trials);
  const failure = details.failed ? describeFailure(trials, details) : vacuity(trials, premises);
  return { failure, runs: path === undefined ? details.numRuns : played, seed, premises };
}

/** The same, for tests: throws what went wrong. @returns what was covered */
export function assertLaws<Case, Subject>(trials: LawTrials<Case, Subject>): LawReport {
  const report = checkLaws(trials);
  if (report.failure !== undefined) throw new Error(report.failure);
  return report;
}

/** What a check has covered, one premise to a line. */
export function formatCoverage({ runs, seed, premises }: LawReport): string {
  const sorted = [...premises].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([name, times]) => `${String(times).padStart(9)}  ${name}`);
  return [`${runs} runs, seed ${seed}`, ...lines].join("\n");
}

/** fast-check's settings for so many runs, or for the one case of a path. */
export function extentOf<T>(runs: number, path: string | undefined): fc.Parameters<T> {
  return path === undefined ? { numRuns: runs } : { numRuns: 1, path, endOnFailure: true };
}

type Place = Pick<LawTrials<never, never>, "seed" | "path">;

/** What a case throws is a detail of fast-check's; what fast-check throws is of the path. */
function withPath<T>(place: Place, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw place.path === undefined ? error : noSuchCase(place);
  }
}

/** The error of a path that no failure has printed. */
export function noSuchCase({ seed, path }: Place): RangeError {
  return new RangeError(
    `path "${path}" leads to no case of seed ${seed}, but it should be as a failure prints it`,
  );
}

/** Holds one subject to laws and counts their premises. Throws the first law's breaches. */
export function examine<Subject>(
  laws: readonly Law<Subject>[],
  subject: Subject,
  premises: Map<string, number>,
): void {
  for (const law of laws) {
    const { breaches, premises: met } = law.check(subject);
    if (breaches.length > 0) throw new Error(breaches.map(formatBreach).join("\n"));
    for (const [premise, times] of met) {
      const key = `${law.name}: ${premise}`;
      premises.set(key, (premises.get(key) ?? 0) + times);
    }
  }
}

/** The law that was broken, the case, and the command that plays it again. */
export function describeFailure<Case>(
  trials: Pick<LawTrials<Case, never>, "describe" | "replay">,
  details: fc.RunDetails<[Case]>,
): string {
  const { counterexample, counterexamplePath, errorInstance, numRuns, numShrinks, seed } = details;
  const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const [drawn] = counterexample ?? [];
  return [
    reason,
    `after ${numRuns} runs, made smaller ${numShrinks} times:`,
    "",
    drawn === undefined ? "(no case)" : trials.describe(drawn),
    "",
    `again: ${trials.replay(seed, counterexamplePath ?? "")}`,
  ].join("\n");
}

/**
 * Why a check has proved too little, or undefined.
 * A single case that is played again proves nothing about how many there are.
 */
export function vacuity(
  { least = {}, path, runs }: Pick<LawTrials<never, never>, "least" | "path" | "runs">,
  premises: ReadonlyMap<string, number>,
): string | undefined {
  if (path !== undefined) return undefined;
  const seldom = Object.entries(least).flatMap(([premise, wanted]) => {
    const times = premises.get(premise) ?? 0;
    return times < wanted ? [`${premise}: met ${times} times in ${runs} runs, not ${wanted}`] : [];
  });
  return seldom.length === 0 ? undefined : ["this check proves too little:", ...seldom].join("\n");
}
