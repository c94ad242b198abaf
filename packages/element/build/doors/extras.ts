import type * as Real from "../../src/extras/load.ts";
import { part } from "./part.ts";

export const exporting: typeof Real.exporting = part("export");
export const fieldNotes: typeof Real.fieldNotes = part("header-notes");
export const links: typeof Real.links = part("links");
export const sources: typeof Real.sources = part("sources");
