import {
  finGoesOutAtOnce,
  halfClosedStillReceives,
  lostTextIsReset,
  userIsTold,
  whoClosesFirstWaits,
} from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches, changeTo, doctored, sentBy } from "../support/doctor.ts";
import { shipped } from "../support/shipped.ts";

test("who closes first and ends without TIME-WAIT", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    const waits = changeTo(trace, "client", "TIME-WAIT");
    trace.states = trace.states.filter((change) => change.from !== "TIME-WAIT");
    Object.assign(waits, { to: "CLOSED", cause: "rcv ACK of FIN" });
  });
  expect(breaches(whoClosesFirstWaits, run)).toMatchObject([
    {
      host: "client",
      message: "closed before it took the peer's FIN, and ended without TIME-WAIT",
    },
  ]);
});

test("who closes second and comes to TIME-WAIT", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    const over = trace.states.find(({ from }) => from === "LAST-ACK");
    if (over === undefined) throw new Error("no LAST-ACK");
    const waits = { ...over, to: "TIME-WAIT" as const };
    trace.states.splice(trace.states.indexOf(over), 1, waits, { ...over, from: "TIME-WAIT" });
  });
  expect(breaches(whoClosesFirstWaits, run)).toMatchObject([
    { host: "server", message: "closed after it took the peer's FIN, and came to TIME-WAIT" },
  ]);
});

test("a half-closed side whose user gets nothing any more", () => {
  const plain = shipped("half-close");
  expect(
    halfClosedStillReceives.check(plain).premises.get("text after the own FIN"),
  ).toBeGreaterThan(0);
  const run = doctored(plain, () => {}, { watched: { deliveries: [], arrivals: [] } });
  expect(breaches(halfClosedStillReceives, run)).not.toEqual([]);
});

test("a user who is not told that the peer has closed, or is told of a FIN that is none", () => {
  const silent = doctored(shipped("four-way-close"), (trace) => {
    trace.events = trace.events.filter(
      (event) => event.type !== "signal" || event.signal !== "peer closed",
    );
  });
  expect(breaches(userIsTold, silent)).toHaveLength(2);
  const made = doctored(shipped("four-way-close"), (trace) => {
    trace.events.push({ type: "signal", atUs: 1, host: "client", signal: "peer closed" });
  });
  expect(breaches(userIsTold, made)).toMatchObject([
    { host: "client", atUs: 1, message: expect.stringContaining("no FIN was taken") },
  ]);
});

test("a FIN that waits for no reason", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    sentBy(trace, "client", "FIN").sentAtUs += 1;
  });
  expect(breaches(finGoesOutAtOnce, run)).toMatchObject([
    { host: "client", message: expect.stringContaining("closed, with all text sent") },
  ]);
  expect(breaches(lostTextIsReset, run)).toEqual([]);
});
