import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../runner/process.mjs";
import { type Files, plant } from "../testing/plant.ts";

/** A house of four packages with nothing wrong in it. */
const SOUND: Files = {
  "packages/core/package.json": manifest("core", []),
  "packages/core/src/index.ts": `export * from "./wire/index.ts";\n`,
  "packages/core/src/wire/index.ts": "export const one: number = Math.floor(1.5) * 2 ** 32;\n",
  "packages/core/test/one.test.ts":
    `import { one } from "@synfin/core";\nimport { plant } from "../../../tools/testing/plant.ts";\n` +
    `import { expect, test } from "vitest";\ntest("one", () => expect(one).toBe(plant));\n`,
  "packages/sockets/package.json": manifest("sockets", ["core"]),
  "packages/sockets/src/index.ts": `export { one } from "@synfin/core/wire";\n`,
  "packages/simulator/package.json": manifest("simulator", ["core", "sockets"]),
  "packages/simulator/src/index.ts": `export { one } from "@synfin/sockets";\n`,
  "packages/worker/package.json": manifest("worker", ["simulator"]),
  "packages/worker/src/index.ts": "export const later: number = Date.now();\n",
  "package-lock.json": `{ "packages": { "node_modules/@synfin/core": { "resolved": "packages/core" } } }\n`,
};

test("a sound house has no breach", () => {
  expect(runTidy({})).toEqual({ code: 0, lines: [], last: "tidy: 11 files, 7 rules, 0 breaches" });
});

describe("direction", () => {
  test("a package may not import one to its right", () => {
    expectBreach(
      { "packages/core/src/wire/index.ts": `\nimport { one } from "@synfin/simulator";\n` },
      "packages/core/src/wire/index.ts:2: direction: imports @synfin/simulator, but core may import no other package",
    );
  });

  test.each([
    ["an export-from", `export { one } from "@synfin/worker";\n`],
    ["a dynamic import", `export const lazy: unknown = import("@synfin/worker");\n`],
    ["an import type", `export type One = typeof import("@synfin/worker");\n`],
  ])("%s counts as well", (_what, text) => {
    expectBreach(
      { "packages/sockets/src/index.ts": text },
      "packages/sockets/src/index.ts:1: direction: imports @synfin/worker, but sockets may import only core",
    );
  });

  test("so does a dependency that nothing imports, also one for tests", () => {
    const text = `{\n  "name": "@synfin/core",\n  "devDependencies": {\n    "@synfin/sockets": "0.1.0"\n  }\n}\n`;
    expectBreach(
      { "packages/capture/package.json": text },
      "packages/capture/package.json:4: direction: depends on @synfin/sockets, but capture may import only core",
    );
  });

  test("tests are bound by the same table", () => {
    expectBreach(
      {
        "packages/core/test/two.test.ts": `import "@synfin/sockets";\nimport { expect } from "vitest";\nexpect(Number("1")).toBe(1);\n`,
      },
      "packages/core/test/two.test.ts:1: direction: imports @synfin/sockets, but core may import no other package",
    );
  });

  test("a package has only the doors that it exports", () => {
    expectBreach(
      { "packages/sockets/src/index.ts": `export * from "@synfin/core/src/wire/index.ts";\n` },
      "packages/sockets/src/index.ts:1: direction: imports @synfin/core/src/wire/index.ts, but @synfin/core has only these doors: ., ./wire",
    );
  });

  test("what is imported is named in package.json", () => {
    expectBreach(
      { "packages/worker/src/index.ts": `export * from "@synfin/core";\n` },
      "packages/worker/src/index.ts:1: direction: imports @synfin/core, but packages/worker/package.json does not name it",
    );
  });

  test("a relative import stays in its package", () => {
    expectBreach(
      { "packages/sockets/src/index.ts": `export * from "../../core/src/index.ts";\n` },
      "packages/sockets/src/index.ts:1: direction: imports ../../core/src/index.ts, but packages/core/src/index.ts is outside of packages/sockets; import a package by its name",
    );
  });

  test("sources do not use the helpers of tests", () => {
    expectBreach(
      { "packages/sockets/src/index.ts": `export * from "../../../tools/testing/plant.ts";\n` },
      "packages/sockets/src/index.ts:1: direction: imports ../../../tools/testing/plant.ts, but tools/testing/plant.ts is outside of packages/sockets; import a package by its name",
    );
  });

  test("nobody imports an app", () => {
    expectBreach(
      { "packages/worker/src/index.ts": `import "synfin";\n` },
      "packages/worker/src/index.ts:1: direction: imports synfin, but synfin is an app, and nobody imports an app",
    );
  });

  test("a new package needs a place in the house", () => {
    expectBreach(
      { "packages/cellar/package.json": manifest("cellar", []) },
      "packages/cellar/package.json:1: direction: cellar is not in the house; give it a row in tools/tidy/house.mjs",
    );
  });
});

