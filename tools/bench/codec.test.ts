import { createPacketFields, readPacket } from "@synfin/core/wire";
import { expect, test } from "vitest";
import { measureCodec, readRaw } from "./codec.mjs";
import { buildCorpus } from "./codec-corpus.mjs";

test("the limit reads from every packet what the codec reads", () => {
  const { bytes, starts, layouts } = buildCorpus();
  const view = new DataView(bytes.buffer);
  const seen = new Set<number>();
  layouts.forEach((layout, nth) => {
    const read = createPacketFields();
    const raw = createPacketFields();
    const [start = 0, end = 0] = starts.subarray(nth, nth + 2);
    expect(readPacket(bytes, start, end, read)).toBe(0);
    readRaw(view, start, layout, raw);
    expect(raw).toEqual(read);
    seen.add(layout);
  });
  expect(seen).toEqual(new Set([0, 1, 2, 3]));
  expect(layouts).toHaveLength(1024);
});

test("each way of reading is measured, the limit first", async () => {
  const measured = await measureCodec({ packets: 2000, rounds: 3, npm: false });
  expect(measured.map(({ name }) => name.split(/[ :]/)[0])).toEqual([
    "raw",
    "readPacket",
    "decodePacket",
  ]);
  for (const one of measured) expect(one).toMatchObject({ bestNs: expect.toSatisfy(isCost) });
});

function isCost(ns: number): boolean {
  return ns > 1 && ns < 1_000_000;
}
