export * from "./bands.ts";
export { type CensusPlot, type CensusWords, censusSheet, censusSvg } from "./census-svg.ts";
export * from "./geometry.ts";
export { MARK_ROW, type Mark, type PlacedMark, placeMarks } from "./marks.ts";
export { lookOf, type PlotTheme, type Shape, type Sheet, shapesOf, svgFile } from "./sheet.ts";
export { type SweepAxis, type SweepPlot, type SweepPoint, sweepSvg } from "./sweep-svg.ts";
export { TEXTURE_PATHS, TEXTURE_SIZE, textureClass, textureFill } from "./textures.ts";