describe("cycles", () => {
  test("values do not go round", () => {
    expectBreach(
      {
        "packages/core/src/a.ts": `import { b } from "./b.ts";\nexport const a: number = b;\n`,
        "packages/core/src/b.ts": `import { a } from "./a.ts";\nexport const b: number = a;\n`,
      },
      "packages/core/src/b.ts:1: cycles: imports go round in a ring: packages/core/src/a.ts → packages/core/src/b.ts → packages/core/src/a.ts; move what they share to a file of its own",
    );
  });

  test("types may", () => {
    expectSound({
      "packages/core/src/a.ts": `import type { B } from "./b.ts";\nexport interface A { b: B }\n`,
      "packages/core/src/b.ts": `import type { A } from "./a.ts";\nexport interface B { a: A }\n`,
    });
  });
});

describe("lengths", () => {
  const long = Array.from({ length: 401 }, (_, i) => `export const x${i}: number = 1;\n`).join("");

  test("a file has at most 400 lines", () => {
    expectBreach(
      { "packages/core/src/long.ts": long },
      "packages/core/src/long.ts:1: lengths: packages/core/src/long.ts has 401 lines; at most 400: split it by its ideas",
    );
  });

  test("a function has at most 70", () => {
    const body = "  count += 1;\n".repeat(69);
    expectBreach(
      { "packages/core/src/long.ts": `let count = 0;\nexport function f(): void {\n${body}}\n` },
      "packages/core/src/long.ts:2: lengths: packages/core/src/long.ts#f has 71 lines; at most 70: split it by its ideas",
    );
  });

  test.each([
    [401, []],
    [
      400,
      [
        "packages/core/src/long.ts:1: lengths: packages/core/src/long.ts has grown from 400 to 401 lines: shorten it",
      ],
    ],
    [
      402,
      [
        "tools/tidy/ratchet.json:1: lengths: packages/core/src/long.ts is down to 401: lower its entry",
      ],
    ],
  ])("the ratchet lets 401 lines pass at exactly 401, not at %i", (entry, lines) => {
    const table = JSON.stringify({ "packages/core/src/long.ts": entry });
    const found = runTidy({ "packages/core/src/long.ts": long, "tools/tidy/ratchet.json": table });
    expect(found.lines).toEqual(lines);
  });

  test("an entry for what is short, or gone, must go", () => {
    expectBreach(
      { "tools/tidy/ratchet.json": `{ "packages/core/src/index.ts": 500 }` },
      "tools/tidy/ratchet.json:1: lengths: packages/core/src/index.ts is not too long: remove its entry",
    );
  });
});

describe("determinism", () => {
  const ONLY_EXACT =
    "of Math only abs, ceil, clz32, floor, fround, imul, max, min, round, sign, trunc: " +
    "the rest is random or differs between engines";

  test.each([
    ["Math.random()", ONLY_EXACT],
    ["Math.exp(1)", ONLY_EXACT],
    [`Math["random"]()`, ONLY_EXACT],
    ["Date.now()", "Date is banned here: time is an argument, in microseconds"],
    ["performance.now()", "performance is banned here: time is an argument, in microseconds"],
    [
      "setTimeout(() => 1, 1)",
      "setTimeout is banned here: timers are deadlines that pollAt returns",
    ],
    ["console.log(1)", "console is banned here: the engine does no I/O"],
    ["globalThis.crypto", "globalThis is banned here: name what you need as an argument"],
    ["[10, 9].sort()", "sort() without a comparator sorts numbers as text; give it one"],
    [
      `"a".localeCompare("b")`,
      "localeCompare is banned here: it orders by the reader's language; compare with < and >",
    ],
    ["1.1 ** 2", "** differs between engines unless both sides are literal integers"],
  ])("%s", (code, message) => {
    const file = "packages/simulator/src/index.ts";
    expectBreach(
      { [file]: `\nexport const x: unknown = ${code};\n` },
      `${file}:2: determinism: ${message}`,
    );
  });

  test("for…in", () => {
    expectBreach(
      {
        "packages/core/src/index.ts":
          "export function f(o: object): void {\n  for (const k in o) f(k as never);\n}\n",
      },
      "packages/core/src/index.ts:2: determinism: for…in visits inherited keys too; use for…of",
    );
  });

  const judge = "packages/simulator/src/stats/judge/student-t.ts";

  test("what judges results may use all of Math but what is random", () => {
    expectSound({ [judge]: "export const x: number = Math.exp(1) ** 0.5;\n" });
    expectBreach(
      { [judge]: "export const x: number = Math.random();\n" },
      `${judge}:1: determinism: ${ONLY_EXACT}`,
    );
  });

  test("nothing that runs may import what judges, but for the door beside it", () => {
    const from = (path: string): string => `export { x } from "${path}";\n`;
    const x = { [judge]: "export const x: number = Math.exp(1);\n" };
    expectSound({ ...x, "packages/simulator/src/stats/index.ts": from("./judge/student-t.ts") });
    const load = "packages/simulator/src/load.ts";
    expectBreach(
      { ...x, [load]: from("./stats/judge/student-t.ts") },
      `${load}:1: determinism: ${judge} judges results with floating point; nothing that runs may use it`,
    );
  });

  test("a property may bear a banned name", () => {
    expectSound({
      "packages/core/src/index.ts": "export const x: unknown = { Date: 1, fetch: 2 }.Date;\n",
    });
  });
});

