import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { optimise } from "../../build/optimise.mjs";

/** What the module exports, once optimised and run by Node itself. */
async function run(code: string): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), "synfin-optimise-"));
  const file = join(folder, "optimised.mjs");
  try {
    writeFileSync(file, optimise(code));
    const { ...exports } = await import(/* @vite-ignore */ pathToFileURL(file).href);
    return exports;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("private fields and methods stay those of their class, in a heir, too", async () => {
  const exports = await run(`
    class Base {
      #value = 1;
      #twice() { return 2 * this.#value; }
      base() { return this.#twice(); }
    }
    class Heir extends Base {
      #value = 10;
      heir() { return this.#value; }
    }
    const heir = new Heir();
    const told = [heir.base(), heir.heir()];
    export { told };
  `);
  expect(exports).toEqual({ told: [2, 10] });
});

test("a class inside another has private fields of its own, of the same name, too", async () => {
  const exports = await run(`
    class Outer {
      #value = 1;
      told() {
        class Inner extends Outer {
          #value = 10;
          both() { return [this.#value, this.sum()]; }
        }
        return new Inner().both();
      }
      sum() { return this.#value; }
    }
    const told = new Outer().told();
    export { told };
  `);
  expect(exports).toEqual({ told: [10, 1] });
});

test("who asks whether something has a private field is refused", () => {
  const code = "class A { #x = 1; static is(y) { return #x in y; } }\nexport { A };";
  expect(() => optimise(code)).toThrow("#x in");
});

test("numbers of a constant table stand where they are used", () => {
  const code = `
    var State = { OPEN: 3, SHUT: -1 };
    function name(state) { return state === State.OPEN ? "open" : state === State.SHUT; }
    export { name, State };
  `;
  const optimised = optimise(code);
  expect(optimised).toContain("=== 3");
  expect(optimised).toContain("=== -1");
  expect(optimised).toContain("OPEN");
});

test("what changes, or might be shadowed, is no table", async () => {
  const exports = await run(`
    var Count = { calls: 0 };
    var limits = { most: 1 };
    function call(limits) { Count.calls += 1; return [Count.calls, limits.most]; }
    var told = [call({ most: 5 }), call({ most: 6 })];
    export { told, limits };
  `);
  expect(exports).toEqual({
    told: [
      [1, 5],
      [2, 6],
    ],
    limits: { most: 1 },
  });
});

test("each export keeps its name, a number that was put in its place as well", async () => {
  const exports = await run(`
    import { sep } from "node:path";
    var COUNT = 11;
    var double = (x) => 2 * x;
    export { COUNT, double as twice, sep as between };
  `);
  const { twice, ...others } = exports as { twice: (x: number) => number };
  expect(twice(4)).toBe(8);
  expect(others).toEqual({ COUNT: 11, between: "/" });
});
