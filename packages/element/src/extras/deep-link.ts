import { parseFault } from "@synfin/simulator";
import { splitFaults } from "../connection/run.ts";
import { hashWithText, textIn } from "../links/fragment.ts";

/** A place in a run: what makes the run, and the time. */
export interface Place {
  readonly scenario: string;
  readonly seed: number;
  /** In the fault grammar, separated by spaces. */
  readonly faults: string;
  readonly atUs: number;
}

/** The version that this code writes; another one is not read. */
const LINK_VERSION = 1;
const MOST_FAULTS = 100;

/** `1;lost-fin;7;1358000;drop:client:any:4,delay=2s:server:ACK` */
const PLACE = new RegExp(
  String.raw`^${LINK_VERSION};([a-z][a-z0-9-]{0,62});(\d{1,16});(\d{1,16});([\w:=*+,-]*)$`,
);

/** A place as text: only characters that a URL's fragment takes as they are. */
export function formatPlace({ scenario, seed, faults, atUs }: Place): string {
  return [LINK_VERSION, scenario, seed, atUs, splitFaults(faults).join(",")].join(";");
}

/** Reads what `formatPlace` wrote; undefined for everything else. Never throws. */
export function parsePlace(text: string): Place | undefined {
  const [, scenario, seedText, atText, faultText] = PLACE.exec(text) ?? [];
  if (scenario === undefined || faultText === undefined) return undefined;
  const [seed, atUs] = [Number(seedText), Number(atText)];
  const faults = splitFaults(faultText);
  const isSound =
    Number.isSafeInteger(seed) &&
    Number.isSafeInteger(atUs) &&
    faults.length <= MOST_FAULTS &&
    faults.every((fault) => parseFault(fault).ok);
  return isSound ? { scenario, seed, faults: faults.join(" "), atUs } : undefined;
}

/** The place that a fragment, `#close=1;lost-fin;7;0;&other=x`, holds for a key. */
export function placeIn(hash: string, key: string): Place | undefined {
  const text = textIn(hash, key);
  return text === undefined ? undefined : parsePlace(text);
}

/** The fragment with this place for a key; what it holds for others stays. */
export function hashWith(hash: string, key: string, place: Place): string {
  return hashWithText(hash, key, formatPlace(place));
}
