import { defaultClientConditions, defaultServerConditions } from "vite";
import type { ViteUserConfig } from "vitest/config";

/** Where tests live: beside the source in every workspace, and with each tool. */
const ROOTS: readonly string[] = ["packages/*/test/**", "apps/*/test/**", "tools/**"];

/** Test files by their ending, in every place where tests live. */
export function testFiles(ending: string): string[] {
  return ROOTS.map((root) => `${root}/*${ending}`);
}

/** What stands in folders below `fixtures` is material, such as sites of their own. */
export const NOT_TESTS: string[] = ["**/node_modules/**", "**/dist/**", "**/fixtures/*/**"];

/**
 * Tests run on the sources, never on a stale `dist`: workspaces resolve each
 * other by the export condition `synfin-source`. Vite's own conditions stay,
 * or packages from npm would resolve differently under test.
 */
export const fromSource: Pick<ViteUserConfig, "resolve" | "ssr"> = {
  resolve: { conditions: ["synfin-source", ...defaultClientConditions] },
  ssr: { resolve: { conditions: ["synfin-source", ...defaultServerConditions] } },
};
