import { scenarios, traceScenario } from "@synfin/simulator";
import { expect, test } from "vitest";
import { textLadder } from "../../src/text-ladder/text-ladder.ts";
import { traceOf } from "../support/trace-of.ts";

/** The line that holds a text, without its edges. */
function line(ladder: string, text: string): string {
  return ladder.split("\n").find((one) => one.includes(text)) ?? "";
}

test.each([
  ["lost-fin", "retransmission (RTO 1 s)"],
  ["stuck-in-fin-wait-1", "retransmission (RTO 32 s)"],
  ["lost-data-sack", "dup ACK #3"],
  ["lost-data-sack", "sack 2897:7241"],
  ["lost-data-sack", "fast retransmit"],
  ["zero-window", "ack 2921 win 0"],
  ["zero-window", "zero-window probe (after 2 s)"],
  ["zero-window", "window update  win 2920"],
  ["challenge-ack", "ACK seq 1 ack 1 challenge ACK"],
  ["keep-alive", "keep-alive probe (after 5 s)"],
  ["keep-alive", "keep-alive ACK"],
  ["window-scale", "wscale 7  sackOK"],
  ["window-scale", "win 8192×128 = 1048576"],
  ["window-scale", "TS 110/60"],
])("%s: a reader finds %s", (name, text) => {
  expect(line(textLadder(traceOf(name)), text)).toMatch(/[│┊]/);
});

test("what a mark means is said below, and only for those that are there", () => {
  const scaled = textLadder(traceOf("window-scale"));
  expect(scaled).toContain("\n  win f×s = n:");
  expect(scaled).not.toContain("challenge");
  expect(textLadder(traceOf("four-way-close"))).not.toContain("\n  win");
});

test.each(["relative", "absolute"] as const)(
  "no line of any scenario is wider than 100 columns, with %s numbers",
  (seq) => {
    for (const profile of ["rfc9293", "linux"] as const) {
      for (const scenario of scenarios) {
        const lines = textLadder(traceScenario(scenario, { profile }), { seq }).split("\n");
        const widest = Math.max(...lines.map(({ length }) => length));
        expect([scenario.name, widest <= 100]).toEqual([scenario.name, true]);
      }
    }
  },
);

test("ASCII means ASCII, in marks and legend as well", () => {
  for (const name of ["window-scale", "zero-window", "challenge-ack", "lost-data-sack"]) {
    const text = textLadder(traceOf(name), { ascii: true });
    expect([...text].filter((char) => char.charCodeAt(0) > 126)).toEqual([]);
  }
});
