import { createSegment, Flag, type Segment } from "@synfin/core/tcp";
import { addressOf, SnatPool } from "@synfin/simulator/bulk";
import { expect, test } from "vitest";

const SECOND = 1_000_000;
const [MACHINE, OUTSIDE, SERVER] = [addressOf(0, 0), addressOf(0, 1), addressOf(1, 0)];

function snat(): SnatPool {
  return new SnatPool({
    ...{ inside: 0, address: OUTSIDE, ports: [5000, 5000], holdUs: 120 * SECOND },
  });
}

function seg(flags: number): Segment {
  return { ...createSegment(), flags };
}

function out(srcPort: number) {
  return { src: MACHINE, srcPort, dst: SERVER, dstPort: 443, flow: 1, sender: -1 };
}

function back() {
  return { src: SERVER, srcPort: 443, dst: OUTSIDE, dstPort: 5000, flow: 1, sender: -1 };
}

test("shows its own address and port outside, and finds the way back", () => {
  const box = snat();
  const leaving = out(40_000);
  expect(box.pass(0, leaving, seg(Flag.SYN))).toBe(true);
  expect(leaving).toMatchObject({ src: OUTSIDE, srcPort: 5000, dst: SERVER, dstPort: 443 });
  const coming = back();
  expect(box.pass(0, coming, seg(Flag.SYN | Flag.ACK))).toBe(true);
  expect(coming).toMatchObject({ dst: MACHINE, dstPort: 40_000 });
});

test("lets nothing in that nobody inside has begun", () => {
  expect(snat().pass(0, back(), seg(Flag.SYN))).toBe(false);
  expect(snat().pass(0, out(40_000), seg(Flag.ACK))).toBe(false);
});

test("drops a SYN that it has no port for, until the hold after both FINs is over", () => {
  const box = snat();
  box.pass(0, out(40_000), seg(Flag.SYN));
  expect(box.pass(1, out(40_001), seg(Flag.SYN))).toBe(false);
  box.pass(10 * SECOND, out(40_000), seg(Flag.FIN | Flag.ACK));
  expect(box.pass(200 * SECOND, out(40_001), seg(Flag.SYN))).toBe(false);
  box.pass(200 * SECOND, back(), seg(Flag.FIN | Flag.ACK));
  expect(box.pass(320 * SECOND - 1, out(40_001), seg(Flag.SYN))).toBe(false);
  expect(box.refused).toBe(3);
  expect(box.pass(320 * SECOND, out(40_001), seg(Flag.SYN))).toBe(true);
});

test("holds a port back after a reset, too", () => {
  const box = snat();
  box.pass(0, out(40_000), seg(Flag.SYN));
  box.pass(0, out(40_000), seg(Flag.RST));
  expect(box.pass(119 * SECOND, out(40_001), seg(Flag.SYN))).toBe(false);
  expect(box.pass(120 * SECOND, out(40_001), seg(Flag.SYN))).toBe(true);
});
