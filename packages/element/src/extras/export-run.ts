import type { Trace } from "@synfin/simulator";
import { textLadder } from "@synfin/simulator/view";
import { EXPORT_FORMATS, type ExportFormat, type ExportView } from "../connection/export-format.ts";
import { ladderSvg } from "../svg/ladder-svg.ts";
import { captureOf } from "./capture-of.ts";
import { ladderPng } from "./ladder-png.ts";

/**
 * A run as a file: `svg` and `png` are the ladder with its hosts' names, `json`
 * is the trace, `text` the ladder in characters, `pcapng` a capture of what
 * both hosts sent.
 */
export async function exportRun(
  trace: Trace,
  format: ExportFormat,
  view: ExportView,
): Promise<Blob> {
  if (!EXPORT_FORMATS.includes(format)) {
    throw new Error(`there is no format "${format}"; it should be ${EXPORT_FORMATS.join(", ")}`);
  }
  if (format === "png") return ladderPng(trace, view);
  const [type, content] = contentOf(trace, format, view);
  return new Blob([content], { type });
}

function contentOf(
  trace: Trace,
  format: Exclude<ExportFormat, "png">,
  { title, lang, seq }: ExportView,
): readonly [type: string, content: string | Uint8Array<ArrayBuffer>] {
  if (format === "svg") return ["image/svg+xml", ladderSvg(trace, { title, lang, seq })];
  if (format === "json") return ["application/json", `${JSON.stringify(trace, null, 2)}\n`];
  if (format === "text") return ["text/plain;charset=utf-8", textLadder(trace, { seq })];
  return ["application/x-pcapng", captureOf(trace)];
}
