import { findScenario, type Trace, traceScenario } from "@synfin/simulator";
import { expect, test } from "vitest";
import { type Reason, segmentNotes } from "../../src/view/index.ts";
import { traceOf } from "../support/trace-of.ts";

/** Why segments were sent, in the order of sending: `client-5 timeout`. */
function reasons(trace: Trace): string[] {
  const notes = segmentNotes(trace);
  return trace.segments.flatMap(({ id }) => {
    const note = notes.get(id);
    return note === undefined ? [] : [`${id} ${note.reason}`];
  });
}

test("where all goes well, every header says why it was sent", () => {
  expect(reasons(traceOf("three-way-handshake"))).toEqual([]);
  expect(reasons(traceOf("four-way-close"))).toEqual([]);
});

test("a timer that runs out says how long it ran, and doubles (RFC 6298 §5.5)", () => {
  const notes = [...segmentNotes(traceOf("stuck-in-fin-wait-1")).values()];
  expect(notes.map(({ reason }) => reason)).toEqual(Array(6).fill("timeout"));
  expect(notes.map(({ waitUs = 0 }) => waitUs / 1e6)).toEqual([1, 2, 4, 8, 16, 32]);
});

test("three duplicate ACKs, each counted, bring a fast retransmit (RFC 5681 §3.2)", () => {
  const trace = traceOf("lost-data-sack");
  const notes = segmentNotes(trace);
  const duplicates = [...notes.values()].filter(({ reason }) => reason === "duplicate-ack");
  expect(duplicates.map(({ nth }) => nth)).toEqual([1, 2, 3]);
  expect(reasons(trace).slice(3)).toEqual(["client-8 fast-retransmit"]);
});

/** Ten segments at once, of which two are lost. */
function twoLost(): Trace {
  const scenario = findScenario("lost-data-sack");
  if (scenario === undefined) throw new Error("there is no lost-data-sack");
  const [client, server] = scenario.hosts;
  return traceScenario({
    ...scenario,
    hosts: [{ ...client, params: { ...client.params, initialWindow: 10, sack: 0 } }, server],
    faults: ["drop:client:DATA:2", "drop:client:DATA:4"],
    script: scenario.script.map((step) =>
      step.call === "send" ? { ...step, bytes: 14_480 } : step,
    ),
  });
}

test("an ACK of a part of what was lost brings the next of it (RFC 6582 §3.2)", () => {
  const told = reasons(twoLost()).filter((text) => !text.includes("duplicate"));
  expect(told).toEqual(["client-13 fast-retransmit", "client-14 partial-ack"]);
});

test("what goes out again at a further duplicate belongs to the recovery (RFC 6675 §5)", () => {
  const trace = twoLost();
  const partial = trace.segments.find(({ id }) => id === "client-14");
  // The ACK that set it off, made into one that acknowledges nothing new.
  const first = trace.segments.find(({ id }) => id === "client-3")?.seq ?? 0;
  const old = trace.segments.map((one) =>
    one.arrivals[0]?.atUs === partial?.sentAtUs ? { ...one, ack: first + 1448 } : one,
  );
  expect(old).not.toEqual(trace.segments);
  expect(reasons({ ...trace, segments: old })).toContain("client-14 recovery");
});

test("after a timeout an acknowledgment brings back what went out before it", () => {
  const lost = [3, 4, 5].map((nth) => `drop:client:DATA:${nth}`);
  const trace = traceOf("lost-data-sack", ...lost);
  const notes = segmentNotes(trace);
  const told = trace.segments
    .filter(({ retransmission }) => retransmission)
    .map(({ id }) => notes.get(id)?.reason);
  expect(told[0]).toBe("timeout");
  expect(told.slice(1)).not.toEqual([]);
  expect(new Set(told.slice(1))).toEqual(new Set(["after-timeout"]));
});

test.each<[scenario: string, reason: Reason, ids: string[]]>([
  ["zero-window", "zero-window-probe", ["client-5", "client-6"]],
  ["zero-window", "window-update", ["server-6"]],
  ["zero-window", "after-zero-window", ["client-7"]],
  ["keep-alive", "keep-alive", ["client-3", "client-4", "client-5", "client-6"]],
  ["keep-alive", "keep-alive-ack", ["server-2"]],
  ["three-segment-close", "delayed-ack", ["server-2"]],
  ["lost-syn", "timeout", ["client-2"]],
])("%s shows: %s", (scenario, reason, ids) => {
  const told = [...segmentNotes(traceOf(scenario))].filter(([, note]) => note.reason === reason);
  expect(told.map(([id]) => id)).toEqual(ids);
});

test("a challenge ACK names what drew it (RFC 5961 §3, §4)", () => {
  const notes = segmentNotes(traceOf("challenge-ack"));
  expect(notes.get("server-2")).toEqual({ reason: "challenge-ack", drawnBy: "RST" });
  expect(notes.get("server-3")).toEqual({ reason: "challenge-ack", drawnBy: "SYN" });
  expect(notes.get("server-4")).toBeUndefined();
});

test("so does an ACK of what was never sent (RFC 5961 §5)", () => {
  const scenario = findScenario("challenge-ack");
  if (scenario === undefined) throw new Error("there is no challenge-ack");
  const script = scenario.script.map((step) =>
    step.call === "inject"
      ? { ...step, segment: { ...step.segment, flags: ["ACK"] as const, seq: 101, ack: 9000 } }
      : step,
  );
  const notes = segmentNotes(traceScenario({ ...scenario, script }));
  expect(notes.get("server-2")).toEqual({ reason: "challenge-ack", drawnBy: "ACK" });
});

test("so does a half-open peer's, and a peer in TIME-WAIT only repeats itself", () => {
  expect(segmentNotes(traceOf("rst-half-open")).get("server-2")?.drawnBy).toBe("SYN");
  expect(reasons(traceOf("lost-last-ack"))).toEqual(["server-5 timeout"]);
});

test("a probe of the window has waited for the persist timer (§3.8.6.1)", () => {
  const notes = segmentNotes(traceOf("zero-window"));
  expect(notes.get("client-5")?.waitUs).toBe(1_000_000);
  expect(notes.get("client-6")?.waitUs).toBe(2_000_000);
});
