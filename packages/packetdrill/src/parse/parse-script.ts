import type { Action, Item, Position, Script, ScriptOption, ShellAction } from "../ast.ts";
import { Cursor, type ParseError, ParseFailure } from "./cursor.ts";
import { parseList, parseResult } from "./parse-expr.ts";
import { parsePacket } from "./parse-packet.ts";
import { parseTime } from "./parse-time.ts";

export type ParseResult =
  | { readonly ok: true; readonly script: Script }
  | { readonly ok: false; readonly error: ParseError };

/**
 * A script from its text. No text makes it throw: what is no script gives the
 * place, what was found there, and what would be right.
 */
export function parseScript(text: string): ParseResult {
  const cursor = new Cursor(text);
  try {
    return { ok: true, script: parse(cursor) };
  } catch (error) {
    if (error instanceof ParseFailure) return { ok: false, error: error.error };
    throw error;
  }
}

function parse(cursor: Cursor): Script {
  cursor.skip();
  const options: ScriptOption[] = [];
  while (cursor.sees("--")) options.push(parseOption(cursor));
  const init = cursor.sees("`") ? parseShell(cursor) : undefined;
  const items: Item[] = [];
  while (!cursor.atEnd() && !cursor.sees("`")) items.push(parseItem(cursor));
  const cleanup = cursor.sees("`") ? parseShell(cursor) : undefined;
  if (!cursor.atEnd()) cursor.fail("the end of the script after its cleanup command");
  return { options, init, items, cleanup };
}

function parseOption(cursor: Cursor): ScriptOption {
  const at = cursor.position();
  cursor.offset += 2;
  const name = cursor.matchExactly(/[a-z]\w*/y) ?? cursor.fail("the name of an option");
  const value = cursor.matchExactly(/=\S*/y)?.slice(1);
  cursor.skip();
  return { at, name, value };
}

function parseItem(cursor: Cursor): Item {
  const at = cursor.position();
  if (cursor.takeWord("#ifdef")) return parseConditional(cursor, at);
  if (cursor.sees("#endif")) cursor.fail('an "#ifdef" before this');
  if (cursor.sees("#")) cursor.fail('"#ifdef NAME" or "#endif", the only directives');
  const { time, endUs } = parseTime(cursor);
  const actionAt = cursor.offset;
  const action = parseAction(cursor, endUs);
  const mayVary = action.type === "packet" && action.direction === "out";
  if (!mayVary && time.type !== "absolute" && time.type !== "relative") {
    cursor.fail('an outbound packet, ">", behind a range of times or "*"', actionAt);
  }
  return { type: "event", at, time, action };
}

function parseConditional(cursor: Cursor, at: Position): Item {
  const name = cursor.match(/[A-Za-z_]\w*/y) ?? cursor.fail("a name to look up");
  const items: Item[] = [];
  while (!cursor.takeWord("#endif")) {
    if (cursor.atEnd()) cursor.fail(`"#endif" for the "#ifdef" of line ${at.line}`);
    if (cursor.sees("#ifdef")) cursor.fail('"#endif" first: conditions do not nest');
    items.push(parseItem(cursor));
  }
  return { type: "ifdef", at, name, items };
}

function parseAction(cursor: Cursor, endUs: number | undefined): Action {
  const at = cursor.position();
  if (endUs !== undefined && !/[A-Za-z_]/.test(cursor.text.charAt(cursor.offset))) {
    cursor.fail("a system call behind the two times of one that blocks");
  }
  if (cursor.take("<")) return parsePacket(cursor, at, "in");
  if (cursor.take(">")) return parsePacket(cursor, at, "out");
  if (cursor.sees("`")) return parseShell(cursor);
  if (cursor.sees("%{")) {
    cursor.offset += 2;
    return { type: "code", at, code: cursor.until("}%", '"}%" at the end of this code') };
  }
  return parseSyscall(cursor, at, endUs);
}

function parseShell(cursor: Cursor): ShellAction {
  const at = cursor.position();
  cursor.offset += 1;
  return { type: "shell", at, command: cursor.until("`", 'a "`" at the end of this command') };
}

function parseSyscall(cursor: Cursor, at: Position, endUs: number | undefined): Action {
  const name =
    cursor.match(/[A-Za-z_]\w*/y) ??
    cursor.fail('an action: "<" or ">" and a packet, a system call, "`command`" or "%{ code }%"');
  cursor.need("(", '"(" and the arguments of the call');
  const args = parseList(cursor, ")");
  cursor.need("=", '"=" and the result of the call');
  const result = cursor.take("?") ? "any" : parseResult(cursor);
  const errno = cursor.match(/E[A-Z0-9]+\b/y);
  const note = cursor.take("(") ? cursor.until(")", '")" after the note').trim() : undefined;
  return { type: "syscall", at, name, args, result, errno, note, endUs };
}
