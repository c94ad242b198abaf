import { createSegment, Flag, flagNames, type StateName } from "@synfin/core/tcp";
import {
  buildPacket,
  createPacketFields,
  type PacketFields,
  parseAddress,
  readPacket,
} from "@synfin/core/wire";
import { type Connection, Direction } from "@synfin/tun";
import { describe, expect, test } from "vitest";
import { KERNELS, type Lab, OURS } from "./lab.ts";
import { interop } from "./needs.ts";
import { expectStates, type Pair, useLab } from "./use-lab.ts";

const HISTORY_OF_THE_FIRST_TO_CLOSE: readonly StateName[] = [
  ...(["SYN-RECEIVED", "ESTABLISHED"] as const),
  ...(["FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT"] as const),
];

describe.skipIf(interop.missing)("TIME-WAIT and a new SYN, Linux's and ours", () => {
  const lab = useLab(30);

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

  test("Linux opens again from the port that we remember (MAY-2)", async () => {
    const taken: Connection[] = [];
    lab().host.listen(6006, (connection) => taken.push(connection));
    const first = await lab().kernel.connect(OURS, 6006, 50_006);
    await expect.poll(() => taken.length).toBe(1);
    const old = taken[0] ?? failNoConnection();
    old.end();
    await first.close();
    await expectStates(lab(), old, "TIME-WAIT", "CLOSED");
    const second = await lab().kernel.connect(OURS, 6006, 50_006);
    expect(second.localPort).toBe(50_006);
    await expect.poll(() => taken.length).toBe(2);
    const fresh = taken[1] ?? failNoConnection();
    await expectStates(lab(), fresh, "ESTABLISHED", "ESTABLISHED");
    // Directly from TIME-WAIT: no CLOSED in between, which would have been two MSL away.
    expect(lab().history(old)).toEqual(HISTORY_OF_THE_FIRST_TO_CLOSE);
    expect(lab().history(fresh)).toEqual(["SYN-RECEIVED", "ESTABLISHED"]);
    // The new connection has taken the old one's place.
    expect(old.state).toBe("CLOSED");
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
