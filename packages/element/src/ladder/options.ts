import { type Measure, monospaceWidth, type SeqMode } from "@synfin/simulator/view";
import type { Language } from "../locale/language.ts";

/** How a ladder is laid out. */
export interface LadderOptions {
  /** Width in CSS pixels, 280 or more; 640 if left out. */
  readonly width?: number;
  readonly lang?: Language;
  readonly seq?: SeqMode;
  readonly measure?: Measure;
}

/** The options and the sizes that follow from them. */
export interface Metrics {
  readonly width: number;
  readonly lang: Language;
  readonly seq: SeqMode;
  readonly measure: Measure;
  /** Whether timers have a column of their own outside of the states. */
  readonly roomy: boolean;
  readonly fontSize: number;
  /** Width of a lifeline's band. */
  readonly band: number;
  /** Height of one line of text beside a lifeline. */
  readonly line: number;
  /** Height of a row, where several segments leave at one instant. */
  readonly row: number;
  /** Where the run begins; above it stand the states before the first event. */
  readonly top: number;
}

/** Fills in what was left out. */
export function metrics(options: LadderOptions): Metrics {
  const width = Math.max(280, Math.round(options.width ?? 640));
  const roomy = width >= 540;
  return {
    width,
    lang: options.lang ?? "en",
    seq: options.seq ?? "relative",
    measure: options.measure ?? monospaceWidth,
    roomy,
    fontSize: roomy ? 12 : 11,
    band: roomy ? 16 : 12,
    line: 20,
    row: roomy && options.seq !== "absolute" ? 18 : 32,
    top: 44,
  };
}
