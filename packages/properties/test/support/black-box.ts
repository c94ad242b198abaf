import { type Breach, type Law, portRunOf, type Run } from "@synfin/properties";
import type { Trace } from "@synfin/simulator";
import { breaches, type Writable } from "./doctor.ts";

/** A run as seen from outside of this host, after something was changed in its trace. */
export function blackBox(
  run: Run,
  judged: string,
  change: (trace: Writable<Trace>) => void = () => {},
): Run {
  const trace = structuredClone(run.trace) as Writable<Trace>;
  change(trace);
  const watched = run.watched === undefined ? {} : { watched: run.watched };
  return portRunOf(trace, judged, { ...watched, cut: run.cut });
}

/** The messages of what a law finds wrong; each must be of this host. */
export function messages(law: Law<Run>, run: Run): string[] {
  return breaches(law, run).map(({ host, message }: Breach) => `${host}: ${message}`);
}
