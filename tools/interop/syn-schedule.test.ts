import { describe, expect, test } from "vitest";
import { OURS } from "./lab.ts";
import { interop } from "./needs.ts";
import { DOUBLING, expectTimes, LINEAR_FIRST, setLinear, swallowSyns } from "./syn-schedule.ts";
import { readText, withLab } from "./use-lab.ts";

const PORT = 5001;

/** Up to 7 s of it, all at the same time; `patience.long.test.ts` waits until Linux gives up. */
describe.skipIf(interop.missing).concurrent("Linux's SYN, while we stay silent", () => {
  test("doubles its patience each time: 1, 3 and 7 s after the first", (context) =>
    withLab(context, 0, {}, async (lab) => {
      await setLinear(lab, 0);
      const syns = swallowSyns(lab);
      void lab.kernel.connect(OURS, PORT, 50_501);
      await context.expect.poll(() => syns.length).toBe(4);
      expectTimes(syns, DOUBLING.slice(0, 4));
      expect(await lab.kernelStateOf(50_501, PORT)).toBe("SYN-SENT");
    }));

  test("from 6.5 on: four times after a second each, and only then doubling", (context) =>
    withLab(context, 0, {}, async (lab) => {
      const linear = await setLinear(lab, 4);
      const schedule = linear ? LINEAR_FIRST : DOUBLING.slice(0, 4);
      const syns = swallowSyns(lab);
      void lab.kernel.connect(OURS, PORT, 50_501);
      await context.expect.poll(() => syns.length).toBe(schedule.length);
      expectTimes(syns, schedule);
      expect(await lab.kernelStateOf(50_501, PORT)).toBe("SYN-SENT");
    }));

  test("the third one is answered, and the connection opens", (context) =>
    withLab(context, 4, {}, async (lab) => {
      const syns = swallowSyns(lab, 2);
      const accepted = lab.accepted(PORT);
      const kernel = await lab.kernel.connect(OURS, PORT);
      const ours = await accepted;
      expect(syns).toHaveLength(2);
      await kernel.send("at last");
      await expect(readText(ours)).resolves.toBe("at last");
    }));
});
