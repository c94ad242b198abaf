import type { Cards } from "../../src/connection/side-cards.ts";
import type { Piece } from "../../src/pieces/piece.ts";
import { part } from "./part.ts";

export const sideCards: Piece<Cards> = part("cards");
