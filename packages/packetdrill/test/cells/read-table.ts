import { readFileSync } from "node:fs";
import {
  ACKS,
  type Ack,
  type Cell,
  PLACES,
  type Place,
  SEGMENT_NAMES,
  type SegmentName,
} from "./cell.ts";
import { STATES } from "./states.ts";

/** A row of `cells.md`: which cells it means, and what they want. */
export interface Row {
  readonly line: number;
  readonly states: readonly string[];
  readonly segments: readonly SegmentName[];
  readonly places: readonly Place[];
  readonly acks: readonly Ack[];
  /** The answer as RFC 9293 writes it; undefined for none. */
  readonly answer: string | undefined;
  /** The state afterwards; `same` for the one before. */
  readonly after: string;
  readonly why: string;
}

const NAMES = STATES.map(({ name }) => name);
const SYNCHRONIZED = NAMES.slice(NAMES.indexOf("ESTABLISHED"));
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  synchronized: SYNCHRONIZED,
  others: [...NAMES.filter((name) => name.startsWith("SYN-RECEIVED/")), ...SYNCHRONIZED],
};
const SIDES: Readonly<Record<string, readonly Place[]>> = {
  inside: ["left edge", "right edge"],
  outside: ["outside left", "outside right"],
};

/** The table: with RFC 5961, and the cells that are others without it. */
export function readTable(): { secure: readonly Row[]; insecure: readonly Row[] } {
  const lines = readFileSync(new URL("cells.md", import.meta.url), "utf8").split("\n");
  const parts = lines.flatMap((text, index) => {
    const cells = text.startsWith("| ") ? text.split("|").slice(1, -1) : [];
    const words = cells.map((cell) => cell.trim());
    return words.includes("---") || words.includes("answer") ? [] : [{ line: index + 1, words }];
  });
  const answers = new Map(
    parts.flatMap(({ words: [name = "", form = ""], words }) =>
      words.length === 2 ? [[name, form.replaceAll("`", "")] as const] : [],
    ),
  );
  const rows = parts
    .filter(({ words }) => words.length > 2)
    .map(({ line, words }) => readRow(line, words, answers));
  const insecureFrom = lines.indexOf("## Without RFC 5961");
  return {
    secure: rows.filter(({ line }) => line <= insecureFrom),
    insecure: rows.filter(({ line }) => line > insecureFrom),
  };
}

function readRow(line: number, words: readonly string[], answers: Map<string, string>): Row {
  const [states = "", segments = "", places = "", acks = "", answer = "", then = "", why = ""] =
    words;
  const form = answers.get(answer);
  if (words.length !== 7 || why === "" || (form === undefined && answer !== "nothing")) {
    throw new Error(`cells.md:${line}: a row has seven columns and an answer of the list`);
  }
  return {
    line,
    states: readStates(states, line),
    segments: readList(segments, SEGMENT_NAMES, {}, line),
    places: readList(places, PLACES, SIDES, line),
    acks: readList(acks, ACKS, {}, line),
    answer: form,
    after: then === "same" || then === "TIME-WAIT anew" ? then : (readStates(then, line)[0] ?? ""),
    why,
  };
}

/** `A, B but C`: names, groups, and a name without its variant. */
function readStates(text: string, line: number): string[] {
  const [taken = "", left] = text.split(" but ");
  const variants = Object.fromEntries(
    NAMES.map((name) => name.replace(/\/.*/, "")).map((plain) => [
      plain,
      NAMES.filter((name) => name === plain || name.startsWith(`${plain}/`)),
    ]),
  );
  const names = readList(taken, NAMES, { ...variants, ...GROUPS }, line);
  const out = left === undefined ? [] : readStates(left, line);
  return names.filter((name) => !out.includes(name));
}

/** Names with commas between; nothing is all of them. */
function readList<T extends string>(
  text: string,
  all: readonly T[],
  groups: Readonly<Record<string, readonly T[]>>,
  line: number,
): T[] {
  if (text === "") return [...all];
  return text.split(", ").flatMap((word) => {
    const found = groups[word] ?? all.filter((name) => name === word);
    if (found.length === 0) throw new Error(`cells.md:${line}: there is no "${word}"`);
    return found;
  });
}

/** The rows that a cell is in. */
export function rowsOf(cell: Cell, rows: readonly Row[]): Row[] {
  const { state, segment, place, ack } = cell;
  return rows.filter(
    ({ states, segments, places, acks }) =>
      states.includes(state.name) &&
      segments.includes(segment) &&
      (place === undefined || places.includes(place)) &&
      (ack === undefined || acks.includes(ack)),
  );
}
