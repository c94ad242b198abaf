import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { interop } from "./needs.ts";
import { expectStates, kernelConnects, useLab } from "./use-lab.ts";

const MEGABYTE = 1_000_000;
/** Long enough for a probe or two. */
const NAP_MS = 1500;

describe.skipIf(interop.missing)("windows that shut, between us and Linux", () => {
  const lab = useLab(2 * 685, { params: { minRtoUs: 200_000 } });

  test("the kernel's user naps: we probe, wait, and go on", async () => {
    const { ours, kernel } = await kernelConnects(lab(), 8001);
    const writing = ours.write(Buffer.alloc(MEGABYTE, "z")).then(() => ours.end());
    await sleep(NAP_MS);
    expect(ours.unacknowledged).toBeGreaterThan(0);
    await expectStates(lab(), ours, "ESTABLISHED", "ESTABLISHED");
    await expect(kernel.drain()).resolves.toMatchObject({ bytes: MEGABYTE });
    await writing;
    await kernel.close();
    await expect(ours.closed).resolves.toBeUndefined();
  });

  test("our user naps: the kernel probes, waits, and goes on", async () => {
    const { ours, kernel } = await kernelConnects(lab(), 8002);
    const sending = kernel.send("z".repeat(MEGABYTE)).then(() => kernel.shutdown());
    await sleep(NAP_MS);
    expect(ours.unread).toBeGreaterThan(60_000);
    let read = 0;
    for (let bytes = await ours.read(); bytes !== undefined; bytes = await ours.read()) {
      read += bytes.length;
    }
    expect(read).toBe(MEGABYTE);
    await sending;
    ours.end();
    await expect(ours.closed).resolves.toBeUndefined();
  });
});
