import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** Files by their path in a folder: `{ "src/a.ts": "export {};" }`. */
export type Files = Readonly<Record<string, string>>;

/** Writes files into a fresh folder, which goes when the test that runs ends. */
export function plant(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "synfin-planted-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  plantInto(folder, files);
  return folder;
}

/** Writes files into a folder, over what is there. */
export function plantInto(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
