import { type Piece, present } from "../pieces/piece.ts";
import * as cards from "./cards.ts";

export type Cards = typeof cards;

/** The state diagram and the header inspector, which stand beside or below the ladder. */
export const sideCards: Piece<Cards> = present(cards);
