import { everyFinAcknowledged } from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches, doctored, sentBy } from "../support/doctor.ts";
import { shipped } from "../support/shipped.ts";

test("a FIN whose acknowledgment was lost for good", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    for (const arrival of sentBy(trace, "client", "ACK", 2).arrivals) arrival.verdict = "drop";
  });
  const fin = sentBy(run.trace, "server", "FIN");
  expect(breaches(everyFinAcknowledged, run)).toEqual([
    {
      law: "everyFinAcknowledged",
      message:
        "<SEQ=300><ACK=101><CTL=FIN,ACK> was never acknowledged, yet rcv ACK of FIN ended its connection",
      ...{ host: "server", segment: fin.id, atUs: fin.sentAtUs },
    },
    expect.objectContaining({ host: "server", message: expect.stringContaining("LAST-ACK") }),
  ]);
});

test("an acknowledgment that stops short of the FIN", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    const ack = sentBy(trace, "server", "ACK", 2);
    const fin = sentBy(trace, "server", "FIN");
    ack.ack -= 1;
    fin.ack -= 1;
  });
  const messages = breaches(everyFinAcknowledged, run).map(({ host, message }) => [host, message]);
  expect(messages).toContainEqual([
    "client",
    expect.stringMatching(/FIN-WAIT-1 to FIN-WAIT-2: server-\d+ does not acknowledge a FIN/),
  ]);
  expect(messages).toContainEqual([
    "server",
    expect.stringMatching(/took <SEQ=100>.*FIN,ACK> and did not acknowledge it/),
  ]);
});

test("a connection that is forgotten while its FIN is under way", () => {
  const run = doctored(shipped("stuck-in-fin-wait-1"), (trace) => {
    trace.states = trace.states.filter(({ cause }) => cause !== "R2 timeout");
  });
  expect(breaches(everyFinAcknowledged, run)).toMatchObject([
    { host: "client", message: expect.stringContaining("was never acknowledged") },
  ]);
});

test("a FIN may be given up, and a run may be cut: both are counted", () => {
  const given = everyFinAcknowledged.check(shipped("stuck-in-fin-wait-1"));
  expect(given.breaches).toEqual([]);
  expect(given.premises.get("FIN given up: R2 timeout")).toBe(1);

  const early = doctored(
    shipped("stuck-in-fin-wait-1"),
    (trace) => {
      trace.states = trace.states.filter(({ cause }) => cause !== "R2 timeout");
    },
    { cut: true },
  );
  const cut = everyFinAcknowledged.check(early);
  expect(cut.breaches).toEqual([]);
  expect(cut.premises.get("FIN still under way when the run was cut")).toBe(1);
});
