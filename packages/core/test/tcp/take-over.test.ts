import {
  createOutbox,
  createTcb,
  mayTakeOver,
  RFC9293,
  State,
  type Tcb,
  takeOver,
} from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";

const SECOND = 1_000_000;
const PARAMS = { ...RFC9293, timestamps: 1 };

/** A TIME-WAIT whose peer was last heard, with a timestamp, at 10 s. */
function waiting(changes: Partial<Tcb> = {}): Tcb {
  return {
    ...createTcb(),
    state: State.TIME_WAIT,
    sndNxt: 500,
    rcvNxt: 900,
    tsOk: 1,
    tsRecent: 77,
    tsRecentAtUs: 10 * SECOND,
    tsOffset: 4242,
    timeWaitAtUs: 250 * SECOND,
    ...changes,
  };
}

describe("a TIME-WAIT that connect takes over (Linux's tcp_tw_reuse)", () => {
  test("is free once its peer's clock has ticked for a second, and not before", () => {
    expect(mayTakeOver(waiting(), 11 * SECOND, SECOND)).toBe(false);
    expect(mayTakeOver(waiting(), 11 * SECOND + 1, SECOND)).toBe(true);
  });

  test("is never free without timestamps, nor is any other state", () => {
    expect(mayTakeOver(waiting({ tsOk: 0 }), 100 * SECOND, SECOND)).toBe(false);
    expect(mayTakeOver(waiting({ state: State.LAST_ACK }), 100 * SECOND, SECOND)).toBe(false);
  });

  test("opens with a SYN above its last number, and its clock goes on", () => {
    const tcb = waiting();
    const out = createOutbox();
    takeOver(tcb, 66_037, 20 * SECOND, PARAMS, out);
    expect(tcb).toMatchObject({ state: State.SYN_SENT, iss: 66_037, tsOffset: 4242 });
    expect(tcb.timeWaitAtUs).toBe(-1);
    expect(out.segments[0]).toMatchObject({ seq: 66_037, hasTimestamps: 1 });
    expect(out.segments[0]?.tsVal).toBe(20_000 + 4242);
  });

  test("refuses an ISS that the old connection may have used (§3.6.1)", () => {
    const tcb = waiting();
    expect(() => takeOver(tcb, 500, 20 * SECOND, PARAMS, createOutbox())).toThrow("not above");
  });

  test("takes the place of no other state", () => {
    const tcb = waiting({ state: State.ESTABLISHED, timeWaitAtUs: -1 });
    expect(() => takeOver(tcb, 66_037, 20 * SECOND, PARAMS, createOutbox())).toThrow(
      "synfin: only TIME-WAIT is taken over",
    );
  });
});
