import { Digest } from "@synfin/simulator";
import { expect, test } from "vitest";

function digestOf(...events: readonly (readonly number[])[]): Digest {
  const digest = new Digest();
  for (const [kind = 0, atUs = 0, ...words] of events) {
    const event = digest.begin(kind, atUs);
    for (const word of words) event.word(word);
    event.end();
  }
  return digest;
}

test("16 hexadecimal digits, also of nothing", () => {
  expect(digestOf().toString()).toBe("0000000000000000");
  expect(digestOf([1, 2, 3]).toString()).toMatch(/^[0-9a-f]{16}$/);
});

test("the order of events does not count; shards add up", () => {
  const whole = digestOf([1, 10, 5], [2, 20, 6], [3, 30, 7]);
  const shard = digestOf([3, 30, 7]);
  shard.merge(digestOf([2, 20, 6], [1, 10, 5]));
  expect(shard.toString()).toBe(whole.toString());
});

test("every number of an event counts, and its place", () => {
  const base = digestOf([1, 10, 5, 6]).toString();
  for (const other of [
    [2, 10, 5, 6],
    [1, 11, 5, 6],
    [1, 10, 6, 5],
    [1, 10, 5],
    [1, 10, 5, 6, 0],
  ]) {
    expect(digestOf(other).toString()).not.toBe(base);
  }
});

test("an event twice is not the same as once", () => {
  expect(digestOf([1, 1], [1, 1]).toString()).not.toBe(digestOf([1, 1]).toString());
});

test("times beyond 2³² count in full", () => {
  expect(digestOf([1, 2 ** 32]).toString()).not.toBe(digestOf([1, 0]).toString());
});
