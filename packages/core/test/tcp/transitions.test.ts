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

  const SYNCHRONIZED = "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 CLOSE-WAIT CLOSING LAST-ACK TIME-WAIT";
  const WITH_PEER = `SYN-SENT SYN-RECEIVED ${SYNCHRONIZED}`;

  test.each([
    ["passive OPEN", ["CLOSED > LISTEN, 3.10.1"]],
    ["active OPEN", ["CLOSED LISTEN > SYN-SENT, 3.10.1"]],
    [
      "CLOSE",
      [
        "LISTEN SYN-SENT > CLOSED, 3.10.4",
        "SYN-RECEIVED ESTABLISHED > FIN-WAIT-1, 3.10.4",
        "CLOSE-WAIT > LAST-ACK, 3.10.4",
      ],
    ],
    ["ABORT", [`LISTEN ${WITH_PEER} > CLOSED, 3.10.5`]],
    [
      "rcv SYN",
      [
        "LISTEN > SYN-RECEIVED, 3.10.7.2",
        "SYN-SENT > SYN-RECEIVED, 3.10.7.3",
        "TIME-WAIT > SYN-RECEIVED, 3.6.1",
      ],
    ],
    ["rcv SYN,ACK", ["SYN-SENT > ESTABLISHED, 3.10.7.3"]],
    ["rcv ACK of SYN", ["SYN-RECEIVED > ESTABLISHED, 3.10.7.4"]],
    [
      "rcv FIN",
      [
        "ESTABLISHED > CLOSE-WAIT, 3.10.7.4",
        "FIN-WAIT-1 > CLOSING, 3.10.7.4",
        "FIN-WAIT-1 > TIME-WAIT, 3.3.2",
        "FIN-WAIT-2 > TIME-WAIT, 3.10.7.4",
      ],
    ],
    [
      "rcv ACK of FIN",
      [
        "FIN-WAIT-1 > FIN-WAIT-2, 3.10.7.4",
        "CLOSING > TIME-WAIT, 3.10.7.4",
        "LAST-ACK > CLOSED, 3.10.7.4",
      ],
    ],
    [
      "rcv RST",
      [
        "SYN-RECEIVED > TIME-WAIT, 3.6.1",
        "SYN-SENT > CLOSED, 3.10.7.3",
        "SYN-RECEIVED > LISTEN, 3.10.7.4",
        `SYN-RECEIVED ${SYNCHRONIZED} > CLOSED, 3.10.7.4`,
      ],
    ],
    [
      "rcv SYN in window",
      ["SYN-RECEIVED > LISTEN, 3.10.7.4", `SYN-RECEIVED ${SYNCHRONIZED} > CLOSED, 3.10.7.4`],
    ],
    ["2MSL timeout", ["TIME-WAIT > CLOSED, 3.10.8"]],
    ["R2 timeout", [`${WITH_PEER} > CLOSED, 3.8.3`]],
    ["user timeout", [`${WITH_PEER} > CLOSED, 3.10.8`]],
    ["reboot", [`LISTEN ${WITH_PEER} > CLOSED, 3.5.1`]],
    ["rcv text after CLOSE", ["FIN-WAIT-1 FIN-WAIT-2 > CLOSED, 3.6.1"]],
    ["keep-alive timeout", [`${SYNCHRONIZED} > CLOSED, 3.8.4`]],
    ["FIN-WAIT-2 timeout", ["FIN-WAIT-2 > CLOSED, 3.6"]],
    ["ICMP error", [`${WITH_PEER} > CLOSED, 3.9.2.2`]],
    ["rcv option of illegal length", ["SYN-RECEIVED > LISTEN, 3.2", `${WITH_PEER} > CLOSED, 3.2`]],
    ["rcv ACK of SYN cookie", ["LISTEN > ESTABLISHED, RFC 4987 §3.6"]],
    ["recycled by a newer SYN", ["SYN-RECEIVED > CLOSED, RFC 4987 §3.4"]],
    ["taken over by a new OPEN", ["TIME-WAIT > SYN-SENT, RFC 7323 §B.2"]],
  ])("permits by %s just %j", (name, rows) => {
    const cause = (CAUSE_NAMES as readonly string[]).indexOf(name);
    const sources = new Map<string, string[]>();
    for (const [from, to, by, section] of TRANSITIONS) {
      if (by !== cause) continue;
      expect(transitionSection(from, to, by)).toBe(section);
      const key = `${STATE_NAMES[to]}, ${section}`;
      sources.set(key, [...(sources.get(key) ?? []), STATE_NAMES[from]]);
    }
    expect([...sources].map(([key, from]) => `${from.join(" ")} > ${key}`)).toEqual(rows);
  });

  test("has a name for every cause, in the order of their numbers", () => {
    expect(Object.values(Cause)).toEqual(CAUSE_NAMES.map((_, index) => index));
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
