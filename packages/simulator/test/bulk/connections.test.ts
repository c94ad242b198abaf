import fc from "fast-check";
import { expect, test } from "vitest";
import { addressOf, Connections, hostOf } from "../../src/bulk/connections.ts";

const address = fc.constantFrom(
  addressOf(0, 0),
  addressOf(1, 0),
  addressOf(0, 7),
  addressOf(900, 3),
);
const port = fc.constantFrom(80, 443, 65535);
const tuple = fc.tuple(address, port, address, port);
type Tuple = readonly [a: number, portA: number, b: number, portB: number];

const key = ([a, portA, b, portB]: Tuple): string => `${a}:${portA}>${b}:${portB}`;
const mirrored = ([a, portA, b, portB]: Tuple): Tuple => [b, portB, a, portA];

const eitherWay = (one: Tuple): string => [key(one), key(mirrored(one))].sort().join();

test("a tuple is found from either end, until it is removed", () => {
  let found = 0;
  fc.assert(
    fc.property(
      fc.array(tuple, { minLength: 300, maxLength: 400 }),
      fc.infiniteStream(fc.nat(2)),
      (tuples, what) => {
        const connections = new Connections();
        const model = new Map<string, { slot: number; tuple: Tuple }>();
        for (const one of tuples) {
          const known = model.get(key(one)) ?? model.get(key(mirrored(one)));
          const end = connections.find(...one);
          if (known === undefined) {
            expect(end).toBe(-1);
            model.set(key(one), { slot: connections.add(...one), tuple: one });
          } else {
            found += 1;
            expect(end >>> 1).toBe(known.slot);
            const isA = key(one) === key(known.tuple);
            expect(end & 1).toBe(isA ? 0 : 1);
            if (what.next().value === 0) {
              connections.remove(known.slot);
              model.delete(key(known.tuple));
            }
          }
          expect(connections.used).toBe(model.size);
        }
        for (const { slot, tuple: one } of model.values()) {
          expect(connections.find(...one) >>> 1).toBe(slot);
        }
      },
    ),
  );
  expect(found).toBeGreaterThan(1000);
});

test("whoever sent it, a segment is for the end that has its tuple", () => {
  const seen = { there: 0, itself: 0, gone: 0 };
  const pairs = fc.uniqueArray(tuple, { minLength: 20, maxLength: 60, selector: eitherWay });
  fc.assert(
    fc.property(pairs, fc.infiniteStream(fc.nat(3)), (tuples, stays) => {
      const connections = new Connections();
      const slots = tuples.map((one) => connections.add(...one));
      for (const slot of slots) if (stays.next().value === 0) connections.remove(slot);
      for (const one of [...tuples, ...tuples.map(mirrored)]) {
        const end = connections.find(...one);
        const senders = Array.from({ length: 2 * connections.slots + 1 }, (_, nth) => nth - 1);
        const found = senders.map((sender) => connections.peerOf(sender, ...one));
        expect(new Set(found)).toEqual(new Set([end]));
        seen.gone += end < 0 ? 1 : 0;
        seen.there += end >= 0 ? 1 : 0;
        seen.itself += end >= 0 && key(one) === key(mirrored(one)) ? 1 : 0;
      }
    }),
    { numRuns: 50 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
});

test("ten thousand tuples come and go, and no slot is lost", () => {
  const connections = new Connections();
  const slots = Array.from({ length: 10_000 }, (_, nth) =>
    connections.add(addressOf(0, nth % 3), 1024 + nth, addressOf(1, 0), 80),
  );
  expect(new Set(slots).size).toBe(10_000);
  for (const [nth, slot] of slots.entries()) if (nth % 2 === 0) connections.remove(slot);
  for (let nth = 0; nth < 10_000; nth += 1) {
    const end = connections.find(addressOf(1, 0), 80, addressOf(0, nth % 3), 1024 + nth);
    expect(end).toBe(nth % 2 === 0 ? -1 : 2 * (slots[nth] ?? 0) + 1);
  }
  for (let nth = 0; nth < 5_000; nth += 1)
    connections.add(addressOf(2, 0), nth, addressOf(1, 0), 80);
  expect(connections.slots).toBe(10_000);
});

test("an address says whose it is", () => {
  expect(hostOf(addressOf(4095, 1_048_575))).toBe(4095);
  expect(addressOf(4095, 1_048_575)).toBe(0xffff_ffff);
});
