import { describe, expect, test } from "vitest";
import { REQUIREMENTS } from "../conformance/requirements.mjs";
import { ROOT } from "../runner/process.mjs";
import { plant } from "../testing/plant.ts";
import { mutate } from "./mutant.mjs";
import { MUTANTS } from "./table.mjs";

const inScope = REQUIREMENTS.filter(({ id, out }) => out === undefined && /^(MUST|SHLD)/.test(id));
const broken = new Set(MUTANTS.flatMap(({ breaks }) => breaks));

describe("the table of mutants", () => {
  test("each applies: its text stands once in its file", () => {
    const problems = MUTANTS.flatMap((mutant) => {
      const mutated = mutate(ROOT, mutant);
      return "problem" in mutated ? [`${mutant.what}: ${mutated.problem}`] : [];
    });
    expect(problems).toEqual([]);
  });

  test("every MUST and SHLD in scope has one that breaks it", () => {
    const missing = inScope.map(({ id }) => id).filter((id) => !broken.has(id));
    expect(missing).toEqual([]);
  });

  test("each breaks only what there is: a requirement, or another RFC", () => {
    const known = new Set(REQUIREMENTS.map(({ id }) => id));
    const isRfc = (id: string) => /^RFC [1-9]\d{2,3}$/.test(id);
    expect([...broken].filter((id) => !known.has(id) && !isRfc(id))).toEqual([]);
  });

  test("no two are the same, and each says something of its own", () => {
    const patches = MUTANTS.map(({ file, find, replace }) => `${file}\n${find}\n${replace}`);
    expect(new Set(patches).size).toBe(MUTANTS.length);
    expect(new Set(MUTANTS.map(({ what }) => what)).size).toBe(MUTANTS.length);
  });
});

describe("a mutant", () => {
  const mutant = { what: "", file: "a.ts", find: "one", replace: "two", breaks: [] };
  const problemIn = (text: string, change = {}) =>
    mutate(plant({ "a.ts": text }), { ...mutant, ...change });

  test("replaces its text", () => {
    expect(problemIn("just one thing")).toEqual({ text: "just two thing" });
  });

  test("whose text is gone, or no longer alone, does not apply", () => {
    expect(problemIn("nothing")).toEqual({ problem: "not in a.ts" });
    expect(problemIn("one by one")).toEqual({ problem: "more than once in a.ts" });
    expect(problemIn("one", { replace: "one" })).toEqual({ problem: "changes nothing" });
    expect(problemIn("one", { file: "b.ts" })).toEqual({ problem: "b.ts does not exist" });
  });
});
