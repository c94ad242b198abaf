import type { Expr, Field } from "../ast.ts";
import type { Cursor } from "./cursor.ts";

const DEEPEST = 16;

/** An argument or a result: a term, or several joined by `|`. */
function parseExpr(cursor: Cursor): Expr {
  const first = parseTerm(cursor);
  if (!cursor.sees("|")) return first;
  const terms = [first];
  while (cursor.take("|")) terms.push(parseTerm(cursor));
  return { type: "or", terms };
}

/** A result: a number or a name. What stands in brackets behind it is no part of it. */
export function parseResult(cursor: Cursor): Expr {
  const number = parseNumber(cursor);
  if (number !== undefined) return number;
  const name = cursor.match(/[A-Za-z_]\w*/y) ?? cursor.fail('a result: a number, a name or "?"');
  return { type: "word", name };
}

/** Expressions up to `close`; what opens the list is behind us. */
export function parseList(cursor: Cursor, close: string): readonly Expr[] {
  const items: Expr[] = [];
  if (cursor.take(close)) return items;
  do items.push(parseExpr(cursor));
  while (cursor.take(","));
  cursor.need(close, `"," or "${close}"`);
  return items;
}

function parseTerm(cursor: Cursor): Expr {
  if (cursor.take("...")) return { type: "any" };
  if (cursor.sees('"')) return { type: "string", text: parseString(cursor) };
  if (cursor.sees("[")) return nested(cursor, "[", parseArray);
  if (cursor.sees("{")) return nested(cursor, "{", parseStruct);
  const number = parseNumber(cursor);
  if (number !== undefined) return number;
  const name = cursor.match(/[A-Za-z_]\w*/y);
  if (name === undefined) {
    return cursor.fail('a value: a number, a name, a string, "...", "[", or "{"');
  }
  if (!cursor.sees("(")) return { type: "word", name };
  return nested(cursor, "(", () => ({ type: "call", name, args: parseList(cursor, ")") }));
}

function parseNumber(cursor: Cursor): Expr | undefined {
  const hex = cursor.match(/0x[0-9a-fA-F]+/y);
  if (hex !== undefined) return integer(cursor, hex, true);
  const digits = cursor.match(/-?\d+/y);
  return digits === undefined ? undefined : integer(cursor, digits, false);
}

function integer(cursor: Cursor, text: string, hex: boolean): Expr {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) cursor.fail("a number of less than 2^53 before this");
  // There is one zero, whatever its sign.
  return { type: "int", value: value === 0 ? 0 : value, hex };
}

function nested(cursor: Cursor, open: string, parse: (cursor: Cursor) => Expr): Expr {
  if (cursor.depth === DEEPEST) cursor.fail(`at most ${DEEPEST} levels of nesting`);
  cursor.depth += 1;
  cursor.take(open);
  const expr = parse(cursor);
  cursor.depth -= 1;
  return expr;
}

function parseArray(cursor: Cursor): Expr {
  return { type: "array", items: parseList(cursor, "]") };
}

function parseStruct(cursor: Cursor): Expr {
  const fields: Field[] = [];
  if (cursor.take("}")) return { type: "struct", fields };
  do fields.push(parseField(cursor));
  while (cursor.take(","));
  cursor.need("}", '"," or "}"');
  return { type: "struct", fields };
}

/** `name = value`; some dialects write a colon, and a length behind the name. */
function parseField(cursor: Cursor): Field {
  const name = cursor.match(/[A-Za-z_]\w*(?=\s*(?:\([^()]*\)\s*)?[=:])/y);
  if (name === undefined) return { name: undefined, value: parseExpr(cursor) };
  if (cursor.sees("(")) cursor.until(")", '")"');
  if (!cursor.take("=")) cursor.need(":", '"=" or ":"');
  return { name, value: parseExpr(cursor) };
}

function parseString(cursor: Cursor): string {
  const start = cursor.offset;
  const quoted = cursor.match(/"(?:[^"\\\n]|\\[^\n])*"/y);
  if (quoted === undefined) return cursor.fail("a string that ends on its line", start);
  return unescaped(quoted.slice(1, -1));
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["0", "\0"],
]);

function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/gu, (_, letter: string) => ESCAPES.get(letter) ?? letter);
}
