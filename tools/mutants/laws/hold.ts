import type { Law } from "@synfin/properties";
import fc from "fast-check";
import { ASSERTED } from "./asserted.mjs";

/** What to hold a TCP to, how often, and from which seed on. */
export interface Task {
  /** fast-check's seed; an integer. */
  readonly seed: number;
  /** A part of the usual number of runs: 1 for all of them. */
  readonly part: number;
  /** Only this law, by its name; all of them where it is left out. */
  readonly law?: string;
}

/** A law that was broken, and in which run, counted from 1 (or with how many states explored). */
export interface Caught {
  readonly law: string;
  /** The other laws that the same run breaks, in the order of the suite. */
  readonly also: readonly string[];
  readonly runs: number;
  readonly message: string;
}

export type Suite = (task: Task) => Promise<Caught | undefined>;

interface BrokenLaw {
  readonly law: string;
  readonly message: string;
}

class Broken extends Error {
  readonly first: BrokenLaw;
  readonly also: readonly string[];
  constructor(first: BrokenLaw, others: readonly BrokenLaw[]) {
    super(first.message);
    this.first = first;
    this.also = others.map(({ law }) => law);
  }
}

/** Random cases until a law is broken. A subject that is undefined is passed over. */
export function hold<Case, Subject>(
  laws: readonly Law<Subject>[],
  cases: fc.Arbitrary<Case>,
  subject: (drawn: Case) => Subject | undefined,
  usual: number,
): Suite {
  return async ({ seed, part, law: only }) => {
    const wanted = laws.filter(({ name }) => only === undefined || name === only);
    if (wanted.length === 0 && only !== ASSERTED) return undefined;
    const property = fc.property(cases, (drawn) => {
      const made = subject(drawn);
      const [first, ...others] = made === undefined ? [] : brokenBy(wanted, made);
      if (first !== undefined) throw new Broken(first, others);
    });
    const numRuns = Math.max(1, Math.round(usual * part));
    const details = fc.check(property, { seed, numRuns, endOnFailure: true });
    if (!details.failed) return undefined;
    const { errorInstance: error, numRuns: runs } = details;
    const message = error instanceof Error ? error.message : String(error);
    const { first, also } =
      error instanceof Broken ? error : { first: { law: ASSERTED, message }, also: [] };
    const found = only === undefined || only === first.law;
    return found ? { ...first, also, runs } : undefined;
  };
}

function brokenBy<Subject>(laws: readonly Law<Subject>[], subject: Subject): BrokenLaw[] {
  return laws.flatMap(({ name, check }) => {
    const [breach] = check(subject).breaches;
    return breach === undefined ? [] : [{ law: name, message: breach.message }];
  });
}
