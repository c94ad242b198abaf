import { describe, expect, test } from "vitest";
import { covered } from "../testing/long.ts";
import { OURS } from "./lab.ts";
import { interop } from "./needs.ts";
import {
  DOUBLING,
  expectTimes,
  LINEAR_FIRST,
  said,
  setLinear,
  swallowSyns,
} from "./syn-schedule.ts";
import { expectStates, kernelConnects, withLab } from "./use-lab.ts";

const PORT = 5001;

/** A minute of it, all at the same time; what can be seen sooner is in the short tier. */
describe.skipIf(interop.missing).concurrent("Linux's patience, to its end", () => {
  test("its SYN, doubling: 1, 3, 7 and 15 s after the first, then ETIMEDOUT at 31 s", (context) =>
    withLab(context, 0, {}, async (lab) => {
      await setLinear(lab, 0);
      await lab.namespace.sysctl("net.ipv4.tcp_syn_retries", 4);
      const syns = swallowSyns(lab);
      const started = performance.now();
      await expect(lab.kernel.connect(OURS, PORT)).rejects.toMatchObject({ code: "ETIMEDOUT" });
      covered(`Linux sent its SYN at ${said(syns)} s and gave up`);
      expectTimes([...syns, (performance.now() - started) / 1000], [...DOUBLING, 31]);
    }));

  test("its SYN from 6.5 on: four times after a second each, and only then doubling", (context) =>
    withLab(context, 0, {}, async (lab) => {
      const linear = await setLinear(lab, 4);
      await lab.namespace.sysctl("net.ipv4.tcp_syn_retries", 3);
      const syns = swallowSyns(lab);
      await expect(lab.kernel.connect(OURS, PORT)).rejects.toMatchObject({ code: "ETIMEDOUT" });
      covered(`Linux sent its SYN at ${said(syns)} s and gave up`);
      // When it gives up is a matter of time and not of a count: the last ones may differ.
      const schedule = linear ? LINEAR_FIRST : DOUBLING.slice(0, 3);
      expectTimes(syns.slice(0, schedule.length), schedule);
    }));

  test("its TIME-WAIT: a minute", (context) =>
    withLab(context, 9, {}, async (lab) => {
      const { ours, kernel } = await kernelConnects(lab, PORT);
      await kernel.shutdown();
      await expectStates(lab, ours, "CLOSE-WAIT", "FIN-WAIT-2");
      ours.end();
      await expectStates(lab, ours, "CLOSED", "TIME-WAIT");
      const started = performance.now();
      await context.expect
        .poll(() => lab.kernelState(ours), { timeout: 70_000, interval: 200 })
        .toBe("CLOSED");
      const seconds = (performance.now() - started) / 1000;
      covered(`Linux's TIME-WAIT lasted ${seconds.toFixed(1)} s`);
      expect(seconds).toBeGreaterThan(58);
      expect(seconds).toBeLessThan(66);
    }));
});
