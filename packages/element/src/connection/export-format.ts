/** What a run can be saved as. */
export const EXPORT_FORMATS = ["svg", "png", "json", "text", "pcapng"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How an exported picture or text looks. */
export interface ExportView {
  /** The title of the picture. */
  readonly title: string;
  readonly lang: "en" | "ko";
  readonly seq: "relative" | "absolute";
  /** Whether a PNG is in the colours of dark surroundings. An SVG has both. */
  readonly dark: boolean;
}

/** The name of a file: `lost-fin.txt`, also for what was read from `lost-fin.pcapng`. */
export function fileName(scenario: string, format: ExportFormat): string {
  return `${scenario.replace(/\.pcap(ng)?$/, "")}.${format === "text" ? "txt" : format}`;
}
