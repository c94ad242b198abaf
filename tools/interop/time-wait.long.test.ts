import { createSegment, Flag, flagNames } from "@synfin/core/tcp";
import {
  buildPacket,
  createPacketFields,
  type PacketFields,
  parseAddress,
  readPacket,
} from "@synfin/core/wire";
import { Direction } from "@synfin/tun";
import { describe, expect, test } from "vitest";
import { covered } from "../testing/long.ts";
import { KERNELS, type Lab, OURS } from "./lab.ts";
import { interop } from "./needs.ts";
import { expectStates, kernelConnects, type Pair, useLab } from "./use-lab.ts";

/** Ours lasts 4 s here, so that its end can be waited for. */
const MSL_US = 2_000_000;

describe.skipIf(interop.missing)("TIME-WAIT, Linux's and ours", () => {
  const lab = useLab(50, { params: { mslUs: MSL_US } });

  test("Linux takes a new connection on a port that waits, because our ISN has grown", async () => {
    const { listener } = await kernelWaits(6001, 50_001);
    const [again] = await Promise.all([
      lab().host.connect(KERNELS, 6001, 50_001),
      listener.accept(),
    ]);
    await expectStates(lab(), again, "ESTABLISHED", "ESTABLISHED");
    again.abort();
  });

  test("Linux answers an old SYN with its last ACK, and our reset ends its TIME-WAIT", async () => {
    const { ours, last } = await kernelWaits(6002, 50_002);
    const answers = watchAnswers(lab(), 6002);
    lab().gate.inject(syn(50_002, 6002, (last.seq - 100_000) >>> 0), Direction.OUT);
    // RFC 1337's assassination: the ACK meets no connection of ours, and draws a RST.
    await expectStates(lab(), ours, "CLOSED", "CLOSED");
    expect(answers).toEqual([`ACK ${last.ack} ${last.seq}`]);
  });

  test("with tcp_rfc1337 on, the reset ends nothing", async () => {
    await lab().namespace.sysctl("net.ipv4.tcp_rfc1337", 1);
    const { ours, last } = await kernelWaits(6003, 50_003);
    const answers = watchAnswers(lab(), 6003);
    lab().gate.inject(syn(50_003, 6003, (last.seq - 100_000) >>> 0), Direction.OUT);
    await expect.poll(() => answers).toEqual([`ACK ${last.ack} ${last.seq}`]);
    await expectStates(lab(), ours, "CLOSED", "TIME-WAIT");
  });

  test("Linux's lasts a minute", async () => {
    const { ours } = await kernelWaits(6004, 50_004);
    const started = performance.now();
    while ((await lab().kernelState(ours)) === "TIME-WAIT") {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const seconds = (performance.now() - started) / 1000;
    covered(`Linux's TIME-WAIT lasted ${seconds.toFixed(1)} s`);
    expect(seconds).toBeGreaterThan(58);
    expect(seconds).toBeLessThan(66);
  });

  test("ours lasts two MSL", async () => {
    const { ours, kernel } = await kernelConnects(lab(), 6005);
    ours.end();
    await kernel.close();
    await expectStates(lab(), ours, "TIME-WAIT", "CLOSED");
    const started = performance.now();
    await expect.poll(() => ours.state, { timeout: 10_000, interval: 10 }).toBe("CLOSED");
    const us = 1000 * (performance.now() - started);
    covered(`our TIME-WAIT of 2 x ${MSL_US / 1e6} s lasted ${(us / 1e6).toFixed(2)} s`);
    expect(us).toBeGreaterThan(2 * MSL_US - 500_000);
    expect(us).toBeLessThan(2 * MSL_US + 500_000);
  });

  test("Linux opens again from the port that we remember", async () => {
    const accepted = [lab().accepted(6006)];
    const first = await lab().kernel.connect(OURS, 6006, 50_006);
    const ours = (await accepted[0]) ?? failNoConnection();
    ours.end();
    await first.close();
    await expectStates(lab(), ours, "TIME-WAIT", "CLOSED");
    const started = performance.now();
    const second = await lab().kernel.connect(OURS, 6006, 50_006);
    covered(`Linux was let in again after ${(performance.now() - started).toFixed(0)} ms`);
    expect(performance.now() - started).toBeLessThan(3500);
    expect(second.localPort).toBe(50_006);
    // The new connection took the old one's place; there was no CLOSED in between (MAY-2).
    expect(lab().history(ours).at(-1)).toBe("TIME-WAIT");
  });

  /** A connection from our port that the kernel closes first: its end waits, ours is gone. */
  async function kernelWaits(port: number, localPort: number) {
    const sent: PacketFields[] = [];
    lab().gate.divert((packet, direction) => {
      const fields = createPacketFields();
      const read = readPacket(packet, 0, packet.length, fields) === 0;
      if (read && direction === Direction.OUT && fields.dstPort === port) sent.push(fields);
      return false;
    });
    const listener = await lab().kernel.listen(port);
    const [ours, kernel]: [Pair["ours"], Pair["kernel"]] = await Promise.all([
      lab().host.connect(KERNELS, port, localPort),
      listener.accept(),
    ]);
    await kernel.shutdown();
    await expectStates(lab(), ours, "CLOSE-WAIT", "FIN-WAIT-2");
    ours.end();
    await expectStates(lab(), ours, "CLOSED", "TIME-WAIT");
    const fin = sent.at(-1) ?? failNoConnection();
    // After the FIN: what the kernel expects next, and what it says next.
    return { ours, listener, last: { seq: (fin.seq + 1) >>> 0, ack: fin.ack } };
  }
});

function failNoConnection(): never {
  throw new Error("there is no connection to look at");
}

/** What the kernel says from a port, as `ACK seq ack`. */
function watchAnswers(lab: Lab, port: number): string[] {
  const answers: string[] = [];
  const fields = createPacketFields();
  lab.gate.divert((packet, direction) => {
    if (direction === Direction.IN && readPacket(packet, 0, packet.length, fields) === 0) {
      const flags = flagNames(fields.flags).join(",");
      if (fields.srcPort === port) answers.push(`${flags} ${fields.seq} ${fields.ack}`);
    }
    return false;
  });
  return answers;
}

function syn(srcPort: number, dstPort: number, seq: number): Uint8Array {
  const [src, dst] = [OURS, KERNELS].map((text) => {
    const parsed = parseAddress(text);
    if (!parsed.ok) throw new Error(parsed.error.message);
    return parsed.value;
  });
  if (src === undefined || dst === undefined) throw new Error("two addresses are two addresses");
  const numbers = { seq, ack: 0, flags: Flag.SYN, window: 65535, urgentPointer: 0 };
  return buildPacket({
    src,
    dst,
    srcPort,
    dstPort,
    segment: { ...createSegment(), ...numbers, mss: 1460 },
  });
}
