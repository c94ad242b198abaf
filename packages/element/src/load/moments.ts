import { type CensusRow, frameField, mostOf } from "@synfin/simulator/bulk";
import { type Band, bandsOf, type Mark, totalOf } from "@synfin/simulator/plot";
import { censusToDraw, type LoadView } from "./load-controller.ts";
import type { Scene } from "./panels.ts";

/** A time worth going to, and how many there were then, where it is about a number. */
export interface Moment {
  readonly name: string;
  readonly count: number | undefined;
  readonly atUs: number;
}

/** The most connections that a host held at once. */
export function mostHeld(
  census: readonly CensusRow[],
  host: number,
  bands: readonly Band[],
): ReturnType<typeof mostOf> {
  return mostOf(census, (row) => totalOf(row, host, bands));
}

/** When things began to fail: by errno once the run is over, the first of all before. */
export function marksOf({ view, words }: Scene): Mark[] {
  const { result } = view;
  if (result !== undefined) {
    return Object.keys(result.failures).flatMap((errno) => {
      const atUs = result.firsts[errno];
      return atUs === undefined ? [] : [{ atUs, text: words.firstOf(errno) }];
    });
  }
  const atUs = firstFailureUs(view);
  return atUs < 0 ? [] : [{ atUs, text: words.firstFailure }];
}

function firstFailureUs({ frame }: LoadView): number {
  return frame === undefined ? -1 : frameField(frame, "firstFailureUs");
}

/** The busiest moments of a run, and those at which it began to fail. */
export function momentsOf(scene: Scene, host: number, hosts: readonly string[]): Moment[] {
  const { view, words } = scene;
  const census = censusToDraw(view);
  const held = mostHeld(census, host, bandsOf(host, census));
  const alive = mostOf(census, (row) => row.alive);
  const busiest = [
    { name: words.mostAt(words.hosts(hosts[host] ?? "")), ...held },
    { name: words.mostAlive, ...alive },
  ].filter(({ count }) => count > 0);
  const failures = marksOf(scene).map(({ text, atUs }) => ({ name: text, count: undefined, atUs }));
  return [...busiest, ...failures];
}
