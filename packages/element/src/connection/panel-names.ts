/** What an element is made of, by the words of its `view`. */
export const PANELS = [
  "picker",
  "ladder",
  "controls",
  "narration",
  "states",
  "header",
  "transcript",
] as const;
export type Panel = (typeof PANELS)[number];

/** The panels that a `view` names, separated by spaces or commas; all where it names none. */
export function panelsOf(view: string | null): ReadonlySet<Panel> {
  const words = view?.split(/[\s,]+/) ?? [];
  const named = PANELS.filter((panel) => words.includes(panel));
  return new Set(named.length === 0 ? PANELS : named);
}

/** Whether there is anything beside the ladder. */
export function hasSide(panels: ReadonlySet<Panel>): boolean {
  return panels.has("narration") || panels.has("states") || panels.has("header");
}
