import { State, type StateName, stateName } from "@synfin/core/tcp";
import type { Census } from "../load/frame.ts";

/** Which end of the connections the chart shows. */
export type End = "client" | "server";

/** What a state has in common with its neighbours; a group has one colour. */
export type BandGroup = "opening" | "open" | "closing" | "waiting";

/** How a layer is hatched; no two states that one end usually has are hatched alike. */
export type Texture = "plain" | "rising" | "falling" | "upright" | "level" | "dotted";

/** One layer of the chart: a state of one end. */
export interface Band {
  readonly state: State;
  readonly name: StateName;
  readonly group: BandGroup;
  /** Tells the states of one end apart where colour does not. */
  readonly texture: Texture;
}

/** The states that hold a connection, from the bottom of the chart to its top. */
const LAYERS: readonly (readonly [State, BandGroup, Texture])[] = [
  [State.TIME_WAIT, "waiting", "plain"],
  [State.LAST_ACK, "closing", "falling"],
  [State.CLOSE_WAIT, "closing", "rising"],
  [State.CLOSING, "closing", "upright"],
  [State.FIN_WAIT_2, "closing", "falling"],
  [State.FIN_WAIT_1, "closing", "rising"],
  [State.ESTABLISHED, "open", "dotted"],
  [State.SYN_RECEIVED, "opening", "upright"],
  [State.SYN_SENT, "opening", "level"],
];

/** States that an end of an ordinary connection comes through; the rest show if they occur. */
const USUAL: Readonly<Record<End, readonly State[]>> = {
  client: [State.SYN_SENT, State.ESTABLISHED, State.FIN_WAIT_1, State.FIN_WAIT_2, State.TIME_WAIT],
  server: [State.SYN_RECEIVED, State.ESTABLISHED, State.CLOSE_WAIT, State.LAST_ACK],
};

/** The layers to draw for one end, from the bottom up. */
export function bandsOf(end: End, census: readonly Census[]): Band[] {
  return LAYERS.filter(
    ([state]) => USUAL[end].includes(state) || census.some((row) => countOf(row, end, state) > 0),
  ).map(([state, group, texture]) => ({ state, name: stateName(state), group, texture }));
}

/** How many connections stand in a state at one end. */
export function countOf(row: Census, end: End, state: State): number {
  return row[end][state] ?? 0;
}

/** How many connections one end holds in all. */
export function totalOf(row: Census, end: End, bands: readonly Band[]): number {
  return bands.reduce((sum, band) => sum + countOf(row, end, band.state), 0);
}
