/** Hands a file to the browser as a download. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken hold of the file by the next turn, but says so to nobody.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Whether an element stands on a dark ground, whatever made it so. */
export function isDark(element: Element | null): boolean {
  if (element === null) return false;
  const [red = 255, green = 255, blue = 255] =
    getComputedStyle(element).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
  return red + green + blue < 3 * 128;
}
