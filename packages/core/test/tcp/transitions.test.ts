import {
  CAUSE_NAMES,
  Cause,
  createTcb,
  isPermitted,
  STATE_NAMES,
  State,
  TRANSITIONS,
  transitionSection,
} from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { createOutbox, enter } from "../../src/tcp/outbox.ts";

describe("the table of transitions", () => {
  test("has a section of RFC 9293, RFC 4987 or RFC 7323 for each row, and no row twice", () => {
    const keys = TRANSITIONS.map(([from, to, cause]) => `${from} ${to} ${cause}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const [, , , section] of TRANSITIONS) {
      expect(section).toMatch(/^((RFC 4987 §)?3\.\d+(\.\d+)*|RFC 7323 §B\.2)$/);
    }
  });

  test("has every arrow of Figure 5", () => {
    const arrows = TRANSITIONS.map(
      ([from, to, cause]) => `${STATE_NAMES[from]} > ${STATE_NAMES[to]} : ${CAUSE_NAMES[cause]}`,
    );
    expect(arrows).toEqual(
      expect.arrayContaining([
        "CLOSED > LISTEN : passive OPEN",
        "CLOSED > SYN-SENT : active OPEN",
        "LISTEN > CLOSED : CLOSE",
        "LISTEN > SYN-RECEIVED : rcv SYN",
        "LISTEN > SYN-SENT : active OPEN",
        "SYN-SENT > CLOSED : CLOSE",
        "SYN-SENT > SYN-RECEIVED : rcv SYN",
        "SYN-SENT > ESTABLISHED : rcv SYN,ACK",
        "SYN-RECEIVED > LISTEN : rcv RST",
        "SYN-RECEIVED > ESTABLISHED : rcv ACK of SYN",
        "SYN-RECEIVED > FIN-WAIT-1 : CLOSE",
        "ESTABLISHED > FIN-WAIT-1 : CLOSE",
        "ESTABLISHED > CLOSE-WAIT : rcv FIN",
        "FIN-WAIT-1 > FIN-WAIT-2 : rcv ACK of FIN",
        "FIN-WAIT-1 > CLOSING : rcv FIN",
        "FIN-WAIT-1 > TIME-WAIT : rcv FIN",
        "FIN-WAIT-2 > TIME-WAIT : rcv FIN",
        "CLOSING > TIME-WAIT : rcv ACK of FIN",
        "CLOSE-WAIT > LAST-ACK : CLOSE",
        "LAST-ACK > CLOSED : rcv ACK of FIN",
        "TIME-WAIT > CLOSED : 2MSL timeout",
      ]),
    );
  });

  test("is what the machine is held to", () => {
    expect(isPermitted(State.ESTABLISHED, State.TIME_WAIT, Cause.CLOSE)).toBe(false);
    expect(transitionSection(State.ESTABLISHED, State.TIME_WAIT, Cause.CLOSE)).toBe("");
    const tcb = { ...createTcb(), state: State.ESTABLISHED };
    expect(() => enter(tcb, State.TIME_WAIT, Cause.CLOSE, createOutbox())).toThrow(
      "ESTABLISHED to TIME-WAIT by CLOSE is not in the table of transitions",
    );
  });
});
