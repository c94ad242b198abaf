import fc from "fast-check";
import { expect, test } from "vitest";
import { EventQueue } from "../../src/bulk/queue.ts";

interface Pushed {
  readonly atUs: number;
  readonly source: number;
  readonly order: number;
  readonly kind: number;
  readonly ref: number;
}

const RINGS = [
  { kind: 0, afterUs: 20 },
  { kind: 1, afterUs: 100 },
  { kind: 1, afterUs: 0 },
];

/** Which ring takes an event; the heap comes after all of them. */
function sourceOf(kind: number, afterUs: number): number {
  const ring = RINGS.findIndex((one) => one.kind === kind && one.afterUs === afterUs);
  return ring < 0 ? RINGS.length : ring;
}

/** What the queue promises, the slow way: by time, then by source, then first come. */
function next(waiting: readonly Pushed[]): Pushed | undefined {
  return [...waiting].sort(
    (a, b) => a.atUs - b.atUs || a.source - b.source || a.order - b.order,
  )[0];
}

const step = fc.record({
  kind: fc.constantFrom(0, 1, 5),
  afterUs: fc.constantFrom(0, 20, 100, 7, 33, 20),
  ref: fc.nat(1000),
  pops: fc.nat(2),
});

test("events come in the order of their times, sources and arrival", () => {
  let ties = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 50, maxLength: 300 }), (steps) => {
      const queue = new EventQueue();
      for (const { kind, afterUs } of RINGS) queue.addRing(kind, afterUs);
      const waiting: Pushed[] = [];
      let nowUs = 0;
      const pop = (): void => {
        const expected = next(waiting);
        expect(queue.nextUs).toBe(expected?.atUs ?? Number.POSITIVE_INFINITY);
        expect(queue.pop(Number.POSITIVE_INFINITY)).toBe(expected !== undefined);
        if (expected === undefined) return;
        if (waiting.filter(({ atUs }) => atUs === expected.atUs).length > 1) ties += 1;
        const { atUs, kind, ref } = queue;
        expect({ atUs, kind, ref }).toEqual({
          atUs: expected.atUs,
          kind: expected.kind,
          ref: expected.ref,
        });
        waiting.splice(waiting.indexOf(expected), 1);
        nowUs = expected.atUs;
      };
      steps.forEach(({ kind, afterUs, ref, pops }, order) => {
        const atUs = nowUs + afterUs;
        queue.push(kind, atUs, nowUs, ref, order);
        waiting.push({ atUs, source: sourceOf(kind, afterUs), order, kind, ref });
        for (let count = 0; count < pops; count += 1) pop();
      });
      while (waiting.length > 0) pop();
      expect(queue.size).toBe(0);
    }),
    { numRuns: 300 },
  );
  expect(ties).toBeGreaterThan(1000);
});

test("nothing is taken that happens at the end of the window or later", () => {
  const queue = new EventQueue();
  queue.push(1, 10, 0, 7, 0);
  expect(queue.pop(10)).toBe(false);
  expect(queue.pop(11)).toBe(true);
  expect(queue.ref).toBe(7);
});
