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

/** The panels that a `view` names, separated by spaces; all where it names none. */
export function panelsOf(view: string | null): ReadonlySet<Panel> {
  const words = view?.split(/\s+/) ?? [];
  const named = PANELS.filter((panel) => words.includes(panel));
  return new Set(named.length === 0 ? PANELS : named);
}

/** Whether there is anything beside the ladder. */
export function hasSide(panels: ReadonlySet<Panel>): boolean {
  return panels.has("narration") || panels.has("states") || panels.has("header");
}

/** At most common sizes of text: from here on the side panels stand beside the ladder. */
const WIDE = 52 * 16;
const SIDE = 23 * 16;
const BORDERS = 2;

/** How wide the ladder's pane will probably be in an element of this width, in pixels. */
export function paneWidth(width: number, panels: ReadonlySet<Panel>): number {
  return width - BORDERS - (hasSide(panels) && width >= WIDE ? SIDE : 0);
}
