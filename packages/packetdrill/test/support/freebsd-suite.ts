import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Scripts of others, used in place where they are; elsewhere there is nothing to test. */
const SUITE = fileURLToPath(new URL("../../../../../shared/conformance/freebsd/", import.meta.url));

/** Their paths within the suite; none where it is not. */
export const suiteScripts: readonly string[] = existsSync(SUITE)
  ? readdirSync(SUITE, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".pkt"))
      .sort()
  : [];

export function suiteScript(path: string): string {
  return readFileSync(SUITE + path, "utf8");
}
