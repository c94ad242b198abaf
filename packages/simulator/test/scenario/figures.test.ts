import { findScenario, type Scenario, type Step } from "@synfin/simulator";
import { expect, test } from "vitest";
import { figure } from "../support/figure.ts";

/**
 * The figures of RFC 9293 §3.5 and §3.6, line by line, with the RFC's own
 * numbers. What stands before a figure begins (the handshake before a close)
 * is left out here as it is there.
 */

function scenarioNamed(name: string): Scenario {
  const scenario = findScenario(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return scenario;
}

/** The lines of a run, blanks folded, so that they can be compared with a figure's. */
function linesOf(scenario: Scenario): string[] {
  return figure(scenario)
    .trimEnd()
    .split("\n")
    .map((line) => line.trim().replace(/ +/g, " "));
}

function without(scenario: Scenario, drop: (step: Step) => boolean): Scenario {
  return { ...scenario, script: scenario.script.filter((step) => !drop(step)) };
}

test("Figure 6: basic three-way handshake", () => {
  expect(linesOf(scenarioNamed("three-way-handshake")).slice(2)).toEqual([
    "SYN-SENT --> <SEQ=100><CTL=SYN> --> SYN-RECEIVED",
    "ESTABLISHED <-- <SEQ=300><ACK=101><CTL=SYN,ACK> <-- SYN-RECEIVED",
    "ESTABLISHED --> <SEQ=101><ACK=301><CTL=ACK> --> ESTABLISHED",
    "ESTABLISHED --> <SEQ=101><ACK=301><DATA=10><CTL=ACK> --> ESTABLISHED",
    // The figure ends with line 5; the data is acknowledged.
    "ESTABLISHED <-- <SEQ=301><ACK=111><CTL=ACK> <-- ESTABLISHED",
  ]);
});

test("Figure 7: simultaneous open", () => {
  expect(linesOf(scenarioNamed("simultaneous-open"))).toEqual([
    "SYN-SENT (active OPEN)",
    "SYN-SENT --> <SEQ=100><CTL=SYN> ...",
    "(active OPEN) SYN-SENT",
    "SYN-RECEIVED <-- <SEQ=300><CTL=SYN> <-- SYN-SENT",
    // Lines 5 and 4 of the figure: a SYN,ACK leaves as soon as the SYN has come.
    "SYN-RECEIVED --> <SEQ=100><ACK=301><CTL=SYN,ACK> ...",
    "... <SEQ=100><CTL=SYN> --> SYN-RECEIVED",
    "ESTABLISHED <-- <SEQ=300><ACK=101><CTL=SYN,ACK> <-- SYN-RECEIVED",
    "... <SEQ=100><ACK=301><CTL=SYN,ACK> --> ESTABLISHED",
  ]);
});

test("Figure 8: recovery from an old duplicate SYN", () => {
  expect(linesOf(scenarioNamed("old-duplicate-syn")).slice(2)).toEqual([
    "SYN-SENT --> <SEQ=100><CTL=SYN> ...",
    "(old) <SEQ=90><CTL=SYN> --> SYN-RECEIVED",
    "SYN-SENT <-- <SEQ=300><ACK=91><CTL=SYN,ACK> <-- SYN-RECEIVED",
    "SYN-SENT --> <SEQ=91><CTL=RST> --> LISTEN",
    "... <SEQ=100><CTL=SYN> --> SYN-RECEIVED",
    "ESTABLISHED <-- <SEQ=400><ACK=101><CTL=SYN,ACK> <-- SYN-RECEIVED",
    "ESTABLISHED --> <SEQ=101><ACK=401><CTL=ACK> --> ESTABLISHED",
  ]);
});

test("Figure 9: half-open connection discovery", () => {
  expect(linesOf(scenarioNamed("rst-half-open")).slice(5)).toEqual([
    "CLOSED (reboot)",
    "SYN-SENT (active OPEN)",
    "SYN-SENT --> <SEQ=400><CTL=SYN> --> ESTABLISHED",
    "SYN-SENT <-- <SEQ=300><ACK=100><CTL=ACK> <-- ESTABLISHED",
    "SYN-SENT --> <SEQ=100><CTL=RST> --> CLOSED",
    "SYN-SENT --> <SEQ=400><CTL=SYN> --> SYN-RECEIVED",
    // "The problem is now reduced to the basic three-way handshake of Figure 6."
    "ESTABLISHED <-- <SEQ=700><ACK=401><CTL=SYN,ACK> <-- SYN-RECEIVED",
    "ESTABLISHED --> <SEQ=401><ACK=701><CTL=ACK> --> ESTABLISHED",
  ]);
});

test("Figure 10: the active side causes half-open connection discovery", () => {
  expect(linesOf(scenarioNamed("rst-half-open-data")).slice(5)).toEqual([
    "CLOSED (reboot)",
    "CLOSED <-- <SEQ=300><ACK=100><DATA=10><CTL=ACK> <-- ESTABLISHED",
    "CLOSED --> <SEQ=100><CTL=RST> --> CLOSED",
  ]);
});

test("Figure 11: an old duplicate SYN between two passive sockets, Z = 90 and X = 300", () => {
  expect(linesOf(scenarioNamed("old-duplicate-syn-listen")).slice(2)).toEqual([
    "(old) <SEQ=90><CTL=SYN> --> SYN-RECEIVED",
    "LISTEN <-- <SEQ=300><ACK=91><CTL=SYN,ACK> <-- SYN-RECEIVED",
    "LISTEN --> <SEQ=91><CTL=RST> --> LISTEN",
  ]);
});

const NORMAL_CLOSE = [
  "FIN-WAIT-1 (CLOSE)",
  "FIN-WAIT-1 --> <SEQ=100><ACK=300><CTL=FIN,ACK> --> CLOSE-WAIT",
  "FIN-WAIT-2 <-- <SEQ=300><ACK=101><CTL=ACK> <-- CLOSE-WAIT",
  "(CLOSE) LAST-ACK",
  "TIME-WAIT <-- <SEQ=300><ACK=101><CTL=FIN,ACK> <-- LAST-ACK",
  "TIME-WAIT --> <SEQ=101><ACK=301><CTL=ACK> --> CLOSED",
  "CLOSED (2MSL timeout)",
];

test("Figure 12: normal close, after 50 octets of text", () => {
  expect(linesOf(scenarioNamed("four-way-close")).slice(-7)).toEqual(NORMAL_CLOSE);
});

test("Figure 12: normal close, without any text", () => {
  const scenario = without(scenarioNamed("four-way-close"), (step) => step.call === "send");
  const [client, server] = scenario.hosts;
  const bare: Scenario = { ...scenario, hosts: [{ ...client, isns: [99] }, server] };
  expect(linesOf(bare).slice(-7)).toEqual(NORMAL_CLOSE);
});

test("Figure 13: simultaneous close", () => {
  expect(linesOf(scenarioNamed("simultaneous-close")).slice(5)).toEqual([
    "FIN-WAIT-1 (CLOSE)",
    "FIN-WAIT-1 --> <SEQ=100><ACK=300><CTL=FIN,ACK> ...",
    "(CLOSE) FIN-WAIT-1",
    "CLOSING <-- <SEQ=300><ACK=100><CTL=FIN,ACK> <-- FIN-WAIT-1",
    "CLOSING --> <SEQ=101><ACK=301><CTL=ACK> ...",
    "... <SEQ=100><ACK=300><CTL=FIN,ACK> --> CLOSING",
    "TIME-WAIT <-- <SEQ=301><ACK=101><CTL=ACK> <-- CLOSING",
    "... <SEQ=101><ACK=301><CTL=ACK> --> TIME-WAIT",
    "CLOSED (2MSL timeout)",
    "(2MSL timeout) CLOSED",
  ]);
});
