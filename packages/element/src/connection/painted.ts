/** A page that nobody sees paints no frames; those who wait for one go on all the same. */
const LONGEST_MS = 200;

/** Fulfilled in a task of its own once the next frame has been painted. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      // The frame itself is painted after this and before the next task.
      setTimeout(resolve);
    });
  });
}
