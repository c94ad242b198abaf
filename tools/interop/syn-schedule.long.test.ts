import { Flag } from "@synfin/core/tcp";
import { createPacketFields, readPacket } from "@synfin/core/wire";
import { Direction } from "@synfin/tun";
import { describe, expect, test } from "vitest";
import { covered } from "../testing/long.ts";
import { type Lab, OURS } from "./lab.ts";
import { interop } from "./needs.ts";
import { readText, useLab } from "./use-lab.ts";

const PORT = 5001;
/** The kernel's timers ring late by up to an eighth, and the machine may be busy. */
const LATE = 1.2;

describe.skipIf(interop.missing)("Linux's SYN, while we stay silent", () => {
  const lab = useLab(6);

  test("doubles its patience each time: 1, 3, 7 and 15 s, then ETIMEDOUT at 31 s", async () => {
    await setLinear(lab(), 0);
    await lab().namespace.sysctl("net.ipv4.tcp_syn_retries", 4);
    const syns = swallowSyns(lab(), Number.POSITIVE_INFINITY);
    const started = performance.now();
    await expect(lab().kernel.connect(OURS, PORT)).rejects.toMatchObject({ code: "ETIMEDOUT" });
    expectTimes([...syns, (performance.now() - started) / 1000], [0, 1, 3, 7, 15, 31]);
    covered(`Linux sent its SYN at ${said(syns)} s and gave up`);
  });

  test("from 6.5 on: four times after a second each, and only then doubling", async () => {
    const linear = await setLinear(lab(), 4);
    await lab().namespace.sysctl("net.ipv4.tcp_syn_retries", 3);
    const syns = swallowSyns(lab(), Number.POSITIVE_INFINITY);
    await expect(lab().kernel.connect(OURS, PORT)).rejects.toMatchObject({ code: "ETIMEDOUT" });
    covered(`Linux sent its SYN at ${said(syns)} s and gave up`);
    // When it gives up is a matter of time and not of a count: the last ones may differ.
    const schedule = linear ? [0, 1, 2, 3, 4, 5, 7] : [0, 1, 3];
    expectTimes(syns.slice(0, schedule.length), schedule);
  });

  test("the third one is answered, and the connection opens", async () => {
    const syns = swallowSyns(lab(), 2);
    const accepted = lab().accepted(PORT);
    const kernel = await lab().kernel.connect(OURS, PORT);
    const ours = await accepted;
    expect(syns).toHaveLength(2);
    await kernel.send("at last");
    await expect(readText(ours)).resolves.toBe("at last");
  });
});

/**
 * How many retransmissions come before the doubling. Resolves to whether this
 * kernel has that switch.
 */
async function setLinear(lab: Lab, count: number): Promise<boolean> {
  const { stdout } = await lab.namespace.run("ls", "/proc/sys/net/ipv4");
  const known = stdout.includes("tcp_syn_linear_timeouts");
  if (known) await lab.namespace.sysctl("net.ipv4.tcp_syn_linear_timeouts", count);
  return known;
}

/** Keeps the first SYNs from our stack; when they came, in seconds after the first. */
function swallowSyns(lab: Lab, most: number): number[] {
  const times: number[] = [];
  const fields = createPacketFields();
  let first = Number.NaN;
  lab.gate.divert((packet, direction) => {
    if (direction !== Direction.IN || times.length >= most) return false;
    if (readPacket(packet, 0, packet.length, fields) !== 0) return false;
    if (fields.dstPort !== PORT || (fields.flags & Flag.SYN) === 0) return false;
    if (times.length === 0) first = performance.now();
    times.push((performance.now() - first) / 1000);
    return true;
  });
  return times;
}

function expectTimes(times: readonly number[], schedule: readonly number[]): void {
  expect(times).toHaveLength(schedule.length);
  for (const [index, seconds] of schedule.entries()) {
    expect(times[index]).toBeGreaterThanOrEqual(seconds * 0.98);
    expect(times[index]).toBeLessThanOrEqual(seconds * LATE + 0.2);
  }
}

function said(times: readonly number[]): string {
  return times.map((time) => time.toFixed(1)).join(", ");
}
