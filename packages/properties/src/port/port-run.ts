import type { Trace } from "@synfin/simulator";
import { type Run, type RunOptions, runOf } from "../run/run.ts";
import { endsOfSegments } from "../run/segment-ends.ts";

/**
 * Makes the trace of a black box ready for the laws: its ends are read off
 * the segments alone, whatever states the trace may show.
 *
 * @param judged the host whose TCP is under test; undefined for both
 */
export function portRunOf(trace: Trace, judged: string | undefined, options: RunOptions = {}): Run {
  return { ...runOf(trace, options), ends: endsOfSegments(trace), judged };
}
