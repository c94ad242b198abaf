import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A fresh folder for several tests, and how it goes away again. */
export function plantedFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "synfin-planted-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
