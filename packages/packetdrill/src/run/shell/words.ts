/** Shell commands in order: each a pipeline, each of its parts a list of words. */
export type Pipelines = readonly (readonly (readonly string[])[])[];

/** Splits what scripts write in backticks. Only quotes, `|`, `;` and `&&` mean anything. */
export function splitCommands(text: string): Pipelines {
  const pipelines: string[][][] = [[[]]];
  for (const token of text.match(/'[^']*'|"[^"]*"|&&|\|\||[|;\n]|[^\s'"|;&]+|&/g) ?? []) {
    const pipeline = pipelines.at(-1) ?? [];
    if (token === ";" || token === "&&" || token === "\n") pipelines.push([[]]);
    else if (token === "|") pipeline.push([]);
    else if (!isRedirection(token)) pipeline.at(-1)?.push(unquoted(token));
  }
  return pipelines.filter((pipeline) => pipeline.some((words) => words.length > 0));
}

function unquoted(token: string): string {
  return /^['"]/.test(token) ? token.slice(1, -1) : token;
}

/** What a command prints is of no interest. */
function isRedirection(token: string): boolean {
  return /^[12&]?>>?(?:&[12]|\/dev\/null)$/.test(token) || token === ">" || token === "/dev/null";
}
