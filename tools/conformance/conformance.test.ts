import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../runner/process.mjs";
import { type Files, plant } from "../testing/plant.ts";
import { readTree } from "../tidy/tree.mjs";
import { DOCUMENT } from "./document.mjs";
import { buildMatrix, findProblems } from "./matrix.mjs";
import { REQUIREMENTS } from "./requirements.mjs";
import { readTitles } from "./titles.mjs";

const TEST = "packages/core/test/planted.test.ts";

/** The titles of one planted file, with the number of tests that each stands for. */
function titlesIn(text: string): [string, number, number][] {
  const titles = readTitles(readTree(plant({ [TEST]: text })));
  return titles.map(({ title, tests, line }) => [title, tests, line]);
}

describe("which titles there are", () => {
  test("of tests, of tables of tests, and of what describes them", () => {
    const text = [
      `describe("a shut window", () => {`,
      `  test("is probed", () => {});`,
      `  test.each([1, 2])(\`takes $${"{one}"} octet\`, () => {});`,
      `  test("waits", { timeout: 9 }, async () => {});`,
      "});",
    ].join("\n");
    expect(titlesIn(text)).toEqual([
      ["a shut window", 3, 1],
      ["is probed", 1, 2],
      ["takes … octet", 1, 3],
      ["waits", 1, 4],
    ]);
  });

  test("a description without tests shows nothing", () => {
    expect(titlesIn(`describe("alone", () => {});\n`)).toEqual([]);
  });

  test("what only looks like a title is none", () => {
    expect(titlesIn(`const words = ["MUST-1"]; // (MUST-2)\nlog("MUST-3", () => {});\n`)).toEqual(
      [],
    );
  });
});

describe("what the matrix makes of them", () => {
  const table = [
    { id: "MUST-1", section: "3.1", asks: "one" },
    { id: "SHLD-2", section: "3.2", asks: "two", open: "nothing does it yet" },
    { id: "MAY-3", section: "3.3", asks: "three" },
    { id: "MUST-4", section: "3.4", asks: "four", out: "is another layer's" },
  ];
  const titled = (title: string) => [{ file: TEST, line: 7, title, tests: 1 }];
  const statuses = (title: string) => buildMatrix(table, titled(title)).map(({ status }) => status);
  const problems = (title: string, strict = false) =>
    findProblems(buildMatrix(table, titled(title)), [], titled(title), strict);

  test("a status for each requirement", () => {
    expect(statuses("(MUST-1, MAY-3)")).toEqual(["tested", "open", "tested", "out of scope"]);
    expect(statuses("nothing")).toEqual(["MISSING", "open", "not used", "out of scope"]);
  });

  test("a longer number is another requirement", () => {
    expect(statuses("(MUST-10)")[0]).toBe("MISSING");
  });

  test("what is open is wrong only if one is strict, and once it has a test", () => {
    expect(problems("(MUST-1)")).toEqual([]);
    expect(problems("(MUST-1)", true)).toEqual(["SHLD-2 (§3.2) is open: nothing does it yet"]);
    expect(problems("(MUST-1, SHLD-2)")).toEqual(["SHLD-2 has a test: it is no longer open"]);
  });

  test("a part of another RFC is named by its own parts, too", () => {
    const companions = [{ rfc: "RFC 5961 §3", asks: "RST" }];
    const missing = (title: string) =>
      findProblems([], companions, titled(title), false).length > 0;
    expect(missing("RFC 5961 §3")).toBe(false);
    expect(missing("(RFC 5961 §3.2)")).toBe(false);
    expect(missing("RFC 5961 §31")).toBe(true);
  });
});

describe("the table", () => {
  test("has the 119 requirements of RFC 9293, each once", () => {
    const count = (kind: string) => REQUIREMENTS.filter(({ id }) => id.startsWith(kind)).length;
    expect([count("MUST-"), count("SHLD-"), count("MAY-"), count("REC-")]).toEqual([69, 31, 18, 1]);
    expect(new Set(REQUIREMENTS.map(({ id }) => id)).size).toBe(119);
  });
});

describe("the command", () => {
  test("finds nothing wrong with this repository", () => {
    const { stderr, status } = runCheck(ROOT);
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  test("reports a title that names no requirement", () => {
    const { status, stderr } = runCheck(
      plantTests({ [TEST]: `import "x";\n\ntest("goes on (MUST-${70})", () => {});\n` }),
    );
    expect(stderr).toContain(`${TEST}:3: MUST-70 is no requirement of RFC 9293\n`);
    expect(status).toBe(1);
  });

  test("reports a requirement whose test is gone", () => {
    const { status, stderr } = runCheck(
      plantTests({ "packages/core/test/tcp/keep-alive.test.ts": "" }),
    );
    expect(stderr).toContain("MUST-29 (§3.8.4) has no test: name it in the title of one\n");
    expect(status).toBe(1);
  });

  test("reports a document that is stale, and one that is missing", () => {
    for (const text of ["", "# Conformance\n"]) {
      const { status, stderr } = runCheck(plantTests({ [DOCUMENT]: text }));
      expect(stderr).toBe(`${DOCUMENT} is stale: npm run conformance\n`);
      expect(status).toBe(1);
    }
  });

  test("writes the document that it asks for", () => {
    const folder = plantTests({ [DOCUMENT]: "" });
    expect(run([folder]).status).toBe(0);
    expect(readFileSync(join(folder, DOCUMENT), "utf8")).toBe(readText(DOCUMENT));
    expect(runCheck(folder).status).toBe(0);
  });
});

/** The tests of this repository and the document, with these files changed or added. */
function plantTests(files: Files): string {
  const tests = readTree(ROOT).files.filter((path) => path.endsWith(".test.ts"));
  const copies = [...tests, DOCUMENT].map((path) => [path, readText(path)]);
  return plant({ ...Object.fromEntries(copies), ...files });
}

function readText(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

function runCheck(folder: string) {
  return run(["--check", folder]);
}

function run(args: readonly string[]) {
  const main = join(ROOT, "tools", "conformance", "main.mjs");
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
}
