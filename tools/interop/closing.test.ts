import { Direction } from "@synfin/tun";
import { describe, expect, test } from "vitest";
import { KERNELS } from "./lab.ts";
import { interop } from "./needs.ts";
import { expectStates, kernelConnects, readText, useLab, weConnect } from "./use-lab.ts";

const { IN, OUT } = Direction;

/** Every segment waits at a gate until both ends' states have been compared. */
describe.skipIf(interop.missing)("closing, against Linux, one segment at a time", () => {
  const lab = useLab(50);

  test("four segments, begun by the kernel", async () => {
    const { ours, kernel } = await kernelConnects(lab(), 1001);
    const { gate } = lab();
    gate.hold();
    await kernel.shutdown();
    await expectStates(lab(), ours, "ESTABLISHED", "FIN-WAIT-1");
    await gate.pass(IN, "FIN,ACK");
    await expectStates(lab(), ours, "CLOSE-WAIT", "FIN-WAIT-1");
    await gate.pass(OUT, "ACK");
    await expectStates(lab(), ours, "CLOSE-WAIT", "FIN-WAIT-2");
    ours.end();
    await expectStates(lab(), ours, "LAST-ACK", "FIN-WAIT-2");
    await gate.pass(OUT, "FIN,ACK");
    await expectStates(lab(), ours, "LAST-ACK", "TIME-WAIT");
    await gate.pass(IN, "ACK");
    await expectStates(lab(), ours, "CLOSED", "TIME-WAIT");
    gate.open();
    await expect(ours.closed).resolves.toBeUndefined();
  });

  test("four segments, begun by us", async () => {
    const { ours, kernel } = await weConnect(lab(), KERNELS, 1002);
    const { gate } = lab();
    gate.hold();
    ours.end();
    await expectStates(lab(), ours, "FIN-WAIT-1", "ESTABLISHED");
    await gate.pass(OUT, "FIN,ACK");
    await expectStates(lab(), ours, "FIN-WAIT-1", "CLOSE-WAIT");
    await gate.pass(IN, "ACK");
    await expectStates(lab(), ours, "FIN-WAIT-2", "CLOSE-WAIT");
    await expect(kernel.recv()).resolves.toBe("");
    await kernel.close();
    await expectStates(lab(), ours, "FIN-WAIT-2", "LAST-ACK");
    await gate.pass(IN, "FIN,ACK");
    await expectStates(lab(), ours, "TIME-WAIT", "LAST-ACK");
    await gate.pass(OUT, "ACK");
    await expectStates(lab(), ours, "TIME-WAIT", "CLOSED");
    gate.open();
    await expect(readText(ours)).resolves.toBeUndefined();
    await expect(ours.closed).resolves.toBeUndefined();
  });

  test("both at once: the FINs cross, and both wait", async () => {
    const { ours, kernel } = await weConnect(lab(), KERNELS, 1003);
    const { gate } = lab();
    gate.hold();
    ours.end();
    await kernel.shutdown();
    await expectStates(lab(), ours, "FIN-WAIT-1", "FIN-WAIT-1");
    await gate.pass(IN, "FIN,ACK");
    await expectStates(lab(), ours, "CLOSING", "FIN-WAIT-1");
    await gate.pass(OUT, "FIN,ACK");
    await expectStates(lab(), ours, "CLOSING", "CLOSING");
    await gate.pass(IN, "ACK");
    await expectStates(lab(), ours, "TIME-WAIT", "CLOSING");
    await gate.pass(OUT, "ACK");
    await expectStates(lab(), ours, "TIME-WAIT", "TIME-WAIT");
    gate.open();
    expect(lab().history(ours)).toEqual([
      ...["SYN-SENT", "ESTABLISHED", "FIN-WAIT-1", "CLOSING", "TIME-WAIT"],
    ]);
  });

  test("half-close by the kernel: text of ours comes after its FIN", async () => {
    const { ours, kernel } = await kernelConnects(lab(), 1004);
    await kernel.send("a question");
    await kernel.shutdown();
    await expect(readText(ours)).resolves.toBe("a question");
    await expect(readText(ours)).resolves.toBeUndefined();
    await expectStates(lab(), ours, "CLOSE-WAIT", "FIN-WAIT-2");
    for (const text of ["an answer", "more of it", "the rest"]) {
      await ours.write(Buffer.from(text));
      await expect(kernel.recv()).resolves.toBe(text);
      await expectStates(lab(), ours, "CLOSE-WAIT", "FIN-WAIT-2");
    }
    ours.end();
    await expect(kernel.recv()).resolves.toBe("");
    await expectStates(lab(), ours, "CLOSED", "TIME-WAIT");
  });

  test("half-close by us: text of the kernel comes after our FIN", async () => {
    const { ours, kernel } = await kernelConnects(lab(), 1005);
    await ours.write(Buffer.from("a question"));
    ours.end();
    await expect(kernel.recv()).resolves.toBe("a question");
    await expect(kernel.recv()).resolves.toBe("");
    await expectStates(lab(), ours, "FIN-WAIT-2", "CLOSE-WAIT");
    for (const text of ["an answer", "more of it", "the rest"]) {
      await kernel.send(text);
      await expect(readText(ours)).resolves.toBe(text);
      await expectStates(lab(), ours, "FIN-WAIT-2", "CLOSE-WAIT");
    }
    await kernel.close();
    await expect(readText(ours)).resolves.toBeUndefined();
    await expectStates(lab(), ours, "TIME-WAIT", "CLOSED");
  });
});
