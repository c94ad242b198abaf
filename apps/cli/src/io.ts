import type { Port } from "@synfin/properties";
import type { ProgramOptions } from "@synfin/properties/node";
import type { StartWorker } from "@synfin/worker/node";

/**
 * Everything that a command touches outside itself, so that a test can run a
 * command without a process, and read what it printed and wrote.
 */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The whole of a file. Rejects with Node's own error (`code` is `ENOENT`, `EISDIR` …). */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** The paths of all files beneath a folder. Rejects with Node's own error (`ENOTDIR` …). */
  readonly listFolder: (path: string) => Promise<readonly string[]>;
  /** Replaces a file. Rejects with Node's own error. */
  readonly writeFile: (path: string, content: Uint8Array | string) => Promise<void>;
  /** Starts a thread that runs load scenarios. */
  readonly startWorker: StartWorker;
  /** Starts a program that is a TCP under test, when it is first asked something. */
  readonly startProgram: (
    command: string,
    args: readonly string[],
    options?: ProgramOptions,
  ) => Program;
  /** How many threads can work at once. */
  readonly cores: number;
  /** Calls back at the first Ctrl-C, and takes that back again. */
  readonly onInterrupt: (handler: () => void) => () => void;
}

/** A TCP under test; `close` ends its program. */
export interface Program extends Port {
  readonly close: () => void;
}

/** A stream that a command writes to. */
export interface Output {
  readonly write: (chunk: Uint8Array | string) => void;
  /** Whether a person sees it as it is written. */
  readonly isTTY: boolean;
}

/** What a command ends with: all is well, a check failed, bad usage or bad input. */
export const ExitCode = { OK: 0, CHECK_FAILED: 1, BAD_USAGE: 2 } as const;

/** See `ExitCode`. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** A command: its arguments after its own name, and the world. Resolves to the exit code. */
export type Command = (args: readonly string[], io: Io) => Promise<ExitCode>;

/**
 * Bad usage or bad input: the message is the one line that the user sees, and
 * says what was wrong, the bad value, and what would be right.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
