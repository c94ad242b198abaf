import { State, type StateName, stateName } from "@synfin/core/tcp";
import { type CensusRow, STATE_COUNT } from "../bulk/census.ts";

/** What a state has in common with its neighbours; a group has one colour. */
export type BandGroup = "opening" | "open" | "closing" | "waiting";

/** How a layer is hatched; no two states are hatched alike, so that none needs its colour. */
export type Texture =
  | "plain"
  | "rising"
  | "falling"
  | "upright"
  | "level"
  | "crossed"
  | "posts"
  | "rungs"
  | "dotted";

/** One layer of the chart: a state at one host. */
export interface Band {
  readonly state: State;
  readonly name: StateName;
  readonly group: BandGroup;
  readonly texture: Texture;
}

/** The states that hold a connection, from the bottom of the chart to its top. */
const LAYERS: readonly (readonly [State, BandGroup, Texture])[] = [
  [State.TIME_WAIT, "waiting", "plain"],
  [State.LAST_ACK, "closing", "rungs"],
  [State.CLOSE_WAIT, "closing", "crossed"],
  [State.CLOSING, "closing", "posts"],
  [State.FIN_WAIT_2, "closing", "falling"],
  [State.FIN_WAIT_1, "closing", "rising"],
  [State.ESTABLISHED, "open", "dotted"],
  [State.SYN_RECEIVED, "opening", "upright"],
  [State.SYN_SENT, "opening", "level"],
];

/** What comes with an ordinary connection at who opens and closes it, and at who is opened to. */
const USUAL: readonly (readonly State[])[] = [
  [State.SYN_SENT, State.ESTABLISHED, State.FIN_WAIT_1, State.FIN_WAIT_2, State.TIME_WAIT],
  [State.SYN_RECEIVED, State.ESTABLISHED, State.CLOSE_WAIT, State.LAST_ACK],
];

/**
 * The layers to draw for one host, from the bottom up: what is usual there,
 * and what occurs. The first host is taken for the one that opens.
 */
export function bandsOf(host: number, census: readonly CensusRow[]): Band[] {
  const usual = USUAL[Math.min(host, 1)] ?? [];
  return LAYERS.filter(
    ([state]) => usual.includes(state) || census.some((row) => countOf(row, host, state) > 0),
  ).map(([state, group, texture]) => ({ state, name: stateName(state), group, texture }));
}

/** How many connections stand in a state at one host. */
export function countOf({ states }: CensusRow, host: number, state: State): number {
  return states[host * STATE_COUNT + state] ?? 0;
}

/** How many connections one host holds in all. */
export function totalOf(row: CensusRow, host: number, bands: readonly Band[]): number {
  return bands.reduce((sum, band) => sum + countOf(row, host, band.state), 0);
}
