import { createOutbox, createTcb, RFC9293, State, segmentArrives } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { established, IRS, ISS, seg, synSent } from "./support/machine.ts";

test.each([State.CLOSED, State.LISTEN])(
  "state %i has no TCB that a segment could be for",
  (state) => {
    const tcb = { ...createTcb(), state };
    expect(() => segmentArrives(tcb, seg("ACK"), 0, RFC9293, createOutbox())).toThrow(
      "synfin: a segment for a TCB that holds no connection",
    );
  },
);

describe("an option of illegal length, where it resets (MUST-7)", () => {
  const resets = { badOptionResets: 1 };
  const broken = { badOption: 1 };

  test.each([
    ["a SYN", "SYN", {}, "<SEQ=0><ACK=301><CTL=RST,ACK>"],
    ["a SYN,ACK of our SYN", "SYN,ACK", { ack: ISS + 1 }, "<SEQ=101><CTL=RST>"],
    ["an ACK of it", "ACK", { ack: ISS + 1 }, "<SEQ=101><CTL=RST>"],
  ])("does in SYN-SENT on %s", (_what, flags, fields, reset) => {
    const step = synSent(resets).arrives(seg(flags, { seq: IRS, ...fields, ...broken }));
    expect(step).toMatchObject({ state: "CLOSED", sent: [reset] });
  });

  test.each([
    ["an ACK of nothing sent", "ACK", { ack: ISS }],
    ["an ACK of what is still to come", "SYN,ACK", { ack: ISS + 2 }],
    ["neither a SYN nor an ACK", "FIN", {}],
    ["a reset", "RST,ACK", { ack: ISS + 1 }],
  ])("does nothing in SYN-SENT on %s", (_what, flags, fields) => {
    const step = synSent(resets).arrives(seg(flags, { seq: IRS, ...fields, ...broken }));
    expect(step).toMatchObject({ state: "SYN-SENT", sent: [] });
  });

  test.each([
    ["in the window", "ACK", IRS + 1, "CLOSED"],
    ["outside of it", "ACK", IRS, "ESTABLISHED"],
    ["as a reset", "RST", IRS + 1, "ESTABLISHED"],
  ])("counts in ESTABLISHED by the segment's place: %s", (_what, flags, seq, state) => {
    const step = established(resets).arrives(seg(flags, { seq, ack: ISS + 1, ...broken }));
    expect(step.state).toBe(state);
  });
});
