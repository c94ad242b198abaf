import { type Io, UsageError } from "../io.ts";

/** Writes to the file, or to standard output. Rejects with a `UsageError`. */
export async function write(
  path: string | undefined,
  content: string | Uint8Array,
  io: Io,
): Promise<void> {
  if (path === undefined) {
    io.stdout.write(content);
    return;
  }
  try {
    await io.writeFile(path, content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `load: cannot write --out "${path}" (${reason}); give a file in a folder that exists and that you may write to`,
    );
  }
}
