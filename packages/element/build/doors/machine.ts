import { CATALOGUE } from "synfin:catalogue";
import type { Trace } from "@synfin/simulator";
import type { Listed, Machine } from "../../src/connection/machine.ts";
import { later, type Piece } from "../../src/pieces/piece.ts";
import { part } from "./part.ts";

/** In the file for pages without a bundler the machine comes when something is to be run. */
export const machine: Piece<Machine> = part("machine");

export const catalogue: readonly Listed[] = CATALOGUE;

/** The machine's own runs of the scenarios as they ship, made when these files were. */
const runs: Map<string, Piece<Trace>> = new Map(
  CATALOGUE.map(({ name }) => {
    const packed = part<Packed>(`run-${name}`);
    return [name, later(async () => unpacked(await packed.load()))];
  }),
);

export function recordedRun(name: string): Piece<Trace> | undefined {
  return runs.get(name);
}

/** A run without the names of its fields, as the build's `recorded-runs.mjs` packs it. */
interface Packed {
  readonly shapes: readonly (readonly string[])[];
  readonly values: unknown;
}

function unpacked({ shapes, values }: Packed): Trace {
  const unpack = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    const [shape, ...all] = value.map(unpack);
    const names = shapes[Number(shape)];
    return names === undefined ? all : Object.fromEntries(names.map((name, at) => [name, all[at]]));
  };
  return unpack(values) as Trace;
}
