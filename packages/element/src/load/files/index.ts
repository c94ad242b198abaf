import type { Trace } from "@synfin/simulator";
import {
  type BulkTransfer,
  checkRequest,
  fromTransfer,
  type LoadRequest,
} from "@synfin/simulator/bulk";
import { svgFile } from "@synfin/simulator/plot";
import { censusCsv, reportOf } from "@synfin/simulator/report";
import { captureOf } from "../../extras/capture-of.ts";
import type { Language } from "../../locale/language.ts";
import { LOAD_FORMATS, type LoadFormat } from "../load-format.ts";
import { chartSheet } from "./chart-sheet.ts";
import { sheetPng } from "./sheet-png.ts";

/** A run to make a file of: plain data, but for the connection, which is looked for. */
export interface FileSource {
  readonly request: LoadRequest;
  /** The run that is shown, and those made beside it. */
  readonly wholes: readonly BulkTransfer[];
  readonly wallMs: number;
  readonly language: Language;
  /** Whether a PNG is in the colours of dark surroundings. An SVG has both. */
  readonly dark: boolean;
  readonly connection: () => Promise<Trace>;
}

/** See `TcpLoad.exportAs`. */
export async function fileOf(format: LoadFormat, source: FileSource): Promise<Blob> {
  if (!LOAD_FORMATS.includes(format)) {
    throw new Error(`there is no format "${format}"; it should be ${LOAD_FORMATS.join(", ")}`);
  }
  if (format === "png") return sheetPng(chartSheet(source), source.dark);
  if (format === "pcapng") return captureFile(await source.connection());
  const [type, text] = textOf(format, source);
  return new Blob([text], { type });
}

function textOf(
  format: "svg" | "json" | "csv",
  source: FileSource,
): readonly [type: string, text: string] {
  if (format === "svg") return ["image/svg+xml", svgFile(chartSheet(source))];
  if (format === "json")
    return ["application/json", `${JSON.stringify(report(source), null, 2)}\n`];
  const [whole] = source.wholes;
  if (whole === undefined) throw new Error("synfin: a file of no run");
  return ["text/csv;charset=utf-8", censusCsv(fromTransfer(whole))];
}

function report({ request, wholes, wallMs }: FileSource): ReturnType<typeof reportOf> {
  const checked = checkRequest(request);
  if (!checked.ok) throw new Error(checked.message);
  const results = wholes.map(fromTransfer);
  return reportOf({ ...checked.value, results, partial: false, wallSeconds: wallMs / 1000 });
}

function captureFile(trace: Trace): Blob {
  if (trace.segments.length === 0) {
    throw new Error("this connection sent no packet; choose another one");
  }
  return new Blob([captureOf(trace)], { type: "application/x-pcapng" });
}
