import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { decodeCommand } from "../../src/decode/decode-command.ts";
import type { Io, Output } from "../../src/io.ts";
import { fakeIo } from "../fake-io.ts";

/** Where a capture of real connections is kept. */
export function fixture(name: string): string {
  return fileURLToPath(
    new URL(`../../../../packages/capture/test/fixtures/${name}`, import.meta.url),
  );
}

/** What a run of `synfin decode` printed, and how it ended. */
export interface Run {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** The one line of a `UsageError`. */
  readonly error?: string;
}

/** Runs the command without a process; `files` stand in for files on disk. */
export async function decode(
  args: readonly string[],
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<Run> {
  const printed = { stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr"): Output => ({
    isTTY: false,
    write: (chunk) => {
      printed[name] += chunk;
    },
  });
  const io: Io = {
    ...fakeIo().io,
    stdout: output("stdout"),
    stderr: output("stderr"),
    readFile: async (path) => files[path] ?? (await readFile(path)),
    listFolder: () => Promise.reject(new Error("decode lists no folder")),
    writeFile: () => Promise.reject(new Error("decode writes no file")),
  };
  try {
    const exitCode = await decodeCommand(args, io);
    return { exitCode, ...printed };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "UsageError") throw error;
    return { exitCode: undefined, ...printed, error: error.message };
  }
}

/** The lines of a text, without the empty one behind the last line's end. */
export function lines(text: string): string[] {
  return text.split("\n").slice(0, -1);
}
