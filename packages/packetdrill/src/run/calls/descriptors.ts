import type { Expr, Position } from "../../ast.ts";
import { mismatch } from "../failure.ts";
import { needNumber } from "./values.ts";

/** The descriptors by the numbers that the script gives them. */
export class Descriptors {
  private readonly live = new Map<number, number>();

  /** The process's number for a script's; one that is not open stays as it is, and is EBADF. */
  find(expr: Expr | undefined, at: Position): number {
    const script = needNumber(expr, "file descriptor", at);
    return this.live.get(script) ?? -1;
  }

  add(script: number, live: number, at: Position): void {
    if (this.live.has(script)) mismatch(at, "a descriptor that is not open", `${script} is`);
    this.live.set(script, live);
  }

  remove(expr: Expr | undefined, at: Position): void {
    this.live.delete(needNumber(expr, "file descriptor", at));
  }
}
