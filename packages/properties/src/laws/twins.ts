import type { Trace, TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes, type Place } from "../law.ts";
import { firstDifference } from "../run/difference.ts";
import type { Twin } from "../run/twins.ts";

/**
 * Nothing of a run changes when all initial sequence numbers are shifted: each
 * end sends the same at the same time, by other numbers, and whether those
 * come round at 2³² makes no difference (RFC 9293 §3.4: all arithmetic on
 * sequence numbers is modulo 2³²). Left aside are cookies, the bits of corrupted
 * copies, and runs in which the one number that the RFC makes up itself, the
 * SEQ=0 of a RST that answers no ACK, meets an end whose window it may lie in.
 * `shiftedTwin` makes the two runs.
 */
export const shiftedNumbersChangeNothing: Law<Twin> = defineLaw({
  name: "shiftedNumbersChangeNothing",
  source: "RFC 9293 §3.4, §3.4.1",
  says: "Nothing of a run changes when all initial sequence numbers are shifted, the wrap included.",
  premises: ["run shifted", "wrap crossed by the shift"],
  examine(twin, notes) {
    if (twin.numberless) {
      notes.met("left aside: RST with SEQ=0 met a window");
      return;
    }
    notes.met("run shifted");
    if (twin.wraps) notes.met("wrap crossed by the shift");
    compare(twin, "shifted", notes);
  },
});

/**
 * When the two ends change places, with what was drawn for them, the run is
 * mirrored: nothing depends on which of two hosts is named first (RFC 9293
 * knows no client and no server, but the one that opens actively). What happens
 * at both within one microsecond happens in no order. `mirroredTwin` makes the
 * two runs.
 */
export const swappedEndsMirrorTheRun: Law<Twin> = defineLaw({
  name: "swappedEndsMirrorTheRun",
  source: "RFC 9293 §3.5, §3.6; docs/architecture.md",
  says: "Swapping the two ends, with their draws, mirrors the run.",
  premises: ["run mirrored", "transmission lost, doubled or late"],
  examine(twin, notes) {
    notes.met("run mirrored");
    const struck = twin.first.segments.filter(
      ({ arrivals }) => arrivals.at(-1)?.verdict !== "deliver",
    );
    notes.met("transmission lost, doubled or late", struck.length);
    compare(twin, "mirrored", notes);
  },
});

/** Host by host, since within a microsecond two hosts come in the order of their names. */
function compare({ first, second }: Twin, how: string, notes: Notes): void {
  for (const { name } of first.hosts) {
    const [one, two] = [first, second].map((trace) => told(trace, name));
    const difference = firstDifference(one, two);
    if (difference === "") continue;
    notes.broken(`the ${how} run differs: ${difference}`, placeOf(first, name, difference));
    return;
  }
}

/** All that happened at a host, but for what names bytes: packets and digests. */
function told(trace: Trace, host: string): object {
  return {
    segments: trace.segments.filter(({ from }) => from === host).map(withoutBytes),
    states: trace.states.filter((change) => change.host === host),
    events: trace.events.filter((event) => event.host === host),
    isns: trace.hosts.find(({ name }) => name === host)?.isns,
    endedAtUs: trace.endedAtUs,
  };
}

function withoutBytes({ packet: _, arrivals, ...segment }: TraceSegment): object {
  const fates = arrivals.map(({ atUs, verdict }) => `${verdict} at ${atUs}`);
  return { ...segment, arrivals: fates };
}

/** The record that a difference such as `segments.3.seq: 1 and 2` is about. */
function placeOf(trace: Trace, host: string, difference: string): Place {
  const [, list, index] = /^(segments|states|events)\.(\d+)/.exec(difference) ?? [];
  if (list === "segments") {
    const segment = trace.segments.filter(({ from }) => from === host)[Number(index)];
    return segment === undefined ? { host } : { host, atUs: segment.sentAtUs, segment: segment.id };
  }
  const records = list === "states" ? trace.states : list === "events" ? trace.events : [];
  const record = records.filter((one) => one.host === host)[Number(index)];
  return record === undefined ? { host } : { host, atUs: record.atUs };
}
