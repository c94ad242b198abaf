import type { Actions } from "./scene.ts";

/**
 * What the keys do while focus is inside: the space bar plays and pauses, the
 * arrows to the sides step, Home and End go to the ends, up and down move
 * among the segments of the ladder, Enter and Space press the one in focus, and
 * Delete loses it. Buttons, lists and links keep their own keys.
 */
export function handleKey(event: KeyboardEvent, actions: Actions, endUs: number): void {
  const target = event.composedPath()[0];
  if (!(target instanceof Element) || event.defaultPrevented || event.isComposing) return;
  const act = actOf(event, target, actions, endUs);
  if (act === undefined) return;
  event.preventDefault();
  act();
}

function actOf(
  event: KeyboardEvent,
  target: Element,
  actions: Actions,
  endUs: number,
): (() => void) | undefined {
  if (isUndo(event)) return actions.undo;
  if (event.ctrlKey || event.metaKey || event.altKey || target.matches("select")) return undefined;
  const segment = target.closest("[data-segment]");
  return segment === null
    ? keyOf(event, target, actions, endUs)
    : segmentKey(event, segment, actions, endUs);
}

function isUndo({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === "z" && (ctrlKey || metaKey) && !shiftKey;
}

function keyOf(
  { key }: KeyboardEvent,
  target: Element,
  actions: Actions,
  endUs: number,
): (() => void) | undefined {
  const own = target.matches("button, summary, a");
  if (key === " ") return own ? undefined : actions.toggle;
  return moveKey(key, actions, endUs);
}

function moveKey(key: string, actions: Actions, endUs: number): (() => void) | undefined {
  if (key === "ArrowRight") return () => actions.step(1);
  if (key === "ArrowLeft") return () => actions.step(-1);
  if (key === "Home") return () => actions.seek(0);
  return key === "End" ? () => actions.seek(endUs) : undefined;
}

const PRESSES = ["Enter", " "];
const DROPS = ["Delete", "Backspace"];

function segmentKey(
  { key }: KeyboardEvent,
  segment: Element,
  actions: Actions,
  endUs: number,
): (() => void) | undefined {
  const id = segment.getAttribute("data-segment") ?? "";
  if (PRESSES.includes(key)) return () => actions.press(id);
  if (DROPS.includes(key)) return () => actions.press(id, "drop");
  if (key === "ArrowDown") return () => focusNeighbour(segment, 1);
  if (key === "ArrowUp") return () => focusNeighbour(segment, -1);
  return moveKey(key, actions, endUs);
}

/** Moves the focus to the segment that was sent after, or before, this one. */
function focusNeighbour(segment: Element, by: 1 | -1): void {
  const all = segment.parentElement?.querySelectorAll<SVGElement>("[data-segment]") ?? [];
  const list: Element[] = [...all];
  all[list.indexOf(segment) + by]?.focus();
}
