import { later, type Piece } from "../pieces/piece.ts";

/** What few readers need is loaded when the first one asks for it. */
export const exporting: Piece<typeof import("./export-run.ts")> = later(
  () => import("./export-run.ts"),
);
export const fieldNotes: Piece<typeof import("./field-note.ts")> = later(
  () => import("./field-note.ts"),
);
export const links: Piece<typeof import("./deep-link.ts")> = later(() => import("./deep-link.ts"));
export const sources: Piece<typeof import("./read-source.ts")> = later(
  () => import("./read-source.ts"),
);
