import type { Trace, TraceSegment } from "../trace/trace.ts";

/** How sequence numbers are shown: counted from each end's initial one, or as they are. */
export type SeqMode = "relative" | "absolute";

/** The two numbers of a segment as they are shown. */
export interface ShownNumbers {
  readonly seq: number;
  readonly ack: number;
}

/**
 * The numbers of every transmission, by its id. Relative ones count from the
 * initial sequence number that its end used last before the segment left
 * (RFC 9293 §3.4.1), and are negative for what is older than that; a number
 * whose end never chose one stays as it is.
 */
export function shownNumbers(trace: Trace, mode: SeqMode): ReadonlyMap<string, ShownNumbers> {
  const shown = new Map<string, ShownNumbers>();
  const isns = new Map(trace.hosts.map((host) => [host.name, host.isns[0]]));
  for (const segment of trace.segments) {
    if (startsConnection(segment, trace)) isns.set(segment.from, segment.seq);
    shown.set(segment.id, {
      seq: mode === "absolute" ? segment.seq : since(isns.get(segment.from), segment.seq),
      ack: mode === "absolute" ? segment.ack : since(isns.get(segment.to), segment.ack),
    });
  }
  return shown;
}

/** Whether a segment brings a new initial sequence number into play. */
function startsConnection(segment: TraceSegment, trace: Trace): boolean {
  if (!segment.flags.includes("SYN") || segment.injected === true) return false;
  const host = trace.hosts.find(({ name }) => name === segment.from);
  return host?.isns.includes(segment.seq) ?? false;
}

function since(isn: number | undefined, number: number): number {
  return isn === undefined ? number : (number - isn) | 0;
}
