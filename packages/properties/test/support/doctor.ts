import { type Breach, type Law, type Run, type RunOptions, runOf } from "@synfin/properties";
import type { Trace } from "@synfin/simulator";

/** The same shape with everything writable. */
export type Writable<T> = T extends Uint8Array
  ? T
  : T extends object
    ? { -readonly [Key in keyof T]: Writable<T[Key]> }
    : T;

/** A copy of a run with something changed in its trace, as a broken TCP would have made it. */
export function doctored(
  run: Run,
  change: (trace: Writable<Trace>) => void,
  options: RunOptions = {},
): Run {
  const trace = structuredClone(run.trace) as Writable<Trace>;
  change(trace);
  const params = Object.fromEntries(trace.hosts.map(({ name }) => [name, run.paramsOf(name)]));
  const watched = run.watched === undefined ? {} : { watched: run.watched };
  return runOf(trace, { params, cut: run.cut, ...watched, ...options });
}

/** What a law finds wrong. */
export function breaches<Subject>(law: Law<Subject>, subject: Subject): readonly Breach[] {
  return law.check(subject).breaches;
}

/** The entry of this id. Throws where there is none. */
export function segmentOf(trace: Writable<Trace>, id: string): Writable<Trace["segments"][number]> {
  return found(
    trace.segments.find((segment) => segment.id === id),
    id,
  );
}

/** A thing that must be there for the test to mean anything. */
export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the run has no ${what}`);
  return value;
}
