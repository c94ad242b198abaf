import { Cause, createTcb, State, type Tcb } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { type End, firstEnd } from "../../src/explore/end.ts";
import { brokenAtRest, brokenByState, outcomeOf } from "../../src/explore/laws/state-laws.ts";
import { settle } from "../../src/explore/options.ts";

const SETTINGS = settle({ data: 1, loss: 1 });

type Parts = Partial<Omit<End, "tcb">> & { readonly tcb?: Partial<Tcb> };

/** An end of an open connection: the client's ISS is 1000, the server's 5000. */
function end(host: 0 | 1, parts: Parts = {}): End {
  const [iss, irs] = host === 0 ? [1000, 5000] : [5000, 1000];
  const open: Partial<Tcb> = {
    ...{ state: State.ESTABLISHED, iss, irs, synAcked: 1 },
    ...{ sndUna: iss + 1, sndNxt: iss + 1, sndEnd: iss + 1, rcvNxt: irs + 1, rcvWnd: 1000 },
  };
  const { tcb, ...rest } = parts;
  return { ...firstEnd(host, SETTINGS), ...rest, tcb: { ...createTcb(), ...open, ...tcb } };
}

function law(client: Parts, server: Parts): string {
  return brokenByState([end(0, client), end(1, server)], SETTINGS)?.law ?? "none";
}

/** The client has sent its 100 octets and a FIN; the server has taken them. */
const ALL_SENT: Parts = {
  ...{ sendsLeft: 0, userClosed: 1 },
  tcb: { state: State.FIN_WAIT_2, finQueued: 1, finSent: 1, sndUna: 1102, sndNxt: 1102 },
};
const ALL_TAKEN: Parts = {
  ...{ delivered: 100, finTaken: 1 },
  tcb: { state: State.CLOSE_WAIT, rcvNxt: 1102 },
};

describe("two ends that agree break no law", () => {
  test.each<[string, Parts, Parts]>([
    ["both open", {}, {}],
    ["all sent, all taken", ALL_SENT, ALL_TAKEN],
    [
      "the SYN is under way",
      { tcb: { state: State.SYN_SENT, irs: 0, synAcked: 0 } },
      { tcb: { state: State.CLOSED, iss: 0, irs: 0 } },
    ],
    [
      "an old duplicate made the server's",
      {},
      { tcb: { state: State.SYN_RECEIVED, iss: 9000, synAcked: 0, sndUna: 9000 } },
    ],
    ["the network may lose one, and one was sent in vain", { inVain: 1 }, {}],
  ])("%s", (_what, client, server) => {
    expect(law(client, server)).toBe("none");
  });
});

describe("each law is broken by what it forbids", () => {
  test.each<[string, Parts, Parts]>([
    ["spacesAgree", {}, { tcb: { rcvNxt: 1002 } }],
    ["spacesAgree", { tcb: { sndUna: 1002, sndNxt: 1002 } }, {}],
    ["nothingOutOfNothing", {}, { delivered: 100 }],
    ["nothingOutOfNothing", { ...ALL_SENT, userClosed: 0 }, ALL_TAKEN],
    ["nothingOutOfNothing", ALL_SENT, { ...ALL_TAKEN, delivered: 50 }],
    ["nothingOutOfNothing", { ...ALL_SENT, sendsLeft: 1 }, { ...ALL_TAKEN, delivered: 0 }],
    ["closedMeansDelivered", ALL_SENT, { ...ALL_TAKEN, finTaken: 0 }],
    ["nothingPastTheWindow", { tcb: { sndNxt: 1001 + 1002 } }, {}],
    ["bothMeanOneConnection", {}, { tcb: { iss: 9000, sndUna: 9001, sndNxt: 9001 } }],
    ["givesUpOnSilenceOnly", { inVain: 2, endedBy: Cause.R2_TIMEOUT }, {}],
  ])("%s", (name, client, server) => {
    expect(law(client, server)).toBe(name);
    const swapped = brokenByState(mirrored(client, server), SETTINGS);
    expect(swapped?.law).toBe(name);
  });
});

/** The same with the roles of client and server exchanged, numbers and all. */
function mirrored(client: Parts, server: Parts): [End, End] {
  return [
    { ...end(1, server), host: 0 },
    { ...end(0, client), host: 1 },
  ];
}

describe("when nothing can happen any more", () => {
  const closed = (cause: Cause): Parts => ({ endedBy: cause, tcb: { state: State.CLOSED } });
  const waits: Parts = { tcb: { state: State.FIN_WAIT_2 } };

  test.each<[string, Parts, Parts]>([
    ["both closed", closed(Cause.TIME_WAIT_TIMEOUT), closed(Cause.RCV_ACK_OF_FIN)],
    ["client waits in FIN-WAIT-2, server ABORT", waits, closed(Cause.ABORT)],
    [
      "client never opened, server closed",
      { tcb: { state: State.CLOSED } },
      closed(Cause.RCV_ACK_OF_FIN),
    ],
  ])("%s is an end", (outcome, client, server) => {
    expect(brokenAtRest([end(0, client), end(1, server)])).toBeUndefined();
    expect(outcomeOf([end(0, client), end(1, server)])).toBe(outcome);
  });

  test.each<[string, Parts, Parts]>([
    ["ESTABLISHED", {}, closed(Cause.ABORT)],
    ["FIN-WAIT-2", waits, closed(Cause.RCV_ACK_OF_FIN)],
    ["FIN-WAIT-2", waits, { tcb: { state: State.CLOSE_WAIT } }],
    ["LAST-ACK", { tcb: { state: State.LAST_ACK } }, closed(Cause.TIME_WAIT_TIMEOUT)],
  ])("whoever is left in %s stands in a deadlock", (state, client, server) => {
    const broken = brokenAtRest([end(0, client), end(1, server)]);
    expect(broken?.law).toBe("noDeadlock");
    expect(broken?.message).toContain(`client: stays in ${state} for ever`);
  });
});
