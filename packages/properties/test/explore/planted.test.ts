import { readFileSync } from "node:fs";
import { Flag, type Outbox, State, seqDiff, type Tcb } from "@synfin/core/tcp";
import {
  type Counterexample,
  type ExploreOptions,
  explore,
  type Machine,
  ONE_MACHINE,
} from "@synfin/properties/explore";
import { describe, expect, test } from "vitest";

function counterexample(options: ExploreOptions): Counterexample {
  const found = explore(options).counterexample;
  if (found === undefined) throw new Error("the fault was not found");
  return found;
}

type Change = (tcb: Tcb, out: Outbox, before: Readonly<Tcb>) => void;

/** The machine with something done to every connection that a segment has come to. */
function afterSegments(change: Change): Partial<Machine> {
  return {
    segmentArrives(tcb, segment, nowUs, params, out) {
      const before = { ...tcb };
      ONE_MACHINE.segmentArrives(tcb, segment, nowUs, params, out);
      change(tcb, out, before);
    },
  };
}

function afterTimeouts(change: Change): Partial<Machine> {
  return {
    timeouts(tcb, nowUs, params, out) {
      const before = { ...tcb };
      ONE_MACHINE.timeouts(tcb, nowUs, params, out);
      change(tcb, out, before);
    },
  };
}

/** The peer's FIN is taken in FIN-WAIT-2, and no one hears of it. */
const FORGETS_ACK_OF_FIN = afterSegments((tcb, out, before) => {
  const took = before.state === State.FIN_WAIT_2 && tcb.state === State.TIME_WAIT;
  if (took) out.segmentCount = 0;
});

/** A FIN that comes again in TIME-WAIT is acknowledged, but 2MSL do not begin again. */
const KEEPS_TIME_WAIT = afterSegments((tcb, _out, before) => {
  const again = before.state === State.TIME_WAIT && tcb.state === State.TIME_WAIT;
  if (again) tcb.timeWaitAtUs = before.timeWaitAtUs;
});

/** A law that fails where it should: each of these breaks one. */
const FAULTS: readonly (readonly [what: string, law: string, steps: number, ExploreOptions])[] = [
  ["forgets to acknowledge a FIN", "answersWhatItTook", 9, { machine: FORGETS_ACK_OF_FIN }],
  ["does not begin 2MSL anew", "timeWaitLasts2Msl", 12, { loss: 1, machine: KEEPS_TIME_WAIT }],
  [
    "ends TIME-WAIT at once",
    "onlyPermittedTransitions",
    9,
    {
      machine: afterSegments((tcb) => {
        if (tcb.state === State.TIME_WAIT) tcb.state = State.CLOSED;
      }),
    },
  ],
  [
    "sends past what the user gave",
    "machineAsserts",
    3,
    {
      machine: {
        open(tcb, iss, nowUs, params, out) {
          const result = ONE_MACHINE.open(tcb, iss, nowUs, params, out);
          tcb.sndNxt += 5;
          return result;
        },
      },
    },
  ],
  [
    "takes the octets of a copy for new ones",
    "spacesAgree",
    7,
    {
      data: 1,
      duplicate: 1,
      machine: {
        segmentArrives(tcb, segment, nowUs, params, out) {
          if (tcb.state === State.ESTABLISHED && segment.length > 0) segment.seq = tcb.rcvNxt;
          ONE_MACHINE.segmentArrives(tcb, segment, nowUs, params, out);
        },
      },
    },
  ],
  [
    "hands over text that has not come in full",
    "deliversInOrder",
    5,
    {
      data: 1,
      machine: afterSegments((tcb, _out, before) => {
        if (seqDiff(tcb.rcvNxt, before.rcvNxt) === 100) tcb.rcvNxt += 1;
      }),
    },
  ],
  [
    "acknowledges what has not come",
    "sendsWhatItMay",
    3,
    {
      data: 1,
      machine: afterSegments((tcb, out) => {
        const [first] = out.segments;
        if (out.segmentCount > 0 && first !== undefined && tcb.irs !== 0) first.ack += 1;
      }),
    },
  ],
  [
    "answers a reset with a reset",
    "noResetAnswersReset",
    5,
    {
      abort: 1,
      machine: {
        closedSegmentArrives(segment, out) {
          segment.flags &= ~Flag.RST;
          ONE_MACHINE.closedSegmentArrives(segment, out);
        },
      },
    },
  ],
  [
    "stops its timer after the first timeout",
    "whoWaitsIsTimed",
    3,
    {
      loss: 1,
      machine: afterTimeouts((tcb) => {
        tcb.retransmitAtUs = -1;
      }),
    },
  ],
  [
    "lets its timer run out and sends nothing",
    "timeoutSendsAgain",
    3,
    {
      loss: 1,
      machine: afterTimeouts((_tcb, out) => {
        out.segmentCount = 0;
      }),
    },
  ],
  [
    "has no word for a SYN that no one listens for",
    "givesUpOnSilenceOnly",
    18,
    { machine: { closedSegmentArrives: () => {} } },
  ],
  [
    "acknowledges acknowledgments",
    "everyRunComesToRest",
    5,
    {
      machine: {
        segmentArrives(tcb, segment, nowUs, params, out) {
          ONE_MACHINE.segmentArrives(tcb, segment, nowUs, params, out);
          const bare = segment.length === 0 && segment.flags === Flag.ACK;
          const open = tcb.state === State.ESTABLISHED || tcb.state === State.FIN_WAIT_2;
          const wait = tcb.state === State.CLOSE_WAIT;
          if (!bare || !(open || wait) || out.segmentCount > 0) return;
          const ack = { ...segment, seq: tcb.sndNxt, ack: tcb.rcvNxt };
          out.segments[0] = ack;
          out.segmentCount = 1;
        },
      },
    },
  ],
  [
    "hands over an octet more than it was given to send",
    "nothingOutOfNothing",
    7,
    {
      data: 1,
      machine: {
        send(tcb, length, nowUs, params, out) {
          return ONE_MACHINE.send(tcb, length + 1, nowUs, { ...params, nagle: 0 }, out);
        },
      },
    },
  ],
];

