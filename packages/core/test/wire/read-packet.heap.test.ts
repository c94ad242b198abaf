import { PerformanceObserver } from "node:perf_hooks";
import { expect, test } from "vitest";
import { createSegment, Flag } from "../../src/tcp/index.ts";
import { buildPacket, checksumOk, createPacketFields, readPacket } from "../../src/wire/index.ts";
import { hex } from "./hex.ts";

const READS = 300_000;

/** Sequence numbers beyond 2³¹ are the ones that V8 would box. */
const packet = buildPacket({
  src: hex("20010db8000000000000000000000001"),
  dst: hex("20010db8000000000000000000000002"),
  srcPort: 49152,
  dstPort: 80,
  segment: { ...createSegment(), seq: 0xfffffff0, ack: 0xf0000000, flags: Flag.SYN, mss: 1440 },
});

test("reading and checking a packet allocates nothing", async () => {
  const fields = createPacketFields();
  const read = (): void => {
    for (let run = 0; run < READS; run++) {
      if (readPacket(packet, 0, packet.length, fields) !== 0) throw new Error("unreadable");
      if (!checksumOk(packet)) throw new Error("wrong checksum");
    }
  };
  // The compiler needs some rounds, and allocates; what allocates by itself does so in every one.
  const rounds: HeapChange[] = [];
  for (let round = 0; round < 6; round++) rounds.push(await heapChange(read));
  expect(rounds).toContainEqual({ collections: 0, growth: expect.toSatisfy(isNothing) });
});

test("the same measure sees what does allocate", async () => {
  let kept: object = {};
  for (let round = 0; round < 6; round++) {
    const { growth, collections } = await heapChange(() => {
      for (let run = 0; run < READS; run++) kept = { run };
    });
    expect(collections > 0 || !isNothing(growth)).toBe(true);
  }
  expect(kept).toEqual({ run: READS - 1 });
});

/** The smallest thing on V8's heap takes more than four octets; the measuring itself takes some. */
function isNothing(growth: number): boolean {
  return growth < 4 * READS;
}

/** How much the heap grew while something ran, in octets, and how often it was collected. */
interface HeapChange {
  readonly growth: number;
  readonly collections: number;
}

async function heapChange(run: () => void): Promise<HeapChange> {
  let collections = 0;
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().length;
  });
  observer.observe({ entryTypes: ["gc"] });
  const before = process.memoryUsage().heapUsed;
  run();
  const growth = process.memoryUsage().heapUsed - before;
  // Entries are handed over in a later turn.
  await new Promise((resolve) => setTimeout(resolve, 20));
  observer.disconnect();
  return { growth, collections };
}
