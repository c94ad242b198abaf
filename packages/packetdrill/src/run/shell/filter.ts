/** What a filter of a pipeline makes of the lines before it. */
export interface Filtered {
  readonly lines: readonly string[];
  /** Its exit status is 0. */
  readonly success: boolean;
}

/** `grep` with -c, -q and -v, and `wc -l`; undefined for any other command. */
export function filter(words: readonly string[], lines: readonly string[]): Filtered | undefined {
  const [name, ...args] = words;
  if (name === "wc" && args.join(" ") === "-l") {
    return { lines: [String(lines.length)], success: true };
  }
  return name === "grep" ? grep(args, lines) : undefined;
}

function grep(args: readonly string[], lines: readonly string[]): Filtered | undefined {
  const flags = args.filter((arg) => arg.startsWith("-")).join("");
  const patterns = args.filter((arg) => !arg.startsWith("-"));
  const [pattern] = patterns;
  // A pattern that is more than a word would need grep's own language.
  if (pattern === undefined || patterns.length > 1 || !/^[\w-]+$/.test(pattern)) return undefined;
  if (!/^[-cqv]*$/.test(flags)) return undefined;
  const inverted = flags.includes("v");
  const found = lines.filter((line) => line.includes(pattern) !== inverted);
  const shown = flags.includes("c") ? [String(found.length)] : found;
  return { lines: flags.includes("q") ? [] : shown, success: found.length > 0 };
}
