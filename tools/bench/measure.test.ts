import { expect, test } from "vitest";
import { formatInTurns, type Measured, measureInTurns, ratioOf } from "./measure.mjs";

/** A case that times itself: so many nanoseconds for an operation, one value a round. */
function timed(name: string, roundsNs: readonly number[], log: string[] = []) {
  let round = 0;
  const run = (): { operations: number; ns: number } => {
    log.push(name);
    round += 1;
    return { operations: 10, ns: 10 * (roundsNs[round - 1] ?? Number.NaN) };
  };
  return { name, run };
}

test("the cases take turns, and rounds to warm up do not count", async () => {
  const log: string[] = [];
  const cases = [timed("a", [9, 4, 2, 3], log), timed("b", [9, 8, 8, 9], log)];
  const [a, b] = await measureInTurns(cases, { rounds: 3, warmUp: 1 });
  expect(log).toEqual(["a", "b", "a", "b", "a", "b", "a", "b"]);
  expect(a).toEqual({ name: "a", bestNs: 2, medianNs: 3, roundsNs: [4, 2, 3] });
  expect(b).toMatchObject({ bestNs: 8, medianNs: 8 });
});

test("a ratio is taken round by round, with its spread and both absolutes", async () => {
  const cases = [timed("a", [4, 2, 3, 5]), timed("b", [8, 8, 9, 5])];
  const [a, b] = (await measureInTurns(cases, { rounds: 4, warmUp: 0 })) as Measured[];
  if (a === undefined || b === undefined) throw new Error("two cases were measured");
  const absolutes = { name: "b / a", bestNs: 5, againstNs: 2 };
  expect(ratioOf(b, a)).toEqual({ ...absolutes, times: 2.5, least: 1, most: 4 });
});

test("a case that is skipped is asked once, and named with its reason", async () => {
  let asked = 0;
  const missing = () => {
    asked += 1;
    return { skipped: "no cc" };
  };
  const cases = [{ name: "c", run: missing }, timed("slow", [4, 4]), timed("slower", [6, 10])];
  const measured = await measureInTurns(cases, { rounds: 2, warmUp: 0 });
  expect(asked).toBe(1);
  expect(formatInTurns(measured)).toEqual([
    "c       skipped: no cc",
    "slow         4.0 ns best       4.0 ns median",
    "slower       6.0 ns best       8.0 ns median    2.00 × (1.50 to 2.50)",
  ]);
});

test("what does not time itself is timed by the processor's clock", async () => {
  let sink = 0;
  const busy = (): number => {
    for (let step = 0; step < 3_000_000; step += 1) sink = (sink * 31 + step) | 0;
    return 3_000_000;
  };
  const idle = (): Promise<number> => new Promise((done) => setTimeout(() => done(1), 50));
  const [work, rest] = await measureInTurns(
    [
      { name: "busy", run: busy },
      { name: "idle", run: idle },
    ],
    { rounds: 1 },
  );
  expect(work).toMatchObject({ bestNs: expect.toSatisfy((ns: number) => ns > 0 && ns < 1000) });
  expect(rest).toMatchObject({ bestNs: expect.toSatisfy((ns: number) => ns < 40_000_000) });
  expect(sink).not.toBe(0);
});
