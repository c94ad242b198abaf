import { Direction } from "@synfin/tun";
import { describe, expect, test } from "vitest";
import { KERNELS, OURS } from "./lab.ts";
import { interop } from "./needs.ts";
import { expectStates, kernelConnects, useLab, weConnect } from "./use-lab.ts";

describe.skipIf(interop.missing)("resets, between us and Linux", () => {
  const lab = useLab(40);

  test("the kernel closes under SO_LINGER with no time: our end hears of a reset", async () => {
    const { ours, kernel } = await kernelConnects(lab(), 2001);
    await kernel.reset();
    await expect(ours.read()).rejects.toMatchObject({ code: "ECONNRESET" });
    await expect(ours.closed).resolves.toBe("ECONNRESET");
    await expectStates(lab(), ours, "CLOSED", "CLOSED");
  });

  test("we abort: the kernel's end hears of a reset", async () => {
    const { ours, kernel } = await weConnect(lab(), KERNELS, 2002);
    ours.abort();
    await expect(kernel.recv()).rejects.toMatchObject({ code: "ECONNRESET" });
    await expectStates(lab(), ours, "CLOSED", "CLOSED");
  });

  test("we close with text unread: the kernel's end hears of a reset (SHLD-3)", async () => {
    const { ours, kernel } = await kernelConnects(lab(), 2003);
    await kernel.send("never read");
    await expect.poll(() => ours.unread).toBe("never read".length);
    ours.close();
    await expect(kernel.recv()).rejects.toMatchObject({ code: "ECONNRESET" });
    await expectStates(lab(), ours, "CLOSED", "CLOSED");
  });

  test("the kernel closes with text unread: our end hears of a reset", async () => {
    const { ours, kernel } = await kernelConnects(lab(), 2004);
    await ours.write(Buffer.from("never read"));
    await expect.poll(() => ours.unacknowledged).toBe(0);
    await kernel.close();
    await expect(ours.read()).rejects.toMatchObject({ code: "ECONNRESET" });
    await expectStates(lab(), ours, "CLOSED", "CLOSED");
  });

  test("a reset that waits at the gate leaves our end open until it comes", async () => {
    const { ours, kernel } = await kernelConnects(lab(), 2005);
    lab().gate.hold();
    await kernel.reset();
    await expectStates(lab(), ours, "ESTABLISHED", "CLOSED");
    await lab().gate.pass(Direction.IN, "RST,ACK");
    await expectStates(lab(), ours, "CLOSED", "CLOSED");
    lab().gate.open();
  });

  test("a port of the kernel at which nobody listens refuses us", async () => {
    const ours = lab().host.open(KERNELS, 2010);
    await expect(ours.whenConnected()).rejects.toMatchObject({
      code: "ECONNREFUSED",
      message: "192.0.2.1:2010: the peer refused the connection (ECONNREFUSED)",
    });
    await expectStates(lab(), ours, "CLOSED", "CLOSED");
  });

  test("a port of ours at which nobody listens refuses the kernel", async () => {
    const refused = lab().kernel.connect(OURS, 2011, 50_211);
    await expect(refused).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(await lab().kernelStateOf(50_211, 2011)).toBe("CLOSED");
    expect(lab().host.connectionCount).toBe(0);
  });
});
