import type { Position } from "../ast.ts";

/** Why a text is no script. */
export interface ParseError extends Position {
  /** What stands there. */
  readonly found: string;
  /** What would be right there. */
  readonly expected: string;
  /** All of it in one line. */
  readonly message: string;
}

/**
 * Unwinds the parser to its door, `parseScript`, which makes a value of it.
 * It never gets any further.
 */
export class ParseFailure extends Error {
  readonly error: ParseError;

  constructor(error: ParseError) {
    super(error.message);
    this.error = error;
  }
}

/** One blank stretch, or one of the three kinds of comment; directives are none. */
const SPACE =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|#(?!(?:ifdef|ifndef|if|else|elif|endif|define|undef|include)\b)[^\n]*/y;

/** A place in a text, and what can be read from there on. */
export class Cursor {
  readonly text: string;
  offset = 0;
  /** Nesting of arrays, structs and calls, so that no text is too deep for the stack. */
  depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Passes over blanks and comments. */
  skip(): void {
    while (this.matchExactly(SPACE) !== undefined) {
      // Each turn passes over one of them.
    }
    if (this.sees("/*")) this.fail('"*/" at the end of this comment');
  }

  atEnd(): boolean {
    return this.offset >= this.text.length;
  }

  /** Whether the text goes on with this. */
  sees(what: string): boolean {
    return this.text.startsWith(what, this.offset);
  }

  /** Takes this if the text goes on with it, and the blanks behind it. */
  take(what: string): boolean {
    if (!this.sees(what)) return false;
    this.offset += what.length;
    this.skip();
    return true;
  }

  /** Takes a whole word. */
  takeWord(word: string): boolean {
    const next = this.text.charAt(this.offset + word.length);
    return !/\w/.test(next) && this.take(word);
  }

  /** What matches from here on, and the blanks behind it passed over. The pattern is sticky. */
  match(pattern: RegExp): string | undefined {
    const found = this.matchExactly(pattern);
    if (found !== undefined) this.skip();
    return found;
  }

  /** The same, but stops right behind the match. */
  matchExactly(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.offset += found.length;
    return found;
  }

  need(what: string, why = `"${what}"`): void {
    if (!this.take(what)) this.fail(why);
  }

  /** Up to this text, which is passed over too. */
  until(what: string, missing: string): string {
    const end = this.text.indexOf(what, this.offset);
    if (end === -1) this.fail(missing);
    const between = this.text.slice(this.offset, end);
    this.offset = end + what.length;
    this.skip();
    return between;
  }

  position(offset: number = this.offset): Position {
    const before = this.text.slice(0, offset);
    const line = before.split("\n").length;
    return { line, column: offset - before.lastIndexOf("\n") };
  }

  fail(expected: string, offset: number = this.offset): never {
    const { line, column } = this.position(offset);
    const found = describe(this.text.slice(offset, offset + 2 * SHOWN));
    const message = `${line}:${column}: found ${found}, but there should be ${expected}`;
    throw new ParseFailure({ line, column, found, expected, message });
  }
}

const SHOWN = 24;

/** The word that stands there, or the character. */
function describe(rest: string): string {
  if (rest === "") return "the end of the script";
  const word = /^(?:[\w.+-]+|[\s\S])/u.exec(rest)?.[0] ?? "";
  return word.length > SHOWN ? `${JSON.stringify(word.slice(0, SHOWN))}…` : JSON.stringify(word);
}
