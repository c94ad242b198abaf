import { ladderSvg } from "@synfin/element/svg";
import type { Scenario, Trace } from "@synfin/simulator";
import { textLadder } from "@synfin/simulator/view";
import { captureOf } from "./capture-of.ts";
import type { TraceOptions } from "./trace-options.ts";

/** A trace in the format that was asked for. */
export function render(
  trace: Trace,
  scenario: Scenario,
  { format, seq, ascii, lang, vantage }: TraceOptions,
): string | Uint8Array {
  if (format === "json") return `${JSON.stringify(trace, null, 2)}\n`;
  if (format === "svg") return ladderSvg(trace, { seq, lang, title: scenario.title[lang] });
  if (format === "pcapng") return captureOf(trace, vantage);
  return textLadder(trace, { seq, ascii });
}
