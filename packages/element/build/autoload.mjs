/** The small file that loads the others: see `doors/autoload.ts`. */
import { scenarios } from "@synfin/simulator";
import { build } from "esbuild";
import { loadScenarios } from "./load.mjs";
import { COMMON, here } from "./options.mjs";
import { virtualModules } from "./parts.mjs";

export async function buildAutoload() {
  const names = scenarios.map(({ name }) => name);
  const { outputFiles = [] } = await build({
    ...COMMON,
    entryPoints: [here("build/doors/autoload.ts")],
    external: ["./tcp-*.js"],
    plugins: [
      virtualModules({
        "synfin:autoload": `export const SCENARIOS = ${JSON.stringify(names)};
export const LOAD_SCENARIOS = ${JSON.stringify(loadScenarios())};
export const FILES = {
  "tcp-connection": () => import("./tcp-connection.js"),
  "tcp-load": () => import("./tcp-load.js"),
};`,
      }),
      ...COMMON.plugins,
    ],
  });
  return outputFiles[0]?.text ?? "";
}
