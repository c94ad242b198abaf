import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCapture } from "@synfin/capture";
import { describe, expect, onTestFinished, test } from "vitest";
import { Alarm } from "../src/alarm.ts";
import { monotonicClock } from "../src/clock.ts";
import { PcapngFile } from "../src/index.ts";
import { InitialSequence } from "../src/initial-sequence.ts";
import { Direction } from "../src/packet-link.ts";
import { WaitingPackets } from "../src/waiting-packets.ts";

describe("the clock", () => {
  test("counts microseconds in integers, and never backwards", () => {
    const clock = monotonicClock();
    const readings = Array.from({ length: 1000 }, () => clock.nowUs());
    expect(readings.every((now, index) => now >= (readings[index - 1] ?? 0))).toBe(true);
    expect(readings.every(Number.isSafeInteger)).toBe(true);
  });

  test("keeps the pace of the wall's", async () => {
    const clock = monotonicClock();
    const wall = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const passedMs = performance.now() - wall;
    expect(Math.abs(clock.nowUs() / 1000 - passedMs)).toBeLessThan(50);
  });
});

describe("the alarm", () => {
  test("rings once for the earliest of many deadlines, and never before it", async () => {
    const clock = monotonicClock();
    const rung: number[] = [];
    const alarm = new Alarm(clock, () => rung.push(clock.nowUs()));
    const start = clock.nowUs();
    for (const afterUs of [50_000, 10_000, 30_000]) alarm.by(start + afterUs);
    await new Promise((resolve) => setTimeout(resolve, 70));
    expect(rung).toHaveLength(1);
    expect(rung[0]).toBeGreaterThanOrEqual(start + 10_000);
  });

  test("does not ring once it is stopped", async () => {
    const clock = monotonicClock();
    let rung = 0;
    const alarm = new Alarm(clock, () => {
      rung += 1;
    });
    alarm.by(clock.nowUs() + 1000);
    alarm.stop();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(rung).toBe(0);
  });

  test("a deadline that is months away rings no sooner", async () => {
    const clock = monotonicClock();
    let rung = 0;
    const alarm = new Alarm(clock, () => {
      rung += 1;
    });
    alarm.by(clock.nowUs() + 100 * 24 * 3600 * 1_000_000);
    await new Promise((resolve) => setTimeout(resolve, 10));
    alarm.stop();
    expect(rung).toBe(0);
  });
});

describe("packets on their way", () => {
  const packet = (octet: number): Uint8Array => Uint8Array.of(octet);

  test("come out by their time, and those of one microsecond in the order they went in", () => {
    const waiting = new WaitingPackets();
    for (const [atUs, octet] of [
      [5, 1],
      [3, 2],
      [5, 3],
      [3, 4],
      [9, 5],
    ] as const) {
      waiting.add(atUs, Direction.OUT, packet(octet));
    }
    expect(waiting.nextAtUs).toBe(3);
    const taken: (number | undefined)[] = [];
    for (let next = waiting.take(5); next !== undefined; next = waiting.take(5)) {
      taken.push(next.packet[0]);
    }
    expect(taken).toEqual([2, 4, 1, 3]);
    expect(waiting.nextAtUs).toBe(9);
    waiting.clear();
    expect(waiting.nextAtUs).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("initial sequence numbers (RFC 6528)", () => {
  const tuple = {
    ...{ localAddress: "192.0.2.2", localPort: 50000 },
    ...{ remoteAddress: "192.0.2.1", remotePort: 80 },
  };

  test("the same connection gets a larger one every four microseconds", () => {
    let nowUs = 1000;
    const isns = new InitialSequence({ nowUs: () => nowUs }, new Uint8Array(32));
    const flow = isns.flowOf(tuple);
    const first = isns.next(flow);
    nowUs += 400;
    expect((isns.next(flow) - first) >>> 0).toBe(100);
  });

  test("another connection, or another secret, gets one that has nothing to do with it", () => {
    const clock = { nowUs: () => 0 };
    const isns = new InitialSequence(clock, new Uint8Array(32));
    const others = new InitialSequence(clock, new Uint8Array(32).fill(1));
    const flows = [
      isns.flowOf(tuple),
      isns.flowOf({ ...tuple, localPort: 50001 }),
      others.flowOf(tuple),
    ];
    expect(new Set(flows).size).toBe(3);
    expect(flows.every((flow) => flow >= 0 && flow <= 0xffff_ffff)).toBe(true);
  });
});

describe("a capture file that grows", () => {
  test("holds every packet with its time", async () => {
    const folder = mkdtempSync(join(tmpdir(), "synfin-tun-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "a.pcapng");
    const before = 1000 * Date.now();
    const capture = await PcapngFile.create(path, 500);
    capture.add(Uint8Array.of(0x45, 1), 500);
    capture.add(Uint8Array.of(0x45, 2, 3), 1500);
    await capture.close();
    const { records, error } = readCapture(readFileSync(path));
    expect(error).toBeUndefined();
    expect(records.map(({ data }) => [...data])).toEqual([
      [0x45, 1],
      [0x45, 2, 3],
    ]);
    const [first, second] = records.map(({ timeUs }) => timeUs ?? 0);
    expect((second ?? 0) - (first ?? 0)).toBe(1000);
    expect(Math.abs((first ?? 0) - before)).toBeLessThan(1_000_000);
  });

  test("a folder that is not there is an error at once", async () => {
    await expect(PcapngFile.create("/missing/a.pcapng", 0)).rejects.toMatchObject({
      code: "ENOENT",
    });
  });
});