describe("a machine with a planted fault is found out, by a shortest way", () => {
  test.each(FAULTS)("%s: %s", (_what, law, steps, options) => {
    const found = counterexample(options);
    expect(`${found.law} in ${found.steps} steps: ${found.message}`).toContain(
      `${law} in ${steps} steps`,
    );
    expect(found.ladder).toContain("SYN seq 0");
  });
});

test("the counterexample is a ladder: a FIN that no one acknowledges", () => {
  const { message, ladder } = counterexample({ machine: FORGETS_ACK_OF_FIN });
  expect(message).toBe("client: FIN up to 5002 came, and nothing acknowledges it");
  expect(ladder).toMatchInlineSnapshot(`
    "                         client                                                  server
                             CLOSED │                                              │ CLOSED
           0.000          connect() │                                              │ listen()
                           SYN-SENT │── SYN seq 0 mss 100 ────────────────────────▶│ LISTEN
           0.001                    │◀────────────── SYN,ACK seq 0 ack 1 mss 100 ──│ SYN-RECEIVED
           0.002        ESTABLISHED │── ACK seq 1 ack 1 ─────────────────────── ···│
           0.003            close() │                                              │
                         FIN-WAIT-1 │── FIN,ACK seq 1 ack 1 ─────────────────── ···│
           0.004                    │··· ACK seq 1 ack 1 ─────────────────────────▶│ ESTABLISHED
           0.005                    │··· FIN,ACK seq 1 ack 1 ─────────────────────▶│ CLOSE-WAIT
                                    │◀────────────────────────── ACK seq 1 ack 2 ──│
           0.006         FIN-WAIT-2 │                                              │
           0.007                    │                                              │ close()
                                    │◀────────────────────── FIN,ACK seq 1 ack 2 ──│ LAST-ACK
           0.008          TIME-WAIT │                                              │
    "
  `);
});

test("the counterexample is a ladder: TIME-WAIT that goes on too short", () => {
  const { message, ladder, trace } = counterexample({ loss: 1, machine: KEEPS_TIME_WAIT });
  expect(message).toBe("client: TIME-WAIT goes on for 239000000 µs; 2MSL is 240000000 µs");
  expect(trace.segments.filter(({ arrivals }) => arrivals[0]?.verdict === "drop")).toHaveLength(1);
  expect(ladder).toMatchInlineSnapshot(`
    "                         client                                                  server
                             CLOSED │                                              │ CLOSED
           0.000          connect() │                                              │ listen()
                           SYN-SENT │── SYN seq 0 mss 100 ────────────────────────▶│ LISTEN
           0.001                    │◀────────────── SYN,ACK seq 0 ack 1 mss 100 ──│ SYN-RECEIVED
           0.002        ESTABLISHED │── ACK seq 1 ack 1 ─────────────────────── ···│
           0.003            close() │                                              │
                         FIN-WAIT-1 │── FIN,ACK seq 1 ack 1 ─────────────────── ···│
           0.004                    │                                              │ close()
                                    │◀────────────────────── FIN,ACK seq 1 ack 1 ──│ FIN-WAIT-1
           0.005            CLOSING │── ACK seq 2 ack 2 ───────────× lost          │
           0.006                    │··· ACK seq 1 ack 1 ─────────────────────────▶│
           0.007                    │··· FIN,ACK seq 1 ack 1 ─────────────────────▶│ CLOSING
                                    │◀────────────────────────── ACK seq 2 ack 2 ──│
           0.008          TIME-WAIT │                                              │
               ⋮                    ┊                                              ┊
           1.006                    │◀────────────────────── FIN,ACK seq 1 ack 2 ──│ RTO runs out
                                    │                   retransmission (RTO 1 s)   │
           1.007                    │── ACK seq 2 ack 2 ─────────────────────── ···│
    "
  `);
});

test("the page about the explorer shows that very ladder", () => {
  const page = readFileSync("apps/docs/reference/explorer.md", "utf8");
  const { law, message, ladder, steps } = counterexample({ loss: 1, machine: KEEPS_TIME_WAIT });
  expect(page).toContain(ladder);
  expect(page).toContain(`\`${law}: ${message}\``);
  expect({ steps, isNamed: page.includes("in twelve steps") }).toEqual({
    steps: 12,
    isNamed: true,
  });
});

test("the same faults are not found where nothing is lost", () => {
  expect(explore({ machine: KEEPS_TIME_WAIT }).counterexample).toBeUndefined();
});
