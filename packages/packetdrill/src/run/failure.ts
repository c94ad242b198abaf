import type { Position } from "../ast.ts";

/** Why a script failed. */
export interface Failure extends Position {
  /**
   * `syntax`: the text is no script. `mismatch`: the stack did something else.
   * `unsupported`: the script asks for something that cannot be run here.
   * `bug`: an assertion of our own failed.
   */
  readonly kind: "syntax" | "mismatch" | "unsupported" | "bug";
  readonly expected: string;
  readonly found: string;
  /** All of it in one line, without the position. */
  readonly message: string;
}

/** Unwinds a run to its door, `runScript`, which makes a value of it. It gets no further. */
export class ScriptFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The stack did something else than the script says. */
export function mismatch(at: Position, expected: string, found: string): never {
  const { line, column } = at;
  const message = `expected ${expected}, but ${found}`;
  throw new ScriptFailure({ line, column, kind: "mismatch", expected, found, message });
}

/** The script asks for something that cannot be run here; `instead` says what can. */
export function unsupported(at: Position, what: string, instead: string): never {
  const { line, column } = at;
  const message = `unsupported: ${what}; ${instead}`;
  const failure = { kind: "unsupported", expected: instead, found: what, message } as const;
  throw new ScriptFailure({ line, column, ...failure });
}
