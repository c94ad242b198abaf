/** Scrolls a pane so that the height `y` is in it, and not at its very edge. */
export function keepInView(pane: Element | null, y: number | undefined, smooth: boolean): void {
  if (pane === null || y === undefined) return;
  const { scrollTop, clientHeight } = pane;
  if (y >= scrollTop + 40 && y <= scrollTop + clientHeight - 90) return;
  pane.scrollTo({ top: y - clientHeight * 0.4, behavior: smooth ? "smooth" : "instant" });
}
