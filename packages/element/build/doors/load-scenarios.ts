import { CATALOGUE } from "synfin:load-catalogue";
import type * as Real from "../../src/load/scenarios.ts";
import { later, type Piece } from "../../src/pieces/piece.ts";
import { type Part, partFile } from "./part.ts";
import { shelve } from "./scenario-shelf.ts";

/** The function of the file that has the machine, and the rest of the worker as text. */
declare const synfinMachine: unknown;
declare const SYNFIN_WORKER: string;

export const listedScenarios: typeof Real.listedScenarios = CATALOGUE;

/** The parts that have come, as the worker opens them too. */
const shelved: Part["open"][] = [];

/** A part for the worker as well. */
export function fetchShelved(name: string): Piece<unknown> {
  const file = partFile(name);
  return later(async () => {
    const { open } = await file.load();
    shelve(open);
    shelved.push(open);
    return open;
  });
}

/** The first one in the list is in the file itself. */
const pieces: Map<string, Piece<unknown>> = new Map(
  CATALOGUE.slice(1).map(({ name }) => [name, fetchShelved(`load-${name}`)]),
);

export function scenarioPiece(name: string): Piece<unknown> | undefined {
  return pieces.get(name);
}

/** The worker as the text of a classic script, with the scenarios that have come so far. */
export function inlineWorker(): string {
  return `"use strict";${synfinMachine};const synfinShelf=[${shelved}];${SYNFIN_WORKER}`;
}
