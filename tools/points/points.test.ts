import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../runner/process.mjs";
import { type Files, plant } from "../testing/plant.ts";
import { readTree } from "../tidy/tree.mjs";
import { DOCUMENT, findProblems, pointsOf, statusOf } from "./document.mjs";
import { POINTS } from "./points.mjs";

const TEST = "packages/element/test/planted.test.ts";
const titled = (title: string) => [{ file: TEST, line: 7, title, tests: 1 }];

test("a title names one point or several", () => {
  expect(pointsOf("draws [point 7]")).toEqual([7]);
  expect(pointsOf("draws [points 7, 31] and more")).toEqual([7, 31]);
  expect(pointsOf("draws point 7")).toEqual([]);
});

test("there are 41 points, each with its number", () => {
  expect(POINTS.map(({ point }) => point)).toEqual(Array.from({ length: 41 }, (_, i) => i + 1));
});

test("a point is held by a test or a command, and only if nothing of it is open", () => {
  const point = { point: 7, asks: "small" };
  expect(statusOf(point, titled("is [point 7]"))).toBe("held");
  expect(statusOf({ ...point, open: "the rest" }, titled("is [point 7]"))).toBe("in part");
  expect(statusOf({ ...point, command: "npm run check" }, [])).toBe("held");
  expect(statusOf({ ...point, open: "all of it" }, titled("is [point 8]"))).toBe("open");
  expect(statusOf(point, titled("is [point 8]"))).toBe("MISSING");
});

test("a title that names a point that there is not is a problem", () => {
  expect(findProblems(titled(`is [point ${42}]`))).toContain(`${TEST}:7: there is no point 42`);
});

test("the command finds nothing wrong with this repository", () => {
  const { stderr, status } = run(["--check"]);
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

test("the command reports a point whose test is gone, and that its document is stale", () => {
  const folder = plantTests({ "packages/element/test/doors.test.ts": "" });
  const { stderr, status } = run(["--check", folder]);
  expect(stderr).toContain("point 4 has no test: name it in the title of one");
  expect(stderr).toContain(`${DOCUMENT} is stale: npm run points\n`);
  expect(status).toBe(1);
});

test("the command writes the document that it asks for", () => {
  const folder = plantTests({ [DOCUMENT]: "" });
  expect(run([folder]).status).toBe(0);
  expect(readFileSync(join(folder, DOCUMENT), "utf8")).toBe(readText(DOCUMENT));
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

function run(args: readonly string[]) {
  const main = join(ROOT, "tools", "points", "main.mjs");
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
}
