import type { EventTime } from "../ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseSeconds } from "./number.ts";

/** What stands before an action; `endUs` is the end of a blocking call. */
export interface ParsedTime {
  readonly time: EventTime;
  readonly endUs: number | undefined;
}

/** `N`, `+N`, `*`, `N~N`, `+N~+N`, `N...N`, `+N...N`. */
export function parseTime(cursor: Cursor): ParsedTime {
  if (cursor.take("*")) return { time: { type: "any" }, endUs: undefined };
  const relative = cursor.take("+");
  const us = parseSeconds(cursor);
  if (cursor.sees("...")) return blocking(cursor, relative, us);
  cursor.skip();
  if (!cursor.take("~")) return { time: point(relative, us), endUs: undefined };
  if (relative) cursor.need("+", '"+", since the range begins with one');
  const endUs = parseEnd(cursor, us, "a time that is not before the range's beginning");
  const type = relative ? "relative-range" : "absolute-range";
  return { time: { type, us, endUs }, endUs: undefined };
}

function blocking(cursor: Cursor, relative: boolean, us: number): ParsedTime {
  cursor.take("...");
  const endUs = parseEnd(cursor, us, "a time that is not before the call's beginning");
  return { time: point(relative, us), endUs };
}

function parseEnd(cursor: Cursor, startUs: number, otherwise: string): number {
  const at = cursor.offset;
  const endUs = parseSeconds(cursor);
  if (endUs < startUs) cursor.fail(otherwise, at);
  cursor.skip();
  return endUs;
}

function point(relative: boolean, us: number): EventTime {
  return { type: relative ? "relative" : "absolute", us };
}
