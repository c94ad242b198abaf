import { MADE, PARTS } from "synfin:parts";
import { shared } from "synfin:shared";
import { later, type Piece } from "../../src/pieces/piece.ts";

/** A file beside the first one: what it has needs what the first one has. */
export interface Part {
  readonly made: string;
  readonly open: (shared: object) => unknown;
}

/** The part of this name, `parts/NAME.js` beside this file. */
export function part<T>(name: string): Piece<T> {
  const file = partFile(name);
  return later(async () => (await file.load()).open(shared()) as T);
}

/** Whether there is a part of this name. */
export function hasPart(name: string): boolean {
  return Object.hasOwn(PARTS, name);
}

/** The same before it is opened. */
export function partFile(name: string): Piece<Part> {
  let tries = 0;
  return later(async () => {
    try {
      tries += 1;
      if (tries === 1 && PARTS[name] !== undefined) return fitting(name, await PARTS[name]());
    } catch {
      // An older file in a cache, or a failure that the browser remembers: ask past both.
    }
    const { href } = new URL(`./parts/${name}.js?${MADE}.${tries}`, import.meta.url);
    const fetched: Part = await import(/* @vite-ignore */ /* webpackIgnore: true */ href);
    return fitting(name, fetched);
  });
}

function fitting(name: string, part: Part): Part {
  if (part.made !== MADE) throw new Error(`synfin: parts/${name}.js belongs to another build`);
  return part;
}