describe("tests", () => {
  const head = `import { expect, test } from "vitest";\n`;
  const good = `test("x", () => expect([].length).toBe(0));\n`;

  test.each([
    [`test.only("y", () => expect([]).toEqual([]));\n`, ".only must go: every test runs"],
    [`test.skip("y", () => expect([]).toEqual([]));\n`, ".skip must go: every test runs"],
    [`test.todo("y");\n`, ".todo must go: every test runs"],
    [`test.each([1]).skip("y", () => expect([]).toEqual([]));\n`, ".skip must go: every test runs"],
    [`xit("y", () => expect([]).toEqual([]));\n`, "xit must go: every test runs"],
    [`test("y", () => {});\n`, "this test is empty"],
    [
      `test("y", () => expect(true).toBe(true));\n`,
      "a literal is expected: this cannot fail; expect what the code returned",
    ],
    [
      `test.skipIf(process.env.LAZY)("y", () => expect([]).toEqual([]));\n`,
      "only a missing tool skips a test: test.skipIf(requireTool(…).missing)",
    ],
  ])("%s", (line, message) => {
    const file = "packages/core/test/two.test.ts";
    expectBreach({ [file]: head + good + line }, `${file}:3: tests: ${message}`);
  });

  test("a file that expects nothing", () => {
    const file = "packages/core/test/two.test.ts";
    const text = `import { test } from "vitest";\ntest("y", () => {\n  Number("1");\n});\n`;
    expectBreach({ [file]: text }, `${file}:1: tests: nothing is expected in this file`);
  });

  test("a long test that does not say what it covered", () => {
    const file = "packages/core/test/two.long.test.ts";
    expectBreach(
      { [file]: head + good },
      `${file}:1: tests: a long test says what it covered: covered(…) of tools/testing/long.ts`,
    );
    expectSound({ [file]: `${head}${good}covered("one array");\n` });
  });

  test("a missing tool may skip a test", () => {
    const line = `test.skipIf(tshark.missing)("y", () => expect([]).toEqual([]));\n`;
    expectSound({ "packages/core/test/two.test.ts": head + line });
  });
});

describe("leftovers", () => {
  test.each([
    [
      "README.md",
      `# synfin\n\nTO${"DO"}: write\n`,
      3,
      `TO${"DO"}: do it, or write it down as an issue`,
    ],
    [
      "README.md",
      `See /ho${"me"}/ann/notes.\n`,
      1,
      `/ho${"me"}/ann/ is a path of one machine; make it relative`,
    ],
    [
      "packages/core/src/index.ts",
      `// /wo${"rk"}/x\nexport {};\n`,
      1,
      `/wo${"rk"}/ is a path of one machine; make it relative`,
    ],
    [
      ".npmrc",
      "registry=https://registry.example/\n",
      1,
      "registry=https://registry.example/ is one machine's setting; leave it out",
    ],
    [
      "package-lock.json",
      `{\n"resolved": "https://registry.example/a.tgz"\n}\n`,
      2,
      "https://registry.example is one registry; install with the .npmrc of this repository",
    ],
  ])("%s: %s", (file, text, line, message) => {
    expectBreach({ [file]: text }, `${file}:${line}: leftovers: ${message}`);
  });
});

describe("width", () => {
  test("a comment ends at column 100, as code does", () => {
    const file = "packages/core/src/index.ts";
    expectBreach(
      { [file]: `export {};\n// ${"x".repeat(98)}\n` },
      `${file}:2: width: 101 columns; at most 100: break the line`,
    );
    expectSound({
      [file]: `export {};\n// ${"x".repeat(97)}\n// https://a.example/${"x".repeat(99)}\n`,
    });
  });
});

/** Runs the command on the sound house with these files changed or added. */
function runTidy(files: Files): { code: number | null; lines: string[]; last: string } {
  const folder = plant({ ...SOUND, ...files });
  const main = join(ROOT, "tools", "tidy", "main.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, folder], {
    encoding: "utf8",
  });
  return { code: status, lines: stderr.split("\n").filter((l) => l !== ""), last: stdout.trim() };
}

function expectBreach(files: Files, line: string): void {
  const { code, lines } = runTidy(files);
  expect(lines).toEqual([line]);
  expect(code).toBe(1);
}

function expectSound(files: Files): void {
  const { code, lines } = runTidy(files);
  expect(lines).toEqual([]);
  expect(code).toBe(0);
}

/** A package.json with the doors `.` and `./wire`. */
function manifest(name: string, dependencies: readonly string[]): string {
  const versions = dependencies.map((dependency) => [`@synfin/${dependency}`, "0.1.0"]);
  const exports = { ".": "./dist/index.js", "./wire": "./dist/wire/index.js" };
  return JSON.stringify({
    name: `@synfin/${name}`,
    exports,
    dependencies: Object.fromEntries(versions),
  });
}
