/** Python as far as asserts need it: names, numbers, strings and operators. */
export type Token = string;

const TOKEN =
  /\s+|#[^\n]*|"[^"\n]*"|'[^'\n]*'|[A-Za-z_]\w*|\d+|==|!=|<=|>=|\/\/|[<>+\-*%&|(),.[\]{}=;:/]/y;

/** The statements of a piece of code, each as its tokens; undefined where it is no such code. */
export function statements(code: string): Token[][] | undefined {
  const found: Token[][] = [];
  for (const line of code.split("\n")) {
    const tokens = tokenise(line);
    if (tokens === undefined) return undefined;
    const parts = splitAt(tokens, ";");
    found.push(...parts.filter((part) => part.length > 0));
  }
  return found;
}

function tokenise(line: string): Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < line.length) {
    const token = TOKEN.exec(line)?.[0];
    if (token === undefined) return undefined;
    if (!/^[\s#]/.test(token)) tokens.push(token);
  }
  return tokens;
}

function splitAt(tokens: readonly Token[], separator: Token): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token === separator) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
