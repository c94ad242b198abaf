export { hashWith, placeIn } from "./deep-link.ts";
export { exportRun } from "./export-run.ts";
export { type FieldNote, noteOf } from "./field-note.ts";
export { readFile, readInline } from "./read-source.ts";
