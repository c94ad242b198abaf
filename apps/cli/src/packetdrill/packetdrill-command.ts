import { PROFILE_NAMES, type Profile, profileParams, runScript } from "@synfin/packetdrill";
import { ExitCode, type Io, UsageError } from "../io.ts";
import { readOptions } from "../options.ts";
import { profileName } from "../profile-option.ts";
import { findScripts } from "./find-scripts.ts";
import { formatVerdict, type Verdict, verdictJson } from "./format-verdict.ts";

const PACKETDRILL_HELP = `usage: synfin packetdrill PATH… [--profile NAME] [--define NAME]… [--json]

Runs packetdrill scripts against the machine, in virtual time: no kernel, no
network, no waiting. Each script gets a line; one that fails says where, what
was expected, what came, and what had happened up to there.

  PATH            a script, or a folder: every .pkt file beneath it
  --profile NAME  whose behaviour (default: rfc9293), one of
                  ${PROFILE_NAMES.join(", ")}
  --define NAME   a name for which #ifdef holds; without any, the profile's own
  --json          JSON Lines: path passed failure ladder for each script, then
                  passed failed; the line with the totals goes to stderr
  --help          this text

Exits with 0 where all scripts passed, 1 where one failed, 2 for bad usage.
`;

interface PacketdrillOptions {
  readonly paths: readonly string[];
  readonly profile: Profile;
  readonly defines: readonly string[] | undefined;
  readonly json: boolean;
}

/** `synfin packetdrill`: resolves to the exit code, or rejects with a `UsageError`. */
export async function packetdrillCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const options = parseOptions(args);
  if (options === "help") {
    io.stdout.write(PACKETDRILL_HELP);
    return ExitCode.OK;
  }
  let failed = 0;
  const paths = await findScripts(options.paths, io);
  for (const path of paths) {
    const verdict = await verdictOf(path, options, io);
    if (!verdict.result.passed) failed += 1;
    io.stdout.write(`${options.json ? verdictJson(verdict) : formatVerdict(verdict)}\n`);
  }
  const passed = paths.length - failed;
  if (options.json) io.stdout.write(`${JSON.stringify({ passed, failed })}\n`);
  const totals = options.json ? io.stderr : io.stdout;
  totals.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? ExitCode.OK : ExitCode.CHECK_FAILED;
}

async function verdictOf(path: string, options: PacketdrillOptions, io: Io): Promise<Verdict> {
  const text = new TextDecoder().decode(await io.readFile(path));
  const { profile, defines } = options;
  return { path, text, result: runScript(text, { profile, ...(defines && { defines }) }) };
}

function parseOptions(args: readonly string[]): PacketdrillOptions | "help" {
  const { values, positionals } = readOptions("packetdrill", args, {
    profile: { type: "string" },
    define: { type: "string", multiple: true },
    json: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  });
  if (values["help"] === true) return "help";
  if (positionals.length === 0) {
    throw new UsageError("packetdrill: no script; give a .pkt file or a folder with some");
  }
  const name = profileName("packetdrill", String(values["profile"] ?? "rfc9293"));
  const profile = profileParams(name);
  if (profile === undefined) throw new Error(`synfin: packetdrill has no profile ${name}`);
  const defines = Array.isArray(values["define"]) ? values["define"].map(String) : undefined;
  return { paths: positionals, profile, defines, json: values["json"] === true };
}
