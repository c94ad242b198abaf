import { ByteQueue } from "@synfin/sockets";
import { expect, test } from "vitest";

function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values);
}

test("what is appended comes out in order", () => {
  const queue = new ByteQueue();
  queue.append(bytes(1, 2, 3));
  queue.append(bytes(4));
  expect(queue.length).toBe(4);
  expect(queue.copy(1, 3)).toEqual(bytes(2, 3, 4));
});

test("what is dropped is gone, and the rest moves up", () => {
  const queue = new ByteQueue();
  queue.append(bytes(1, 2, 3, 4));
  queue.drop(3);
  expect(queue.copy(0, 1)).toEqual(bytes(4));
  queue.drop(99);
  expect(queue.length).toBe(0);
});

test("it grows, and a queue that is used for long does not", () => {
  const queue = new ByteQueue();
  for (let round = 0; round < 10_000; round += 1) {
    queue.append(bytes(round & 255, (round + 1) & 255));
    expect(queue.copy(0, 1)).toEqual(bytes(round & 255));
    queue.drop(2);
  }
  queue.append(new Uint8Array(1000).fill(7));
  expect(queue.copy(999, 1)).toEqual(bytes(7));
});

test("more than there is cannot be had", () => {
  const queue = new ByteQueue();
  queue.append(bytes(1, 2));
  expect(() => queue.copy(1, 2)).toThrow("1+2 bytes asked of a queue that holds 2");
});
