import { everyWaitIsPermitted, type Run } from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches, doctored, sentBy } from "../support/doctor.ts";
import { shipped } from "../support/shipped.ts";

/** The run as if it had stopped before this host's last change of state. */
function stuck(scenario: string, host: string): Run {
  return doctored(shipped(scenario), (trace) => {
    const last = trace.states.findLast((change) => change.host === host);
    trace.states = trace.states.filter((change) => change !== last);
  });
}

test("a state that only a timer could end", () => {
  const run = stuck("four-way-close", "client");
  expect(breaches(everyWaitIsPermitted, run)).toMatchObject([
    { host: "client", atUs: run.trace.endedAtUs, message: "stays in TIME-WAIT for ever" },
  ]);
  expect(breaches(everyWaitIsPermitted, stuck("four-way-close", "server"))).toMatchObject([
    { host: "server", message: "stays in LAST-ACK for ever" },
  ]);
});

test("FIN-WAIT-2 although the peer's user has closed", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    trace.states = trace.states.filter(({ host, from, to }) => {
      return host !== "client" || (to !== "TIME-WAIT" && from !== "TIME-WAIT");
    });
  });
  expect(breaches(everyWaitIsPermitted, run)).toMatchObject([
    { message: "waits in FIN-WAIT-2, but its peer's user has closed" },
  ]);
});

test("ESTABLISHED after the user has closed, or with text unacknowledged", () => {
  const closed = doctored(shipped("three-way-handshake"), (trace) => {
    trace.events.push({ type: "call", atUs: trace.endedAtUs, host: "client", call: "close" });
  });
  expect(breaches(everyWaitIsPermitted, closed)).toMatchObject([
    { host: "client", message: "its user has closed, and it stays in ESTABLISHED" },
  ]);
  const unheard = doctored(shipped("three-way-handshake"), (trace) => {
    for (const arrival of sentBy(trace, "server", "ACK").arrivals) arrival.verdict = "drop";
  });
  expect(breaches(everyWaitIsPermitted, unheard)).toMatchObject([
    { host: "client", message: "text is unacknowledged in ESTABLISHED for ever" },
  ]);
});

test("where the RFC lets a connection wait, it may", () => {
  for (const name of ["stuck-in-close-wait", "stuck-in-fin-wait-2", "three-way-handshake"]) {
    const { breaches: none, premises } = everyWaitIsPermitted.check(shipped(name));
    expect(none).toEqual([]);
    expect([...premises.values()].some((times) => times > 0)).toBe(true);
  }
});
