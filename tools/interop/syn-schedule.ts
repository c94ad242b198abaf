import { Flag } from "@synfin/core/tcp";
import { createPacketFields, readPacket } from "@synfin/core/wire";
import { Direction } from "@synfin/tun";
import { expect } from "vitest";
import type { Lab } from "./lab.ts";
import type { Namespace } from "./namespace.ts";

/** Seconds from the first SYN to each of those that Linux sends, the first included. */
export const DOUBLING: readonly number[] = [0, 1, 3, 7, 15];
/** The same from Linux 6.5 on: the first second four times more before it doubles. */
export const LINEAR_FIRST: readonly number[] = [0, 1, 2, 3, 4, 5, 7];

/** The kernel's timers ring late by up to an eighth. */
const LATE = 1.2;
/** A busy machine shows us any of them late, the first one included. */
const BUSY_S = 0.5;

/**
 * How many retransmissions of a SYN come before the doubling. Resolves to
 * whether this kernel has that switch; Linux before 6.5 always doubles.
 */
export async function setLinear(
  { namespace }: { readonly namespace: Namespace },
  count: number,
): Promise<boolean> {
  const { stdout } = await namespace.run("ls", "/proc/sys/net/ipv4");
  const known = stdout.includes("tcp_syn_linear_timeouts");
  if (known) await namespace.sysctl("net.ipv4.tcp_syn_linear_timeouts", count);
  return known;
}

/** Keeps the first SYNs from our stack; when they came, in seconds after the first. */
export function swallowSyns(lab: Lab, most: number = Number.POSITIVE_INFINITY): number[] {
  const times: number[] = [];
  const fields = createPacketFields();
  let first = Number.NaN;
  lab.gate.divert((packet, direction) => {
    if (direction !== Direction.IN || times.length >= most) return false;
    if (readPacket(packet, 0, packet.length, fields) !== 0) return false;
    if ((fields.flags & Flag.SYN) === 0) return false;
    if (times.length === 0) first = performance.now();
    times.push((performance.now() - first) / 1000);
    return true;
  });
  return times;
}

export function expectTimes(times: readonly number[], schedule: readonly number[]): void {
  expect(times).toHaveLength(schedule.length);
  for (const [index, seconds] of schedule.entries()) {
    expect(times[index]).toBeGreaterThanOrEqual(seconds - BUSY_S);
    expect(times[index]).toBeLessThanOrEqual(seconds * LATE + BUSY_S);
  }
}

export function said(times: readonly number[]): string {
  return times.map((time) => time.toFixed(1)).join(", ");
}
