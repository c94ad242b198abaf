import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTrace, scenarios, type Trace, traceScenario } from "../../src/index.ts";

const traces = scenarios.map((scenario) => traceScenario(scenario));
const asJson = (trace: Trace): unknown => JSON.parse(JSON.stringify(trace));

test.each(traces)("the trace of $scenario is read back whole", (trace) => {
  expect(parseTrace(asJson(trace))).toEqual({ ok: true, value: trace });
});

describe("what is no trace", () => {
  const [trace = traceScenario(scenarios[0] ?? failed())] = traces;
  const [segment] = trace.segments;

  test.each([
    ["nothing", null, "bad trace: the trace:"],
    ["another version", { ...trace, version: 2 }, "bad trace: version:"],
    ["one host", { ...trace, hosts: trace.hosts.slice(1) }, "bad trace: hosts:"],
    [
      "a strange end",
      { ...trace, hosts: trace.hosts.map((one) => ({ ...one, name: "x" })) },
      "one of the two",
    ],
    ["an id twice", { ...trace, segments: [segment, segment] }, "every id should be there once"],
    [
      "a packet that is none",
      { ...trace, segments: [{ ...segment, packet: "4500" }] },
      "an IP packet",
    ],
    [
      "an arrival before its time",
      { ...trace, segments: [{ ...segment, arrivals: [{ atUs: 0, verdict: "deliver" }] }] },
      "none should arrive before it is sent",
    ],
    ["a field that no one knows", { ...trace, extra: 1 }, "bad trace: extra:"],
  ])("%s is refused in one line", (_, input, message) => {
    const result = parseTrace(input);
    expect(result.ok ? "" : result.message).toContain(message);
    expect(result.ok ? "" : result.message).not.toContain("\n");
  });

  test("anything else, too, and nothing throws", () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        expect(parseTrace(input).ok).toBe(false);
      }),
    );
  });
});

function failed(): never {
  throw new Error("no scenario ships");
}
