import type { Scenario, Text, Trace } from "@synfin/simulator";

/** A writer's own words for steps, counted from 1; a plain string serves every language. */
export type OwnWords = ReadonlyMap<number, string | Text>;

/**
 * What an element plays instead of a scenario that ships: a lesson that the page
 * holds, or a recording that its `src` names.
 */
export type Source =
  | { readonly kind: "pending" }
  | { readonly kind: "failed"; readonly what: string; readonly why: string }
  | {
      readonly kind: "lesson";
      /** None where the words are for the scenario that the element names. */
      readonly scenario: Scenario | undefined;
      readonly words: OwnWords;
    }
  | {
      readonly kind: "recording";
      readonly title: Text;
      readonly description?: Text | undefined;
      readonly trace: Trace;
      readonly isCapture: boolean;
    };

/** Whether a source is a run of its own, so that there is no scenario to choose. */
export function isOwnRun(source: Source | undefined): boolean {
  return source !== undefined && (source.kind !== "lesson" || source.scenario !== undefined);
}
