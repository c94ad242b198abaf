import { createTcb } from "@synfin/core/tcp";
import type { CodeAction } from "../../ast.ts";
import type { Bench } from "../bench.ts";
import { mismatch, unsupported } from "../failure.ts";
import { EvaluationFailure, evaluate } from "./evaluate.ts";
import { TCP_INFO_FIELDS, tcpInfo } from "./tcp-info.ts";
import { statements, type Token } from "./tokens.ts";

const KNOWN = `write "assert EXPRESSION" with ${TCP_INFO_FIELDS.join(", ")}`;

/** Holds the connection to the asserts of a script's code. Throws `ScriptFailure`. */
export function runCode(action: CodeAction, bench: Bench): void {
  const found = statements(action.code);
  if (found === undefined) unsupported(action.at, "this code", KNOWN);
  for (const statement of found) {
    // What is only printed checks nothing.
    if (statement[0] === "print") continue;
    if (statement[0] !== "assert") unsupported(action.at, `"${statement.join(" ")}"`, KNOWN);
    check(expressionOf(statement), action, bench);
  }
}

/** Between `assert` and the comma of its message. */
function expressionOf([, ...tokens]: readonly Token[]): Token[] {
  let depth = 0;
  const comma = tokens.findIndex((token) => {
    if (token === "(" || token === "[") depth += 1;
    if (token === ")" || token === "]") depth -= 1;
    return token === "," && depth === 0;
  });
  return comma === -1 ? tokens : tokens.slice(0, comma);
}

function check(tokens: readonly Token[], action: CodeAction, bench: Bench): void {
  const tcb = bench.underTest.socket?.tcb ?? createTcb();
  const seen: string[] = [];
  const lookup = (name: string): number | undefined => {
    const value = tcpInfo(name, tcb);
    if (name.startsWith("tcpi_"))
      seen.push(name === "tcpi_state" ? bench.state : `${name} ${value}`);
    return value;
  };
  const text = tokens.join(" ");
  try {
    if (evaluate(tokens, lookup) !== 0) return;
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error;
    unsupported(action.at, `"assert ${text}", in which ${error.message}`, KNOWN);
  }
  mismatch(action.at, text, `it is ${seen.join(", ")}`);
}
