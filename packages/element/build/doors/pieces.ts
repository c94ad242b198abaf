import type { Language } from "../../src/locale/language.ts";
import type { Cards, Controls, Machine, Narrate, RecordedRun } from "../../src/pieces/kinds.ts";
import { later, type Piece } from "../../src/pieces/piece.ts";
import { hasPart, part } from "./part.ts";

/** In the file for pages without a bundler the machine comes when something is to be run. */
export const machine: Piece<Machine> = part("machine");
export const controls: Piece<Controls> = part("controls");
export const cards: Piece<Cards> = part("cards");

const narrators: Readonly<Record<Language, Piece<Narrate>>> = {
  en: narration("narration-en"),
  ko: narration("narration-ko"),
};

/** What tells the steps of a run, in the one language that is asked for. */
export function narrator(language: Language): Piece<Narrate> {
  return narrators[language];
}

function narration(name: string): Piece<Narrate> {
  const piece = part<{ readonly narrate: Narrate }>(name);
  return later(async () => (await piece.load()).narrate);
}

/** The machine's own runs of the scenarios as they ship, made when these files were. */
const runs: Map<string, Piece<RecordedRun>> = new Map();

export function recordedRun(name: string): Piece<RecordedRun> | undefined {
  const file = `run-${name}`;
  if (!hasPart(file)) return undefined;
  const packed = part<Packed>(file);
  const run = runs.get(name) ?? later(async () => unpacked(await packed.load()));
  runs.set(name, run);
  return run;
}

/** A run without the names of its fields, as the build's `recorded-runs.mjs` packs it. */
interface Packed {
  readonly shapes: readonly (readonly string[])[];
  readonly values: unknown;
}

function unpacked({ shapes, values }: Packed): RecordedRun {
  const unpack = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    const names = shapes[value[0]];
    if (names === undefined) return value.slice(1).map(unpack);
    const object: Record<string, unknown> = {};
    for (const [at, name] of names.entries()) object[name] = unpack(value[at + 1]);
    return object;
  };
  return unpack(values) as RecordedRun;
}
