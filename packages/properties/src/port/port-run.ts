import type { Trace } from "@synfin/simulator";
import { type Run, type RunOptions, runOf } from "../run/run.ts";
import { endsOfSegments } from "../run/segment-ends.ts";

/** A run with a TCP under test at one end: only that end is judged. */
export interface PortRun extends Run {
  /** The host whose TCP is under test. */
  readonly judged: string;
}

/**
 * Makes the trace of a black box ready for the laws: its ends are read off
 * the segments alone, whatever states the trace may show.
 */
export function portRunOf(trace: Trace, judged: string, options: RunOptions = {}): PortRun {
  return { ...runOf(trace, options), ends: endsOfSegments(trace), judged };
}
