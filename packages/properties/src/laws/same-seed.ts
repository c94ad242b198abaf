import type { Trace } from "@synfin/simulator";
import { defineLaw, type Law, type Notes, type Place } from "../law.ts";
import { firstDifference } from "../run/difference.ts";

/** Two runs, and what was different when the second was made: nothing, or this. */
export interface Replay {
  readonly first: Trace;
  readonly second: Trace;
  /** `another seed`, `one fault more`, `one microsecond`; undefined for a plain replay. */
  readonly change?: string;
}

/**
 * The same scenario and seed give the same digest and the same trace; and
 * where one changed seed, fault or microsecond made a difference, however
 * small, the digest shows it.
 *
 * A digest that stays the same when the run does not hides every bug that a
 * comparison of digests is to find (docs/architecture.md, "Determinism").
 */
export const sameSeedSameDigest: Law<Replay> = defineLaw({
  name: "sameSeedSameDigest",
  source: "docs/architecture.md",
  says: "Same scenario and seed: same digest and trace; anything else changes the digest.",
  premises: ["replayed"],
  examine({ first, second, change }, notes) {
    if (change === undefined) checkSame(first, second, notes);
    else checkChanged(first, second, change, notes);
  },
});

function checkSame(first: Trace, second: Trace, notes: Notes): void {
  notes.met("replayed");
  const step = firstStep(first, second);
  if (step !== undefined) {
    notes.broken(`the replay differs: ${step.difference}`, step.place);
    return;
  }
  const difference = firstDifference(first, second);
  if (difference !== "") notes.broken(`the replay differs: ${difference}`);
}

function checkChanged(first: Trace, second: Trace, change: string, notes: Notes): void {
  const step = firstStep(first, second);
  if (step === undefined && first.seed === second.seed) {
    notes.met(`${change}, without effect`);
    if (first.digest === second.digest) return;
    const both = `${first.digest} and ${second.digest}`;
    notes.broken(`two digests, ${both}, for ${change} that changed nothing`);
    return;
  }
  notes.met(change);
  if (first.digest !== second.digest) return;
  notes.broken(
    `the digest is ${first.digest} in spite of ${change}: ${step?.difference ?? "the seed"}`,
    step?.place,
  );
}

interface Step {
  readonly difference: string;
  readonly place: Place;
}

/** The first record of either run that the other does not have in its place. */
function firstStep(first: Trace, second: Trace): Step | undefined {
  for (const list of ["segments", "states", "events"] as const) {
    const length = Math.max(first[list].length, second[list].length);
    for (let index = 0; index < length; index += 1) {
      const a = first[list][index];
      const difference = firstDifference(a, second[list][index], `${list}.${index}`);
      if (difference !== "") return { difference, place: placeOf(a ?? second[list][index]) };
    }
  }
  return undefined;
}

function placeOf(record: Trace["segments" | "states" | "events"][number] | undefined): Place {
  if (record === undefined) return {};
  if ("id" in record) return { atUs: record.sentAtUs, host: record.from, segment: record.id };
  return { atUs: record.atUs, host: record.host };
}
