import type { ScriptResult } from "@synfin/packetdrill";

/** A script and what became of it. */
export interface Verdict {
  readonly path: string;
  readonly text: string;
  readonly result: ScriptResult;
}

/** One line for a script that passed; for one that did not, why, and what led there. */
export function formatVerdict({ path, text, result }: Verdict): string {
  const { failure, ladder } = result;
  if (failure === undefined) return `ok    ${path}`;
  const { line, column, message } = failure;
  const source = text.split("\n")[line - 1] ?? "";
  return [
    `FAIL  ${path}:${line}:${column}: ${message}`,
    `      ${line} | ${source.trimEnd()}`,
    ...ladder.split("\n").map((row) => `      ${row}`.trimEnd()),
  ]
    .join("\n")
    .trimEnd();
}

/** The same as one line of JSON; `failure` is null for a script that passed. */
export function verdictJson({ path, result }: Verdict): string {
  const { passed, failure = null, ladder } = result;
  return JSON.stringify({ path, passed, failure, ladder: ladder.split("\n").slice(0, -1) });
}
