import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./io.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What was given: the options by name, and what is no option. */
export interface Given {
  readonly values: Readonly<
    Record<string, string | boolean | readonly (string | boolean)[] | undefined>
  >;
  readonly positionals: readonly string[];
}

/**
 * Reads a command's arguments. What Node refuses becomes one line that names
 * the options that there are.
 */
export function readOptions(command: string, args: readonly string[], options: Options): Given {
  const joined = joinValues(command, args, options);
  try {
    const { values, positionals } = parseArgs({ args: joined, options, allowPositionals: true });
    return { values, positionals };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(". ")[0] ?? "") : String(error);
    const names = Object.keys(options).map((name) => `--${name}`);
    throw new UsageError(`${command}: ${lowerFirst(reason)}; there are ${names.join(", ")}`);
  }
}

/**
 * `--seed -1` becomes `--seed=-1`: Node would take a negative number for an
 * option, and the command could not say what is wrong with it. Throws a
 * `UsageError` where a value is missing.
 */
function joinValues(command: string, args: readonly string[], options: Options): string[] {
  const joined: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? "";
    if (arg === "--") return [...joined, ...args.slice(index)];
    if (!arg.startsWith("--") || options[arg.slice(2)]?.type !== "string") {
      joined.push(arg);
      continue;
    }
    joined.push(`${arg}=${valueAfter(command, arg, args[index + 1])}`);
    index += 1;
  }
  return joined;
}

function valueAfter(command: string, option: string, next: string | undefined): string {
  if (next !== undefined && (/^-[\d.]/.test(next) || next === "-" || !next.startsWith("-"))) {
    return next;
  }
  const found = next === undefined ? "nothing follows it" : `"${next}" follows it`;
  throw new UsageError(
    `${command}: ${option} needs a value, but ${found}; write ${option} VALUE or ${option}=VALUE`,
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
