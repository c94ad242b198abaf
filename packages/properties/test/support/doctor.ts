import { createSegment, type FlagName, flagBits, type StateName } from "@synfin/core/tcp";
import { type Breach, type Law, type Run, type RunOptions, runOf } from "@synfin/properties";
import {
  type FaultKind,
  kindOf,
  type Trace,
  type TraceSegment,
  type TraceState,
} from "@synfin/simulator";

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

/** The host's n-th transmission (from 1) of this kind. Throws where there is none. */
export function sentBy<Segment extends TraceSegment>(
  trace: { readonly segments: readonly Segment[] },
  host: string,
  kind: FaultKind,
  nth = 1,
): Segment {
  const those = trace.segments.filter(({ from, flags, length }) => {
    return from === host && kindOfFlags(flags, length) === kind;
  });
  return found(those[nth - 1], `${kind} number ${nth} from ${host}`);
}

function kindOfFlags(flags: readonly FlagName[], length: number): FaultKind {
  const segment = { ...createSegment(), flags: flagBits(flags), length };
  return kindOf(segment);
}

/** The host's change of state to this one. Throws where there is none. */
export function changeTo<Change extends TraceState>(
  trace: { readonly states: readonly Change[] },
  host: string,
  to: StateName,
): Change {
  return found(
    trace.states.find((change) => change.host === host && change.to === to),
    `${host} in ${to}`,
  );
}

/** As if the host had come to TIME-WAIT by way of an old duplicate SYN (MAY-2). */
export function comeBackToTimeWait(trace: Writable<Trace>, host: string): void {
  const came = changeTo(trace, host, "TIME-WAIT");
  const out = { ...came, to: "SYN-RECEIVED" as const };
  trace.states.splice(trace.states.indexOf(came), 1, out, { ...came, from: "SYN-RECEIVED" });
}

/** A thing that must be there for the test to mean anything. */
export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the run has no ${what}`);
  return value;
}
