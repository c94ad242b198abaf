type Files = typeof import("./index.ts");

/** What makes files of a run: few readers take one along, so it is loaded when one does. */
export function loadFiles(): Promise<Files> {
  return import("./index.ts");
}
