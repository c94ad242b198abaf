import { scenarios } from "@synfin/simulator";
import { ExitCode, type Io, UsageError } from "./io.ts";
import { readOptions } from "./options.ts";

const HELP = `usage: synfin scenarios [--json]

Lists the connections that "synfin trace" can play, one line each: the name
and what it shows.

  --json    the whole scenarios, as one array; save one to a file, change it,
            and give the file to "synfin trace"
  --help    this text
`;

/** `synfin scenarios`: resolves to the exit code, or rejects with a `UsageError`. */
export async function scenariosCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readOptions("scenarios", args, {
    json: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  });
  if (values["help"] === true) {
    io.stdout.write(HELP);
    return ExitCode.OK;
  }
  const [extra] = positionals;
  if (extra !== undefined) {
    throw new UsageError(
      `scenarios: "${extra}" is too much; to play a scenario, use synfin trace ${extra}`,
    );
  }
  io.stdout.write(values["json"] === true ? `${JSON.stringify(scenarios, null, 2)}\n` : list());
  return ExitCode.OK;
}

function list(): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  return scenarios.map(({ name, title }) => `${name.padEnd(width)}  ${title.en}\n`).join("");
}
