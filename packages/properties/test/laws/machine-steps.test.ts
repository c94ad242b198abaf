import {
  assertLaws,
  formatCoverage,
  type MachineStep,
  machineLaws,
  machineTrial,
  onlyTheWindowIsTaken,
  sendWindowIsKept,
  stepMachine,
} from "@synfin/properties";
import { expect, test } from "vitest";
import { found } from "../support/doctor.ts";
import { settings } from "../support/settings.ts";

const FILE = "packages/properties/test/laws/machine-steps.test.ts";
const RUNS = 5000;

/** About a third of what this seed meets. */
const LEAST: Readonly<Record<string, number>> = {
  "anySegmentIsSurvived: option of illegal length": 100,
  "anySegmentIsSurvived: in SYN-SENT": 150,
  "anySegmentIsSurvived: in SYN-RECEIVED": 150,
  "anySegmentIsSurvived: in ESTABLISHED": 150,
  "anySegmentIsSurvived: in FIN-WAIT-1": 100,
  "anySegmentIsSurvived: in FIN-WAIT-2": 20,
  "anySegmentIsSurvived: in CLOSE-WAIT": 50,
  "anySegmentIsSurvived: in CLOSING": 10,
  "anySegmentIsSurvived: in LAST-ACK": 10,
  "anySegmentIsSurvived: in TIME-WAIT": 10,
  "onlyTheWindowIsTaken: text taken": 50,
  "onlyTheWindowIsTaken: RST outside the window": 50,
  "onlyTheWindowIsTaken: RST inside the window": 20,
  "sendWindowIsKept: window shrank": 30,
  "sendWindowIsKept: sent again": 10,
  "shutWindowStillListens: ACK at a shut window": 80,
  "shutWindowStillListens: RST at a shut window": 30,
  "shutWindowStillListens: URG at a shut window": 20,
  "synSaysTheMss: SYN without it": 4,
  "congestionWindowKeepsItsPace: slow start": 100,
  "congestionWindowKeepsItsPace: congestion avoidance": 20,
  "congestionWindowKeepsItsPace: third duplicate": 10,
  "congestionWindowKeepsItsPace: recovery over": 5,
  "congestionWindowKeepsItsPace: timed out": 30,
};

test(`in every state, ${RUNS} steps keep the laws`, { timeout: 120_000 }, () => {
  const own = settings(FILE, 1, RUNS);
  const report = assertLaws({
    ...own,
    laws: machineLaws,
    cases: machineTrial,
    subject: stepMachine,
    describe: (drawn) => JSON.stringify(drawn, null, 1),
    least: own.runs < RUNS ? {} : LEAST,
  });
  console.log(formatCoverage(report));
});

/** An end that is ESTABLISHED, and what comes to it. */
function established(shape: object): MachineStep {
  const plain = {
    seqOffset: 0,
    ackOffset: 0,
    length: 0,
    window: 1000,
    mss: 0,
    urgentPointer: 0,
    badOption: false,
  };
  const ack = { flags: ["ACK"], seqFrom: "RCV.NXT", ackFrom: "SND.NXT", ...plain };
  const trial = {
    ...{ opens: "passively", iss: 1, irs: 1, params: {} },
    before: [{ move: "segment", shape: ack }],
    last: { move: "segment", shape: { ...ack, ...shape } },
  };
  return found(stepMachine(trial as unknown as Parameters<typeof stepMachine>[0]), "step");
}

test("a RST outside the window that ends the connection", () => {
  const step = established({ flags: ["RST"], seqOffset: 70_000 });
  expect(onlyTheWindowIsTaken.check(step).breaches).toEqual([]);
  const believed = { ...step, after: { ...step.after, state: 0 } };
  expect(onlyTheWindowIsTaken.check(believed as MachineStep).breaches).toMatchObject([
    { message: expect.stringContaining("outside the window, changes state") },
  ]);
});

test("a window that is not what the peer has said", () => {
  const step = established({ window: 500 });
  expect(sendWindowIsKept.check(step).breaches).toEqual([]);
  const kept = { ...step, after: { ...step.after, sndWnd: 1000 } };
  expect(sendWindowIsKept.check(kept).breaches).toMatchObject([
    { message: "the window is 1000; the peer offers 500" },
  ]);
});
