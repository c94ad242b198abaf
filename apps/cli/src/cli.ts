import { nearestNames } from "@synfin/simulator/view";
import { checkCommand } from "./check/check-command.ts";
import { decodeCommand } from "./decode/decode-command.ts";
import { exploreCommand } from "./explore/explore-command.ts";
import { type Command, ExitCode, type Io, UsageError } from "./io.ts";
import { lawsCommand } from "./laws/laws-command.ts";
import { loadCommand } from "./load/load-command.ts";
import { packetdrillCommand } from "./packetdrill/packetdrill-command.ts";
import { scenariosCommand } from "./scenarios-command.ts";
import { traceCommand } from "./trace/trace-command.ts";
import { tunCommand } from "./tun/tun-command.ts";
import { VERSION } from "./version.ts";

const HELP = `usage: synfin COMMAND [ARGUMENTS]

TCP connections, from SYN to FIN, by RFC 9293.

  scenarios    lists the connections that can be played
  trace        plays one and prints it: a ladder, JSON, a capture or a picture
  load         opens many at once and says what becomes of them
  explore      goes through all that can happen, and holds it to the laws
  decode       prints the TCP segments of a pcap or pcapng file
  check        holds a pcap or pcapng file to the laws that a capture can show
  laws         holds a TCP of your own to the laws, in random runs
  packetdrill  runs packetdrill scripts against the machine
  tun          meets the kernel of this machine: listens, connects, fetches

  --help       this text; after a command, that command's own
  --version    the version

Exits with 0 where all is well, 1 where a check failed, 2 for bad usage or
bad input.
`;

const COMMANDS: Readonly<Record<string, Command>> = {
  scenarios: scenariosCommand,
  trace: traceCommand,
  load: loadCommand,
  explore: (args, io) => exploreCommand(args, io),
  decode: decodeCommand,
  check: checkCommand,
  laws: lawsCommand,
  packetdrill: packetdrillCommand,
  tun: tunCommand,
};

/**
 * The whole command line. Resolves to the exit code; what was asked wrongly is
 * one line on stderr, and a bug rejects.
 */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr.write(`synfin: ${error.message.replace(/\s*\n\s*/g, " ")}\n`);
    return ExitCode.BAD_USAGE;
  }
}

async function dispatch([name, ...rest]: readonly string[], io: Io): Promise<ExitCode> {
  const names = Object.keys(COMMANDS);
  if (name === undefined) {
    throw new UsageError(`no command; give one of ${names.join(", ")}, or --help`);
  }
  if (name === "--help" || name === "-h" || name === "help") {
    io.stdout.write(HELP);
    return ExitCode.OK;
  }
  if (name === "--version" || name === "-V") {
    io.stdout.write(`${VERSION}\n`);
    return ExitCode.OK;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) return await command(rest, io);
  const [near] = nearestNames(name, names, 1);
  const hint = near === undefined ? "" : ` (did you mean "${near}"?)`;
  throw new UsageError(`unknown command "${name}"${hint}; there are ${names.join(", ")}`);
}
