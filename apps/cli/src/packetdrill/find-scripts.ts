import { type Io, UsageError } from "../io.ts";

const ENDING = ".pkt";

/** The scripts that paths mean: files as they are, folders with every script beneath them. */
export async function findScripts(paths: readonly string[], io: Io): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) found.push(...(await scriptsAt(path, io)));
  return found;
}

async function scriptsAt(path: string, io: Io): Promise<readonly string[]> {
  const files = await filesBeneath(path, io);
  if (files === undefined) return [path];
  const scripts = files.filter((file) => file.endsWith(ENDING));
  if (scripts.length > 0) return scripts.sort((a, b) => (a < b ? -1 : 1));
  throw new UsageError(
    `packetdrill: no script in "${path}"; give a folder with some ${ENDING} files, or a file`,
  );
}

/** Undefined for a path that is no folder. */
async function filesBeneath(path: string, io: Io): Promise<readonly string[] | undefined> {
  try {
    return await io.listFolder(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `packetdrill: cannot read "${path}" (${reason}); give a script or a folder with some`,
    );
  }
}
