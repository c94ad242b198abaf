import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../runner/process.mjs";
import { plant } from "../testing/plant.ts";
import { DETERMINISTIC } from "./house.mjs";

/**
 * The deterministic packages are compiled without the types of a browser or of
 * Node: the compiler itself refuses what would make one run unlike another.
 * The planted file is compiled with the package's own tsconfig.json.
 */
describe.each(DETERMINISTIC)("%s", (name) => {
  test("a file that only computes compiles", () => {
    expect(compile(name, "export const x: number = Math.max(1, 2);")).toEqual([]);
  });

  test("the clock, timers, the console, the network and Node are not there to be named", () => {
    const calls = [
      "console.log(1);",
      "setTimeout(() => {}, 1);",
      `fetch("/");`,
      "performance.now();",
      "process.exit(1);",
      "document.title;",
      "crypto.randomUUID();",
      `import "node:fs";`,
    ];
    const refused = compile(name, calls.join("\n")).map(lineAndName);
    expect(refused).toEqual([
      "1 console",
      "2 setTimeout",
      "3 fetch",
      "4 performance",
      "5 process",
      "6 document",
      "7 crypto",
      "8 node:fs",
    ]);
  });
});

/** The line of a compiler's error and the name that it cannot find. */
function lineAndName(error: string): string {
  const match = /^a\.ts\((\d+),.*? error TS\d+: Cannot find [^']*'([^']+)'/.exec(error);
  return match === null ? error : `${match[1]} ${match[2]}`;
}

/** The compiler's complaints about one file, one line each. */
function compile(name: string, text: string): string[] {
  const own = {
    extends: join(ROOT, "packages", name, "tsconfig.json"),
    compilerOptions: { rootDir: ".", composite: false, incremental: false, noEmit: true },
    include: ["a.ts"],
    references: [],
  };
  const folder = plant({
    "a.ts": text,
    "tsconfig.json": JSON.stringify(own),
    "package.json": `{ "type": "module" }`,
  });
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "-p", folder, "--pretty", "false"];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  return stdout.split("\n").filter((line) => line !== "");
}
