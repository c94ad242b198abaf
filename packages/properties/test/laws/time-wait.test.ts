import { timeWaitLasts2Msl } from "@synfin/properties";
import { findScenario, type Trace, type TraceState } from "@synfin/simulator";
import { expect, test } from "vitest";
import { breaches, changeTo, doctored, found, type Writable } from "../support/doctor.ts";
import { shipped, varied } from "../support/shipped.ts";

const MINUTES_4 = 240_000_000;

/** The change that ends the client's TIME-WAIT. */
function end(trace: Writable<Trace>): Writable<TraceState> {
  return found(
    trace.states.find(({ from }) => from === "TIME-WAIT"),
    "end of TIME-WAIT",
  );
}

test.each([-1, 1])("TIME-WAIT that is %i µs off", (off) => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    end(trace).atUs += off;
    trace.endedAtUs += off;
  });
  const { atUs } = changeTo(run.trace, "client", "TIME-WAIT");
  expect(breaches(timeWaitLasts2Msl, run)).toEqual([
    {
      law: "timeWaitLasts2Msl",
      message: `TIME-WAIT ended ${MINUTES_4 + off} µs after the last FIN acknowledged at ${atUs} µs; 2MSL is ${MINUTES_4} µs`,
      ...{ host: "client", atUs: atUs + MINUTES_4 + off },
    },
  ]);
});

test("a TCP that does not start again for a retransmitted FIN", () => {
  const run = varied("lost-last-ack", { oldFinRestartsTimeWait: 0 });
  expect(breaches(timeWaitLasts2Msl, run)).toEqual([]);
  const claimed = doctored(run, () => {}, { params: {} });
  expect(breaches(timeWaitLasts2Msl, claimed)).toMatchObject([{ host: "client" }]);
});

/**
 * The server's first FIN comes long after its second one, and after more text of
 * the client's than any window of the server has offered.
 */
function lateFirstFin(params: Readonly<Record<string, number>>) {
  const [client, server] = found(findScenario("four-way-close"), "four-way close").hosts;
  return varied("four-way-close", params, {
    link: { delayUs: 50_000 },
    hosts: [
      { ...client, params },
      { ...server, params: { ...params, receiveBuffer: 1000 } },
    ],
    faults: ["delay=1500ms:server:any:2"],
    script: [
      { atUs: 0, host: "server", call: "listen", port: 80 },
      { atUs: 0, host: "client", call: "connect", port: 80 },
      { on: "ESTABLISHED", host: "server", call: "shutdown" },
      { on: "ESTABLISHED", afterUs: 1000, host: "client", call: "send", bytes: 1000 },
      { on: "ESTABLISHED", afterUs: 2000, host: "client", call: "close" },
    ],
  });
}

test.each([
  ["too old to be believed, with RFC 5961", 1, 1_200_000],
  ["taken for what it is, without", 0, 1_700_000],
])("a FIN that comes again behind an ACK %s", (_, rfc5961, startedAtUs) => {
  const run = lateFirstFin({ rfc5961 });
  const ending = run.trace.states.find(
    ({ host, from }) => host === "client" && from === "TIME-WAIT",
  );
  expect(ending?.atUs).toBe(startedAtUs + MINUTES_4);
  expect(breaches(timeWaitLasts2Msl, run)).toEqual([]);
  const claimed = { params: { client: { rfc5961: 1 - rfc5961 } } };
  expect(
    breaches(
      timeWaitLasts2Msl,
      doctored(run, () => {}, claimed),
    ),
  ).toMatchObject([{ host: "client" }]);
});

test("a retransmitted FIN that is not acknowledged", () => {
  const run = doctored(shipped("lost-last-ack"), (trace) => {
    trace.segments = trace.segments.filter(({ from, sentAtUs }) => {
      return from !== "client" || sentAtUs <= changeTo(trace, "client", "TIME-WAIT").atUs;
    });
  });
  expect(breaches(timeWaitLasts2Msl, run)).toMatchObject([
    { host: "client", segment: "server-5", message: expect.stringContaining("not acknowledged") },
  ]);
});

test.each([
  ["rcv RST", "no RST came that could have ended TIME-WAIT"],
  ["rcv SYN", "no SYN came that was accepted"],
  ["rcv SYN in window", "a SYN ended TIME-WAIT in spite of rfc5961"],
  ["ABORT", "ended by ABORT, but no one called it"],
  ["reboot", "ended by a reboot that did not happen"],
  ["R2 timeout", "R2 timeout may not end TIME-WAIT"],
])("an early end by %s out of nowhere", (cause, message) => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    const change = end(trace);
    change.cause = cause;
    change.atUs -= 1_000_000;
  });
  expect(breaches(timeWaitLasts2Msl, run)).toMatchObject([{ host: "client", message }]);
});

/** The four-way close; a second later a RST from nowhere, with what the client expects next. */
function assassinated(params: Readonly<Record<string, number>>) {
  const scenario = found(findScenario("four-way-close"), "four-way close");
  const port = shipped("four-way-close").trace.hosts[0]?.port ?? 0;
  const segment = { flags: ["RST"] as const, seq: 301, srcPort: 80, dstPort: port };
  const reset = { atUs: 2_000_000, host: "server", call: "inject", segment } as const;
  return varied("four-way-close", params, { script: [...scenario.script, reset] });
}

test("an acceptable RST ends it, and with rfc1337 it does not", () => {
  const killed = assassinated({ rfc1337: 0 });
  const findings = timeWaitLasts2Msl.check(killed);
  expect(findings.breaches).toEqual([]);
  expect(findings.premises.get("TIME-WAIT cut short: rcv RST")).toBe(1);

  const kept = timeWaitLasts2Msl.check(assassinated({ rfc1337: 1 }));
  expect(kept.breaches).toEqual([]);
  expect(kept.premises.get("RST in TIME-WAIT")).toBe(1);
  expect(kept.premises.get("TIME-WAIT to its end")).toBe(1);

  const claimed = doctored(killed, () => {}, { params: { client: { rfc1337: 1 } } });
  expect(breaches(timeWaitLasts2Msl, claimed)).toMatchObject([
    { host: "client", message: "a RST ended TIME-WAIT in spite of rfc1337" },
  ]);
});

test("a RST that is not acceptable may not end it", () => {
  const run = doctored(assassinated({}), (trace) => {
    const reset = found(
      trace.segments.find(({ injected }) => injected === true),
      "RST",
    );
    reset.seq += 1;
  });
  expect(breaches(timeWaitLasts2Msl, run)).toMatchObject([
    { message: "<SEQ=302><CTL=RST> is not an acceptable RST: RCV.NXT is 301" },
  ]);
});
