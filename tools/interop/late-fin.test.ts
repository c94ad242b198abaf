import { Flag, flagNames } from "@synfin/core/tcp";
import { createPacketFields, readPacket } from "@synfin/core/wire";
import { Direction } from "@synfin/tun";
import { describe, expect, test } from "vitest";
import type { Gate } from "./gate.ts";
import { interop } from "./needs.ts";
import { expectStates, kernelConnects, withLab } from "./use-lab.ts";

const PORT = 6001;
const MSL_US = 1_500_000;

/** Seconds of it, at the same time; Linux's whole minute is in `patience.long.test.ts`. */
describe.skipIf(interop.missing).concurrent("TIME-WAIT and a FIN that comes again", () => {
  test("Linux acknowledges each FIN of ours, and begins its minute again", (context) =>
    withLab(context, 12, {}, async (lab) => {
      const { ours, kernel } = await kernelConnects(lab, PORT);
      await kernel.shutdown();
      await expectStates(lab, ours, "CLOSE-WAIT", "FIN-WAIT-2");
      // Our FIN goes out at 0, 1, 3 and 7 s; the last acknowledgment but one is lost.
      const { fins, acks } = loseLastAcks(lab.gate, Direction.OUT, 3);
      ours.end();
      await expectStates(lab, ours, "LAST-ACK", "TIME-WAIT");
      const left = async () => (await lab.kernelEnd(ours.remotePort, PORT))?.timeWaitSeconds ?? 0;
      expect(await left()).toBeGreaterThanOrEqual(59);
      // It runs down while nothing comes …
      await context.expect.poll(() => fins.length).toBe(3);
      await context.expect.poll(left).toBeLessThanOrEqual(58);
      // … and begins again with the FIN that comes at 7 s, which is acknowledged at last.
      await context.expect.poll(() => fins.length).toBe(4);
      await context.expect.poll(left).toBeGreaterThanOrEqual(59);
      await expectStates(lab, ours, "CLOSED", "TIME-WAIT");
      expect(new Set(fins).size).toBe(1);
      expect(acks).toHaveLength(4);
      expect(new Set(acks).size).toBe(1);
    }));

  test("so do we: two MSL after its last FIN our TIME-WAIT ends (§3.10.7.4)", (context) =>
    withLab(context, 12, { params: { mslUs: MSL_US } }, async (lab) => {
      const { ours, kernel } = await kernelConnects(lab, PORT);
      ours.end();
      await expectStates(lab, ours, "FIN-WAIT-2", "CLOSE-WAIT");
      const { fins, acks, times } = loseLastAcks(lab.gate, Direction.IN, 3);
      await kernel.close();
      await expectStates(lab, ours, "TIME-WAIT", "LAST-ACK");
      await expectStates(lab, ours, "TIME-WAIT", "CLOSED");
      await context.expect.poll(() => ours.state).toBe("CLOSED");
      const ended = performance.now();
      expect(new Set(fins).size).toBe(1);
      expect(fins.length).toBe(acks.length);
      expect(fins.length).toBeGreaterThanOrEqual(4);
      expect(new Set(acks).size).toBe(1);
      const lastedMs = ended - (times.at(-1) ?? 0);
      expect(lastedMs).toBeGreaterThanOrEqual((2 * MSL_US) / 1000);
      expect(lastedMs).toBeLessThan((2 * MSL_US) / 1000 + 1500);
    }));
});

/** What passed a gate in the last act of a connection, each segment by its numbers. */
interface LastAct {
  readonly fins: string[];
  /** When the FINs came, by `performance.now`. */
  readonly times: number[];
  readonly acks: string[];
}

/** Writes down the FINs of one direction and what answers them; the first answers are lost. */
function loseLastAcks(gate: Gate, finGoes: Direction, lost: number): LastAct {
  const act: LastAct = { fins: [], times: [], acks: [] };
  const fields = createPacketFields();
  gate.divert((packet, direction) => {
    if (readPacket(packet, 0, packet.length, fields) !== 0) return false;
    const name = `${flagNames(fields.flags).join(",")} ${fields.seq} ${fields.ack}`;
    if (direction === finGoes && (fields.flags & Flag.FIN) !== 0) {
      act.fins.push(name);
      act.times.push(performance.now());
    }
    if (direction === finGoes || act.fins.length === 0) return false;
    act.acks.push(name);
    return act.acks.length <= lost;
  });
  return act;
}
