import { Direction } from "@synfin/tun";
import { describe, expect, test } from "vitest";
import { KERNELS, OURS } from "./lab.ts";
import { interop } from "./needs.ts";
import { expectStates, readText, useLab } from "./use-lab.ts";

const { IN, OUT } = Direction;

/** Every segment waits at a gate until both ends' states have been compared. */
describe.skipIf(interop.missing)("opening, with Linux, one segment at a time", () => {
  const lab = useLab(15);

  test("three segments, begun by us", async () => {
    const listener = await lab().kernel.listen(7001);
    const { gate, host } = lab();
    gate.hold();
    const ours = host.open(KERNELS, 7001);
    await expectStates(lab(), ours, "SYN-SENT", "CLOSED");
    await gate.pass(OUT, "SYN");
    await expectStates(lab(), ours, "SYN-SENT", "SYN-RECEIVED");
    await gate.pass(IN, "SYN,ACK");
    await expectStates(lab(), ours, "ESTABLISHED", "SYN-RECEIVED");
    await gate.pass(OUT, "ACK");
    await expectStates(lab(), ours, "ESTABLISHED", "ESTABLISHED");
    gate.open();
    await expect(listener.accept()).resolves.toMatchObject({ remotePort: ours.localPort });
  });

  test("three segments, begun by the kernel", async () => {
    const { gate, kernel } = lab();
    const accepted = lab().accepted(7002);
    gate.hold();
    const connected = kernel.connect(OURS, 7002, 50_702);
    await expect.poll(() => lab().kernelStateOf(50_702, 7002)).toBe("SYN-SENT");
    await gate.pass(IN, "SYN");
    await gate.pass(OUT, "SYN,ACK");
    await connected;
    await expect.poll(() => lab().kernelStateOf(50_702, 7002)).toBe("ESTABLISHED");
    await gate.pass(IN, "ACK");
    const ours = await accepted;
    await expectStates(lab(), ours, "ESTABLISHED", "ESTABLISHED");
    expect(lab().history(ours)).toEqual(["SYN-RECEIVED", "ESTABLISHED"]);
    gate.open();
  });

  test("both at once: the SYNs cross, and one connection comes of it (Figure 7)", async () => {
    const { gate, host, kernel } = lab();
    gate.hold();
    const connected = kernel.connect(OURS, 7003, 50_703);
    await expect.poll(() => lab().kernelStateOf(50_703, 7003)).toBe("SYN-SENT");
    const ours = host.open(KERNELS, 50_703, 7003);
    await expectStates(lab(), ours, "SYN-SENT", "SYN-SENT");
    await gate.pass(IN, "SYN");
    await expectStates(lab(), ours, "SYN-RECEIVED", "SYN-SENT");
    await gate.pass(OUT, "SYN");
    await expectStates(lab(), ours, "SYN-RECEIVED", "SYN-RECEIVED");
    await gate.pass(IN, "SYN,ACK");
    await expectStates(lab(), ours, "ESTABLISHED", "SYN-RECEIVED");
    await gate.pass(OUT, "SYN,ACK");
    await expectStates(lab(), ours, "ESTABLISHED", "ESTABLISHED");
    gate.open();
    const theirs = await connected;
    await theirs.send("crossed");
    await expect(readText(ours)).resolves.toBe("crossed");
  });
});
