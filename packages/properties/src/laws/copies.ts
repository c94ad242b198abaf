import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import type { Run, WatchedArrival } from "../run/run.ts";
import { placeOf } from "../run/sequence.ts";

/**
 * Copies add up: sent + duplicated = delivered + dropped + corrupted + in
 * flight, and each copy that is not dropped arrives once, when the trace says.
 *
 * No RFC says so: it is what makes a link a link, and what every count of
 * losses in a run rests on. Needs an observer (`Run.watched`).
 */
export const copiesAddUp: Law<Run> = defineLaw({
  name: "copiesAddUp",
  source: "docs/architecture.md",
  says: "Every copy is delivered, dropped, corrupted or still in flight.",
  premises: ["delivered", "dropped", "corrupted", "duplicated", "in flight at the end"],
  examine(run, notes) {
    if (run.watched === undefined) return;
    const arrivals = new Map<string, WatchedArrival[]>();
    for (const arrival of run.watched.arrivals) {
      const known = arrivals.get(arrival.id);
      if (known === undefined) arrivals.set(arrival.id, [arrival]);
      else known.push(arrival);
    }
    for (const segment of run.trace.segments) {
      checkCopies(run, segment, arrivals.get(segment.id) ?? [], notes);
      arrivals.delete(segment.id);
    }
    for (const id of arrivals.keys()) notes.broken("arrived, but was never sent", { segment: id });
  },
});

function checkCopies(
  run: Run,
  segment: TraceSegment,
  came: readonly WatchedArrival[],
  notes: Notes,
): void {
  const duplicates = segment.arrivals.filter(({ verdict }) => verdict === "duplicate").length;
  notes.met("duplicated", duplicates);
  if (segment.arrivals.length !== 1 + duplicates) {
    const what = `sent once and duplicated ${duplicates} times makes ${segment.arrivals.length} copies`;
    notes.broken(what, placeOf(segment));
  }
  const due: string[] = [];
  for (const { atUs, verdict } of segment.arrivals) {
    const late = atUs > run.trace.endedAtUs;
    if (verdict === "drop") notes.met("dropped");
    else if (late) notes.met("in flight at the end");
    else notes.met(verdict === "corrupt" ? "corrupted" : "delivered");
    if (verdict !== "drop" && !late) due.push(`${verdict} at ${atUs} µs`);
  }
  const seen = came.map(({ atUs, verdict }) => `${verdict} at ${atUs} µs`);
  if (sorted(due) === sorted(seen)) return;
  const what = `should arrive: ${sorted(due) || "never"}; arrived: ${sorted(seen) || "never"}`;
  notes.broken(what, placeOf(segment));
}

function sorted(list: readonly string[]): string {
  return [...list].sort((a, b) => (a < b ? -1 : 1)).join(", ");
}
