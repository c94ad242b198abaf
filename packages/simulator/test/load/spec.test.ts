import { expect, test } from "vitest";
import { checkLoadSpec, createLoad, DEFAULT_LOAD, type LoadSpec } from "../../src/load/index.ts";

const spec = (change: object): LoadSpec => ({ ...DEFAULT_LOAD, ...change });

test("the default can be run", () => {
  expect(checkLoadSpec(DEFAULT_LOAD)).toEqual([]);
});

test.each([
  [{ scenario: "flood" }, 'scenario is "flood"; it must be one of steady'],
  [{ connections: 0 }, "connections is 0; it must be an integer from 1 to 100000"],
  [{ connections: 2.5 }, "connections is 2.5; it must be an integer from 1 to 100000"],
  [{ connections: Number.NaN }, "connections is NaN; it must be an integer from 1 to 100000"],
  [{ connections: "10" }, 'connections is "10"; it must be an integer from 1 to 100000'],
  [{ ratePerSecond: 1e9 }, "ratePerSecond is 1000000000; it must be an integer from 1 to 1000000"],
  [{ seed: -1 }, "seed is -1; it must be an integer from 0 to 4294967295"],
  [{ delayUs: 1e8 }, "delayUs is 100000000; it must be an integer from 0 to 10000000"],
  [{ holdUs: -5 }, "holdUs is -5; it must be an integer from 0 to 3600000000"],
  [{ loss: [2, 1] }, "loss is [2,1]; it must be a ratio of integers such as [1, 50]"],
  [{ loss: 0.1 }, "loss is 0.1; it must be a ratio of integers such as [1, 50]"],
  [{ params: { mslUs: 0.5 } }, "params.mslUs is 0.5; it must be an integer that is not negative"],
  [{ params: { msl: 5 } }, "params.msl is 5; it must be left out: there is no such parameter"],
  [{ params: null }, "params is null; it must be an object of numbers"],
])("%o is refused by name, value and bound", (change, message) => {
  expect(checkLoadSpec(spec(change)).map((error) => error.message)).toEqual([message]);
});

test("all that is wrong is named, and createLoad refuses to run it", () => {
  const wrong = spec({ connections: 0, seed: -1 });
  expect(checkLoadSpec(wrong).map(({ field }) => field)).toEqual(["connections", "seed"]);
  expect(() => createLoad(wrong)).toThrow(RangeError);
  expect(() => createLoad(wrong)).toThrow(/connections is 0.*seed is -1/);
});
