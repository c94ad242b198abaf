import {
  findScenario,
  parseFault,
  type Scenario,
  type Trace,
  type TraceSegment,
  traceScenario,
} from "@synfin/simulator";
import { describe, expect, test } from "vitest";

function named(name: string): Scenario {
  const scenario = findScenario(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return scenario;
}

/** Plays the four-way close with these faults. */
function withFaults(...texts: string[]): Trace {
  const faults = texts.map((text) => {
    const result = parseFault(text);
    if (!result.ok) throw new Error(result.message);
    return result.value;
  });
  return traceScenario(named("four-way-close"), { faults });
}

function fate(segment: TraceSegment): string {
  const verdicts = segment.arrivals.map((arrival) => arrival.verdict);
  return `${segment.id} ${segment.flags.join(",")} ${verdicts.join("+")}`;
}

function struck(trace: Trace): string[] {
  return trace.segments.map(fate).filter((line) => !line.endsWith(" deliver"));
}

test("no fault, no loss", () => {
  expect(struck(withFaults())).toEqual([]);
});

describe("a fault strikes what it is aimed at, and nothing else", () => {
  test.each([
    ["drop:client:SYN", ["client-1 SYN drop"]],
    ["drop:server:SYN-ACK", ["server-1 SYN,ACK drop"]],
    ["drop:client:DATA", ["client-3 PSH,ACK drop"]],
    ["drop:client:FIN", ["client-4 FIN,ACK drop"]],
    ["drop:server:FIN", ["server-4 FIN,ACK drop"]],
    ["drop:client:ACK:2", ["client-5 ACK drop"]],
    ["drop:client:any:3", ["client-3 PSH,ACK drop"]],
    ["duplicate:client:SYN", ["client-1 SYN deliver+duplicate"]],
    ["delay=5ms:client:DATA", ["client-3 PSH,ACK delay"]],
    ["corrupt:server:FIN", ["server-4 FIN,ACK corrupt"]],
  ])("%s", (fault, expected) => {
    expect(struck(withFaults(fault))).toEqual(expected);
  });

  test("with + it strikes every retransmission as well", () => {
    const lost = struck(withFaults("drop:client:FIN+"));
    expect(lost.length).toBeGreaterThan(5);
    expect(lost.every((line) => line.includes("FIN,ACK drop"))).toBe(true);
  });

  test("with * it strikes every one, but not the retransmissions", () => {
    const lost = struck(withFaults("drop:client:ACK:*"));
    expect(lost.length).toBeGreaterThanOrEqual(2);
    expect(lost.every((line) => line.endsWith("ACK drop"))).toBe(true);
  });

  test("of two faults the first in the list wins", () => {
    expect(struck(withFaults("duplicate:client:SYN", "drop:client:SYN"))).toEqual([
      "client-1 SYN deliver+duplicate",
    ]);
  });

  test("the second drop:client:FIN:2 finds no second FIN", () => {
    expect(struck(withFaults("drop:client:FIN:2"))).toEqual([]);
  });
});

describe("what the link does", () => {
  test("a copy that is corrupted arrives damaged, fails its checksum, and is sent again (MUST-3)", () => {
    const trace = withFaults("corrupt:client:DATA");
    const [data] = trace.segments.filter((segment) => segment.length > 0);
    const arrival = data?.arrivals[0];
    expect(arrival?.packet).toHaveLength(data?.packet.length ?? 0);
    expect(arrival?.packet).not.toBe(data?.packet);
    const again = trace.segments.filter((segment) => segment.retransmission);
    expect(again.map((segment) => segment.seq)).toEqual([data?.seq]);
  });

  test("a reordered segment arrives after what was sent behind it", () => {
    const scenario = named("half-close");
    const fault = parseFault("reorder:client:ACK:1");
    if (!fault.ok) throw new Error(fault.message);
    const trace = traceScenario(scenario, { faults: [fault.value] });
    const arrivalOf = (id: string) =>
      trace.segments.find((s) => s.id === id)?.arrivals[0]?.atUs ?? 0;
    expect(arrivalOf("client-2")).toBeGreaterThan(arrivalOf("client-3"));
  });

  test("ids before the fault stay what they were", () => {
    const plain = withFaults().segments.map((segment) => segment.id);
    const forked = withFaults("drop:client:FIN").segments.map((segment) => segment.id);
    const untilFin = plain.indexOf("client-4");
    expect(forked.slice(0, untilFin)).toEqual(plain.slice(0, untilFin));
  });

  test("chances come up about as often as they say", () => {
    const noisy: Scenario = {
      ...named("half-close"),
      link: { delayUs: 50_000, jitterUs: 5000, loss: [1, 5], duplicate: [1, 5], corrupt: [1, 10] },
    };
    const counts = new Map<string, number>();
    let total = 0;
    for (let seed = 1; seed <= 300; seed += 1) {
      for (const segment of traceScenario(noisy, { seed }).segments) {
        const verdict = segment.arrivals.at(-1)?.verdict ?? "none";
        counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
        total += 1;
      }
    }
    const share = (verdict: string) => (counts.get(verdict) ?? 0) / total;
    expect(share("drop")).toBeCloseTo(0.2, 1);
    expect(share("corrupt")).toBeCloseTo(0.8 * 0.1, 1);
    expect(share("duplicate")).toBeCloseTo(0.8 * 0.9 * 0.2, 1);
    expect(total).toBeGreaterThan(4000);
  });
});
