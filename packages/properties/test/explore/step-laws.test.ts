import { Cause, createSegment, createTcb, Flag, State, type StateChange } from "@synfin/core/tcp";
import { expect, test } from "vitest";
import { type End, firstEnd, NOW_US } from "../../src/explore/end.ts";
import { brokenByStep } from "../../src/explore/laws/step-laws.ts";
import { settle } from "../../src/explore/options.ts";
import type { EndStep } from "../../src/explore/step.ts";

const SETTINGS = settle({});
const OPEN = { ...createTcb(), state: State.ESTABLISHED, iss: 1000, irs: 5000, synAcked: 1 };
const NUMBERS = { sndUna: 1001, sndNxt: 1001, sndEnd: 1001, rcvNxt: 5001, rcvWnd: 100 };

function end(parts: Partial<End["tcb"]> = {}): End {
  return { ...firstEnd(0, SETTINGS), tcb: { ...OPEN, ...NUMBERS, sndMaxWnd: 100, ...parts } };
}

function step(parts: Partial<EndStep>): EndStep {
  const quiet = { sent: [], changes: [], takenSeq: 0, taken: 0, thrown: undefined } as const;
  return { before: end(), input: "timeout", after: end(), ...quiet, ...parts };
}

function law(parts: Partial<EndStep>): string {
  return brokenByStep(step(parts), SETTINGS)?.law ?? "none";
}

test("a step in which nothing happens breaks no law", () => {
  expect(law({})).toBe("none");
});

test("a RST ends a connection only in its window", () => {
  const closed: StateChange = { from: State.ESTABLISHED, to: State.CLOSED, cause: Cause.RCV_RST };
  const after = end({ state: State.CLOSED });
  const reset = (seq: number) => ({ ...createSegment(), flags: Flag.RST, seq });
  expect(law({ input: reset(5001), after, changes: [closed] })).toBe("none");
  expect(law({ input: reset(5000), after, changes: [closed] })).toBe("resetCountsInWindow");
  expect(law({ input: reset(5101), after, changes: [closed] })).toBe("resetCountsInWindow");
});

test("what is acknowledged or received stays so", () => {
  expect(law({ after: end({ sndUna: 1000 }) })).toBe("numbersNeverGoBack");
  expect(law({ after: end({ rcvNxt: 5000 }) })).toBe("numbersNeverGoBack");
});

test("nothing is sent past the window, or from what is acknowledged", () => {
  const text = { ...createSegment(), flags: Flag.ACK, ack: 5001, length: 100 };
  const timed = { retransmitAtUs: NOW_US + 1 };
  const after = end({ sndUna: 1001, sndNxt: 1201, sndEnd: 1201, ...timed });
  expect(law({ after, sent: [{ ...text, seq: 1001 }] })).toBe("none");
  expect(law({ after, sent: [{ ...text, seq: 1101 }] })).toBe("sendsWhatItMay");
  expect(law({ after, sent: [{ ...text, seq: 850 }] })).toBe("sendsWhatItMay");
});

test("a FIN waits for its timer, too", () => {
  const unsent = end({ state: State.CLOSE_WAIT, finQueued: 1 });
  expect(law({ before: unsent, after: unsent })).toBe("whoWaitsIsTimed");
  const forever = end({ state: State.CLOSING, finQueued: 1, finSent: 1 });
  expect(law({ before: forever, after: forever })).toBe("whoWaitsIsTimed");
});
