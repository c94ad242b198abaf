import { describe, expect, test } from "vitest";
import { REAL_TIME_PARAMS, RealTimeHost } from "../src/index.ts";
import type { PacketDevice } from "../src/packet-device.ts";
import { icmpPacket } from "./icmp-packet.ts";

/** A wire on which a router answers every packet with the same error. */
class ErrorDevice implements PacketDevice {
  readonly gone = new Promise<undefined>(() => undefined);
  readonly sent: Uint8Array[] = [];
  private readonly type: number;
  private readonly code: number;
  private receiver: (packet: Uint8Array) => void = () => undefined;

  constructor(type: number, code: number) {
    this.type = type;
    this.code = code;
  }

  send(packet: Uint8Array): void {
    this.sent.push(packet);
    setImmediate(() => this.receiver(icmpPacket(packet, this.type, this.code)));
  }

  receive(receiver: (packet: Uint8Array) => void): void {
    this.receiver = receiver;
  }

  async close(): Promise<void> {}
}

const [OURS, THEIRS] = ["192.0.2.2", "192.0.2.1"];

function hostOn(device: PacketDevice, params = {}): RealTimeHost {
  return new RealTimeHost({ device, address: OURS, params: { ...REAL_TIME_PARAMS, ...params } });
}

describe("ICMP errors on the wire (MUST-54)", () => {
  test("port unreachable: the connection is refused, and its port free again", async () => {
    const host = hostOn(new ErrorDevice(3, 3));
    const refused = { code: "ECONNREFUSED" };
    await expect(host.connect(THEIRS, 80, 5000)).rejects.toMatchObject(refused);
    expect(host.connectionCount).toBe(0);
    await expect(host.connect(THEIRS, 80, 5000)).rejects.toMatchObject(refused);
    await host.close();
  });

  test("host unreachable: the SYN goes out again, and then that is why (MUST-56)", async () => {
    const device = new ErrorDevice(3, 1);
    const host = hostOn(device, { initialRtoUs: 20_000, minRtoUs: 20_000, synR2Us: 100_000 });
    const started = performance.now();
    const connecting = host.connect(THEIRS, 80);
    await expect(connecting).rejects.toMatchObject({ code: "EHOSTUNREACH" });
    expect(performance.now() - started).toBeGreaterThan(90);
    expect(device.sent.length).toBeGreaterThan(2);
    await host.close();
  });
});

test("connect to a group is refused at once (MUST-46)", () => {
  const device = new ErrorDevice(3, 3);
  expect(() => hostOn(device).open("224.0.0.1", 80)).toThrow("224.0.0.1:80: the network cannot");
  expect(device.sent).toEqual([]);
});
