import { CATALOGUE, PROFILE } from "synfin:load-catalogue";
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

/** What the first scenario does not use of the machine; it comes before all other parts. */
export const rest: Piece<unknown> = shelvedPart("load-rest", []);

/** A part for the worker as well. */
export function fetchShelved(name: string): Piece<unknown> {
  return shelvedPart(name, [rest]);
}

function shelvedPart(name: string, before: readonly Piece<unknown>[]): Piece<unknown> {
  const file = partFile(name);
  return later(async () => {
    const [{ open }] = await Promise.all([file.load(), ...before.map((one) => one.load())]);
    shelve(open);
    shelved.push(open);
    return open;
  });
}

/** The first one in the list is in the file itself. */
const pieces: Map<string, Piece<unknown>> = new Map(
  CATALOGUE.slice(1).map(({ name }) => [name, fetchShelved(`load-${name}`)]),
);

export const scenarioPiece: typeof Real.scenarioPiece = (name, profile) => {
  const piece = pieces.get(name);
  // Unknown ones give way to the default: they have no need of anything.
  return piece === undefined && (profile ?? PROFILE) !== PROFILE ? rest : piece;
};

/** The worker as the text of a classic script, with the scenarios that have come so far. */
export function inlineWorker(): string {
  return `"use strict";${synfinMachine};const synfinShelf=[${shelved}];${SYNFIN_WORKER}`;
}
