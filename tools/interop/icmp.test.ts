import { Flag } from "@synfin/core/tcp";
import { createPacketFields, readPacket } from "@synfin/core/wire";
import { Direction } from "@synfin/tun";
import { describe, expect, test } from "vitest";
import { portUnreachable } from "./icmp-packet.ts";
import { KERNELS, OURS } from "./lab.ts";
import { interop } from "./needs.ts";
import { kernelConnects, readText, useLab } from "./use-lab.ts";

describe.skipIf(interop.missing)("ICMP port unreachable, between us and Linux", () => {
  const lab = useLab(10);

  test("the kernel's firewall answers our SYN with one: the connection is refused", async () => {
    const rule = "tcp dport 4001 reject with icmp port-unreachable";
    await lab().namespace.run("nft", "add table ip t");
    await lab().namespace.run("nft", "add chain ip t in { type filter hook input priority 0; }");
    await lab().namespace.run("nft", `add rule ip t in ${rule}`);
    const started = performance.now();
    await expect(lab().host.connect(KERNELS, 4001)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    // Long before the SYN's three minutes are over (MUST-23).
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("we answer the kernel's SYN with one: the connection is refused", async () => {
    answerSyns(4002);
    await expect(lab().kernel.connect(OURS, 4002)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("one about a connection that is established ends nothing (RFC 5927)", async () => {
    const pair = await kernelConnects(lab(), 4003);
    const seen: Uint8Array[] = [];
    lab().gate.divert((packet, direction) => {
      if (direction === Direction.OUT) seen.push(packet);
      return false;
    });
    await pair.ours.write(Buffer.from("before"));
    await expect(pair.kernel.recv()).resolves.toBe("before");
    const [segment] = seen;
    if (segment === undefined) throw new Error("nothing of ours has passed the gate");
    lab().gate.inject(portUnreachable(segment), Direction.IN);
    await pair.kernel.send("after");
    await expect(readText(pair.ours)).resolves.toBe("after");
    expect(pair.ours.state).toBe("ESTABLISHED");
  });

  /** Our stack never sees these SYNs: what answers is no TCP. */
  function answerSyns(port: number): void {
    const fields = createPacketFields();
    lab().gate.divert((packet, direction) => {
      if (direction !== Direction.IN) return false;
      if (readPacket(packet, 0, packet.length, fields) !== 0) return false;
      if (fields.dstPort !== port || (fields.flags & Flag.SYN) === 0) return false;
      lab().gate.inject(portUnreachable(packet), Direction.OUT);
      return true;
    });
  }
});
