import { readFile } from "node:fs/promises";
import { checkCommand } from "../../src/check/check-command.ts";
import { fakeIo } from "../fake-io.ts";

/** What a run of `synfin check` printed, and how it ended. */
export interface Run {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** The one line of a `UsageError`. */
  readonly error?: string;
}

/** Runs the command without a process; `files` stand in for files on disk. */
export async function check(
  args: readonly string[],
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<Run> {
  const seen = fakeIo();
  const io = {
    ...seen.io,
    readFile: async (path: string) => files[path] ?? (await readFile(path)),
  };
  const printed = () => ({ stdout: seen.stdout(), stderr: seen.stderr() });
  try {
    const exitCode = await checkCommand(args, io);
    return { exitCode, ...printed() };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "UsageError") throw error;
    return { exitCode: undefined, ...printed(), error: error.message };
  }
}
