import { traceScenario } from "@synfin/simulator";
import { ExitCode, type Io, UsageError } from "../io.ts";
import { TRACE_HELP } from "./help.ts";
import { readScenario } from "./read-scenario.ts";
import { render } from "./render.ts";
import { parseFaults, parseTraceOptions } from "./trace-options.ts";

/** `synfin trace`: resolves to the exit code, or rejects with a `UsageError`. */
export async function traceCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const options = parseTraceOptions(args);
  if (options === "help") {
    io.stdout.write(TRACE_HELP);
    return ExitCode.OK;
  }
  const { out, format, seed, profile } = options;
  if (format === "pcapng" && out === undefined && io.stdout.isTTY) {
    throw new UsageError(
      "trace: a pcapng file is binary and would upset the terminal; add --out FILE, or pipe it into another program",
    );
  }
  const scenario = await readScenario(options.scenario, io);
  const faults = parseFaults(options.faults, scenario);
  const trace = traceScenario(scenario, { seed, faults, ...(profile && { profile }) });
  if (trace.cut) {
    const last = trace.segments.length;
    io.stderr.write(`synfin: trace: stopped after ${last} transmissions, with more to come\n`);
  }
  const content = render(trace, scenario, options);
  if (out === undefined) io.stdout.write(content);
  else await write(out, content, io);
  return ExitCode.OK;
}

async function write(path: string, content: string | Uint8Array, io: Io): Promise<void> {
  try {
    await io.writeFile(path, content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `trace: cannot write --out "${path}" (${reason}); give a file in a folder that exists and that you may write to`,
    );
  }
}
