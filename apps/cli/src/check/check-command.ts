import { readCapture } from "@synfin/capture";
import { parseAddress } from "@synfin/core/wire";
import { ExitCode, type Io, UsageError } from "../io.ts";
import { readOptions } from "../options.ts";
import { type CapturedConnections, connectionsOf } from "./connections.ts";
import { type Checked, checkedJson, checkedTable, cutOffText } from "./format-check.ts";
import { CHECK_HELP } from "./help.ts";
import { judge, tallies } from "./judge.ts";

const OPTIONS = {
  at: { type: "string", multiple: true },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** `synfin check`: resolves to the exit code, or rejects with a `UsageError`. */
export async function checkCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readOptions("check", args, OPTIONS);
  if (values["help"] === true) {
    io.stdout.write(CHECK_HELP);
    return ExitCode.OK;
  }
  const file = onlyFile(positionals);
  const { records, error } = readCapture(await readFile(file, io));
  const broken = error === undefined ? undefined : new UsageError(`${file}: ${error.message}`);
  const found = connectionsOf(records);
  if (found.segments === 0) throw broken ?? nothingToCheck(file, records.length, found);
  const at = addresses(values["at"], found, file);
  const laws = tallies();
  const judged = found.connections.map((connection) => {
    return { connection, broken: judge(connection, at, laws) };
  });
  const checked: Checked = { file, at, found, judged, laws };
  io.stdout.write(values["json"] === true ? checkedJson(checked) : checkedTable(checked));
  // What could be read has been judged; the break itself is an error all the same.
  if (broken !== undefined) throw broken;
  const holds = laws.every(({ broken }) => broken === 0);
  return holds ? ExitCode.OK : ExitCode.CHECK_FAILED;
}

function nothingToCheck(
  file: string,
  packets: number,
  { cutOff }: CapturedConnections,
): UsageError {
  const why = cutOff === 0 ? "nothing to check" : cutOffText(cutOff);
  return new UsageError(`${file}: none of its ${packets} packets is a TCP segment; ${why}`);
}

function onlyFile([file, second]: readonly string[]): string {
  if (file === undefined) {
    throw new UsageError("check: no file; give one pcap or pcapng file, or - for standard input");
  }
  if (second === undefined) return file;
  throw new UsageError(`check: a second file "${second}"; give one file at a time`);
}

async function readFile(file: string, io: Io): Promise<Uint8Array> {
  try {
    return await io.readFile(file === "-" ? "/dev/stdin" : file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`check: cannot read "${file}" (${reason}); give a pcap or pcapng file`);
  }
}

/** The addresses of --at, each of which must be one of the capture's. */
function addresses(given: unknown, { connections }: CapturedConnections, file: string): string[] {
  const at = Array.isArray(given) ? given.map(String) : [];
  const known = [...new Set(connections.flatMap((connection) => connection.addresses))];
  for (const address of at) {
    if (!parseAddress(address).ok) {
      throw new UsageError(
        `check: --at "${address}" is no IP address; write 192.0.2.1 or 2001:db8::1`,
      );
    }
    if (!known.includes(address)) {
      const some = known.slice(0, 8).join(", ");
      throw new UsageError(
        `check: no TCP segment of ${file} is of --at ${address}; there are ${some}`,
      );
    }
  }
  return at;
}
