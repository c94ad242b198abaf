import {
  congestionWindowKeepsItsPace,
  type MachineStep,
  type MachineTrial,
  type Move,
  stepMachine,
} from "@synfin/properties";
import { expect, test } from "vitest";
import { found } from "../support/doctor.ts";

/** An acknowledgment of so many octets of what is outstanding. */
function ack(octets: number): Move {
  const plain = { length: 0, window: 65_535, mss: 0, urgentPointer: 0, badOption: false };
  const place = {
    seqFrom: "RCV.NXT",
    seqOffset: 0,
    ackFrom: "SND.UNA",
    ackOffset: octets,
  } as const;
  return { move: "segment", shape: { flags: ["ACK"], ...place, ...plain } };
}

const TIMEOUT: Move = { move: "timeout" };

/** The last of these, with segments of 100 octets, at an end that sends a long text. */
function lastOf(...moves: readonly Move[]): MachineStep {
  const before: readonly Move[] = [ack(1), { move: "send", octets: 60_000 }, ...moves.slice(0, -1)];
  const last = found(moves.at(-1), "a last move");
  const end = { opens: "passively", iss: 1, irs: 1, params: { mss: 100 } } as const;
  const trial: MachineTrial = { ...end, before, last };
  return found(stepMachine(trial), "step");
}

/** The same step, and then so many octets more of CWND or ssthresh. */
function withMore(step: MachineStep, name: "cwnd" | "ssthresh", octets: number): MachineStep {
  return { ...step, after: { ...step.after, [name]: step.after[name] + octets } };
}

const STORIES = [
  ["slow start", [ack(100)], 500],
  ["congestion avoidance", [TIMEOUT, ack(400), ack(100)], 250],
  ["timed out", [TIMEOUT], 100],
  ["third duplicate", [ack(0), ack(0), ack(0)], 500],
  ["recovery", [ack(0), ack(0), ack(0), ack(0)], 600],
  ["recovery over", [ack(0), ack(0), ack(0), ack(600)], 200],
] as const;

test.each(STORIES)("%s: an octet more than RFC 5681 lets be", (premise, moves, most) => {
  const step = lastOf(...moves);
  const { breaches, premises } = congestionWindowKeepsItsPace.check(step);
  expect(breaches).toEqual([]);
  expect(premises.get(premise)).toBe(1);
  expect(step.after.cwnd).toBe(most);
  const message = `${premise}: CWND is ${most + 1}; ${most} at most would be right`;
  expect(congestionWindowKeepsItsPace.check(withMore(step, "cwnd", 1)).breaches).toEqual([
    { law: "congestionWindowKeepsItsPace", message },
  ]);
});

test("what limited transmit has sent does not count for ssthresh", () => {
  const step = lastOf(ack(0), ack(0), ack(0));
  expect(step.before).toMatchObject({ cwnd: 400, sndNxt: step.before.sndUna + 600 });
  expect(
    congestionWindowKeepsItsPace.check(withMore(step, "ssthresh", 100)).breaches,
  ).toMatchObject([{ message: "third duplicate: ssthresh is 300; 200 at most would be right" }]);
});

test("what is not about the network leaves the window as it is", () => {
  const step = lastOf({ move: "read" });
  expect(congestionWindowKeepsItsPace.check(withMore(step, "cwnd", 1)).breaches).toMatchObject([
    { message: "nothing about the network: CWND is 401; 400 at most would be right" },
  ]);
});
