export { type Measure, monospaceWidth } from "@synfin/simulator/view";
export { type Drawing, drawLadder } from "../ladder/draw.ts";
export { type Ladder, layoutLadder } from "../ladder/ladder.ts";
export type { LadderOptions } from "../ladder/options.ts";
export type { Language } from "../locale/language.ts";
export { ladderSvg, type SvgOptions } from "./ladder-svg.ts";
