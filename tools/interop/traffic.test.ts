import { createSegment, Flag } from "@synfin/core/tcp";
import { buildPacket } from "@synfin/core/wire";
import { Direction } from "@synfin/tun";
import { expect, test } from "vitest";
import { Traffic } from "./traffic.ts";

const { IN, OUT } = Direction;

/** A segment from port 1 to port 2, or back. */
function segment(direction: Direction, seq: number, flags: number, length = 0): Uint8Array {
  const [srcPort, dstPort] = direction === OUT ? [1, 2] : [2, 1];
  const numbers = { seq, ack: 0, flags, length, window: 1, urgentPointer: 0 };
  return buildPacket({
    ...{ src: Uint8Array.of(192, 0, 2, 1), dst: Uint8Array.of(192, 0, 2, 2), srcPort, dstPort },
    ...{ segment: { ...createSegment(), ...numbers }, payload: new Uint8Array(length) },
  });
}

function counted(...packets: readonly (readonly [Direction, number, number, number?])[]): object {
  const traffic = new Traffic();
  for (const [direction, seq, flags, length] of packets) {
    traffic.packet(segment(direction, seq, flags, length), direction);
  }
  return { bytes: traffic.bytes, again: traffic.again };
}

test("text counts once, over the end of the sequence space and both ways", () => {
  const ours = [OUT, 0xffff_fffe, Flag.SYN] as const;
  const text = [OUT, 0xffff_ffff, Flag.ACK, 100] as const;
  const fin = [OUT, 99, Flag.FIN | Flag.ACK, 50] as const;
  const kernels = [IN, 1000, Flag.SYN | Flag.ACK] as const;
  const answer = [IN, 1001, Flag.ACK, 7] as const;
  const all = [ours, kernels, text, answer, fin];
  expect(counted(...all)).toEqual({ bytes: 157, again: 0 });
  // What the kernel sends again is the kernel's to count: a link may have doubled it.
  expect(counted(...all, ours, text, fin, answer)).toEqual({ bytes: 157, again: 3 });
});

test("a new SYN on the same ports is not the old one again", () => {
  expect(counted([OUT, 1, Flag.SYN], [OUT, 1, Flag.SYN])).toEqual({ bytes: 0, again: 1 });
  expect(counted([OUT, 1, Flag.SYN], [OUT, 0, Flag.SYN])).toEqual({ bytes: 0, again: 0 });
});

test("an acknowledgment is not text, and neither is a FIN", () => {
  const open = [OUT, 1, Flag.SYN] as const;
  expect(counted(open, [OUT, 2, Flag.ACK], [OUT, 2, Flag.ACK])).toEqual({ bytes: 0, again: 0 });
  expect(counted(open, [OUT, 2, Flag.FIN], [OUT, 3, Flag.ACK])).toEqual({ bytes: 0, again: 0 });
});
