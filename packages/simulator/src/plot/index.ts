export * from "./bands.ts";
export { type CensusPlot, censusSvg } from "./census-svg.ts";
export * from "./geometry.ts";
export type { Mark } from "./marks.ts";
export type { PlotTheme } from "./sheet.ts";
export { type SweepAxis, type SweepPlot, type SweepPoint, sweepSvg } from "./sweep-svg.ts";
