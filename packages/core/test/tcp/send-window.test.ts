import { expect, test } from "vitest";
import { IRS, ISS, seg, synSent } from "./support/machine.ts";

test("an old segment with a new ACK moves no right edge, §3.8.6", () => {
  const machine = synSent();
  // The window goes up to ISS+1+300.
  machine.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1, window: 300 }));
  // Text from further on, as if something before it were lost, sets SND.WL1.
  machine.arrives(seg("ACK", { seq: IRS + 201, ack: ISS + 1, window: 300, length: 100 }));
  machine.send(100);
  // The lost text comes again with a newer ACK: too old to set SND.WND, not too old to be taken.
  machine.arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 101, window: 100, length: 100 }));
  const sent = machine.send(500).segments;
  const end = Math.max(...sent.map(({ seq, length }) => seq + length));
  expect(end).toBe(ISS + 1 + 300);
});

test("a window that the acknowledgment uses up is shut, and is probed, §3.8.6.1", () => {
  const machine = synSent();
  machine.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1, window: 100 }));
  machine.arrives(seg("ACK", { seq: IRS + 201, ack: ISS + 1, window: 100, length: 100 }));
  machine.send(150);
  const acked = machine.arrives(
    seg("ACK", { seq: IRS + 1, ack: ISS + 101, window: 0, length: 100 }),
  );
  expect(acked.segments.map(({ length }) => length)).toEqual([0]);
  expect(machine.timeout().segments.map(({ seq, length }) => [seq, length])).toEqual([
    [ISS + 101, 1],
  ]);
});
