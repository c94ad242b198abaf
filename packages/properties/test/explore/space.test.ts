import fc from "fast-check";
import { expect, test } from "vitest";
import { Act, actionCode, readAction } from "../../src/explore/space/action.ts";
import { Edges } from "../../src/explore/space/edges.ts";
import { Frontier } from "../../src/explore/space/frontier.ts";
import { decode, encode, type NetState } from "../../src/explore/space/net-state.ts";
import { Visited } from "../../src/explore/space/visited.ts";

const number = fc.nat(1_000_000);
const budget = fc.nat(9);
const queue = fc.array(number, { maxLength: 5 });
const late = fc.array(fc.record({ segment: number, leftUs: fc.nat(120_000_000) }), {
  maxLength: 3,
});
const state: fc.Arbitrary<NetState> = fc.record({
  ends: fc.tuple(number, number),
  queues: fc.tuple(queue, queue),
  late: fc.tuple(late, late),
  losses: budget,
  duplicates: budget,
  reorders: budget,
  aborts: budget,
});

test("states come back from a frontier as they were, in their order", () => {
  fc.assert(
    fc.property(fc.array(state, { maxLength: 20 }), (states) => {
      const frontier = new Frontier();
      for (const [index, one] of states.entries()) {
        const words: number[] = [];
        encode(one, words);
        frontier.push(index, words);
      }
      const reader = frontier.reader();
      const back: NetState[] = [];
      while (reader.advance()) {
        expect(reader.index).toBe(back.length);
        back.push(decode(reader.words, reader.at));
      }
      expect(back).toEqual(states);
    }),
    { numRuns: 200 },
  );
});

test("every action has a code of its own in one octet", () => {
  const acts = Object.values(Act);
  const codes = acts.flatMap((act) => ([0, 1] as const).map((host) => actionCode(act, host)));
  for (let place = 1; place < 9; place += 1) codes.push(actionCode(Act.ARRIVE_LATE, 1, place));
  expect(new Set(codes).size).toBe(codes.length);
  expect(Math.max(...codes)).toBeLessThan(256);
  expect(readAction(actionCode(Act.ARRIVE_LATE, 1, 3))).toEqual({
    ...{ act: Act.ARRIVE_LATE, host: 1, place: 3 },
  });
  expect(readAction(actionCode(Act.HOLD, 0))).toEqual({ act: Act.HOLD, host: 0, place: 0 });
});

test("a hundred thousand states are told apart, and their ways remembered", () => {
  const visited = new Visited();
  const add = (index: number): number => {
    // Two states in a row share their low word, four their high one.
    const [high, low] = [index % 4, Math.imul(index >> 1, 0x9e37_79b1)];
    return visited.add(high, low, index - 1, index & 0x7f);
  };
  const numbers = Array.from({ length: 100_000 }, (_, index) => add(index));
  expect(numbers.findIndex((number, index) => number !== index)).toBe(-1);
  expect([0, 1, 77_777, 99_999].map(add)).toEqual([-1, -2, -77_778, -100_000]);
  expect(visited.size).toBe(100_000);
  expect(visited.pathTo(4)).toEqual([1, 2, 3, 4]);
  expect(visited.collisionChance).toBeCloseTo(1e10 / 2 ** 65, 15);
});

/** @param targets where each state leads to, in the order of their numbers */
function firstOfEndless(targets: readonly (readonly number[])[]): number {
  const edges = new Edges();
  for (const of of targets) {
    edges.leave();
    for (const target of of) edges.add(target);
  }
  return edges.firstOfEndless();
}

test("a circle is found where there is one, at its first state", () => {
  expect(firstOfEndless([[1, 2], [2], []])).toBe(-1);
  // Against the order of the numbers: it takes more than one pass.
  expect(firstOfEndless([[3], [], [1], [2]])).toBe(-1);
  expect(firstOfEndless([[1], [2], [3, 4], [2], []])).toBe(2);
  expect(firstOfEndless([[1], [1]])).toBe(1);
  expect(firstOfEndless([[1, 2], [3], [], [1]])).toBe(1);
});
