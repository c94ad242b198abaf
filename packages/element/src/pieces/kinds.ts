import type { Text, Trace } from "@synfin/simulator";

/** What makes runs: the scenarios that ship, and the machine that plays them. */
export type Machine = typeof import("../connection/machine.ts");
/** What a reader presses and hears: segments, bars, keys, the text of each step. */
export type Controls = typeof import("../connection/controls.ts");
/** What stands beside or below the ladder, and the transcript. */
export type Cards = typeof import("../connection/cards.ts");
/** What tells a step in sentences. */
export type Narrate = typeof import("../narration/narrate.ts").narrate;

/** The run of a scenario that ships, made before. */
export interface RecordedRun {
  readonly title: Text;
  readonly trace: Trace;
}
