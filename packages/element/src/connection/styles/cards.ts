import type { CSSResult } from "lit";
import { diagram } from "./diagram.ts";
import { panels } from "./panels.ts";

/** What stands beside the ladder, and the transcript. */
export const cardStyles: readonly CSSResult[] = [panels, diagram];
