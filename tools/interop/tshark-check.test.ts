import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writePcapng } from "@synfin/capture";
import { createSegment, Flag } from "@synfin/core/tcp";
import { buildPacket } from "@synfin/core/wire";
import { expect, onTestFinished, test } from "vitest";
import { requireTool } from "../testing/requirements.ts";
import { inspect } from "./tshark-check.ts";

const tshark = requireTool("tshark");

/** A SYN with an octet of it changed. */
function synWith(at: number, change: number): Uint8Array {
  const numbers = { seq: 1, ack: 0, flags: Flag.SYN, window: 1, urgentPointer: 0 };
  const packet = buildPacket({
    ...{ src: Uint8Array.of(192, 0, 2, 1), dst: Uint8Array.of(192, 0, 2, 2) },
    ...{ srcPort: 1, dstPort: 2, segment: { ...createSegment(), ...numbers, mss: 1460 } },
  });
  packet[at] = (packet[at] ?? 0) ^ change;
  return packet;
}

/** Linux's other zero: the checksum comes to nothing, and 0xffff stands in its place. */
function synWithOtherZero(): Uint8Array {
  const packet = synWith(0, 0);
  const tcp = new DataView(packet.buffer, packet.byteOffset + 20);
  // The urgent pointer makes up for all the rest.
  tcp.setUint16(18, tcp.getUint16(16));
  tcp.setUint16(16, 0xffff);
  return packet;
}

function plantCapture(packets: readonly Uint8Array[]): string {
  const folder = mkdtempSync(join(tmpdir(), "synfin-tshark-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "bad.pcapng");
  writeFileSync(file, writePcapng(packets.map((data, timeUs) => ({ timeUs, data }))));
  return file;
}

test.skipIf(tshark.missing)("what tshark complains about is counted", async () => {
  const good = synWith(0, 0);
  // The time to live, the window, and a segment that ends in its own header.
  const file = plantCapture([good, synWith(8, 1), synWith(35, 1), good.subarray(0, 30)]);
  expect(await inspect(tshark.path, file, "192.0.2.2")).toEqual({
    ...{ packets: 4, tcp: 3, badIpChecksums: 1, badTcpChecksums: 1, malformed: 1 },
  });
});

test.skipIf(tshark.missing)("the other zero is excused in the kernel, and not in us", async () => {
  const file = plantCapture([synWithOtherZero()]);
  expect(await inspect(tshark.path, file, "192.0.2.2")).toMatchObject({ badTcpChecksums: 0 });
  expect(await inspect(tshark.path, file, "192.0.2.1")).toMatchObject({ badTcpChecksums: 1 });
});
