import type { Errno, Outcome } from "@synfin/sockets";
import type { SyscallAction } from "../../ast.ts";
import type { Bench } from "../bench.ts";
import type { Descriptors } from "./descriptors.ts";

/** What a call came to: its number and what it filled in, or an error. */
export type Returned =
  | {
      readonly ok: true;
      readonly value: number;
      /** What it filled in is not what the script says: expected, and found. */
      readonly wrong?: readonly [expected: string, found: string] | undefined;
      /** The value is a new descriptor, which the script calls by a number of its own. */
      readonly newFd?: true;
    }
  | { readonly ok: false; readonly errno: Errno };

/** Everything that a call may touch. */
export interface CallContext {
  readonly action: SyscallAction;
  readonly bench: Bench;
  readonly descriptors: Descriptors;
  /** To be called once, now or later. */
  readonly answer: (returned: Returned) => void;
}

/** A system call: it does what its arguments say, and answers. */
export type Call = (context: CallContext) => void;

/** Answers with an outcome that is a number. */
export function answerNumber({ answer }: CallContext, outcome: Outcome<number>): void {
  answer(outcome);
}

/** Answers with an outcome that is only a success or not: 0 or an error. */
export function answerDone({ answer }: CallContext, outcome: Outcome<unknown>): void {
  answer(outcome.ok ? { ok: true, value: 0 } : outcome);
}
