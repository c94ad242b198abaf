import { STATE_NAMES, stateName, TRANSITIONS } from "@synfin/core/tcp";
import { scenarios } from "@synfin/simulator";
import { expect, test } from "vitest";
import {
  DIAGRAM,
  edgePath,
  FIGURE_5,
  PLACES,
  travelled,
} from "../../src/connection/state-diagram.ts";
import { traceOf } from "../traces.ts";

const permitted = new Set(TRANSITIONS.map(([from, to]) => `${stateName(from)}>${stateName(to)}`));

test("draws only what the table of transitions permits", () => {
  expect(FIGURE_5.filter((edge) => !permitted.has(edge))).toEqual([]);
});

test("every state has a place of its own, within the picture", () => {
  const { halfWidth, halfHeight, width, height } = DIAGRAM;
  for (const [index, name] of STATE_NAMES.entries()) {
    const { x, y } = PLACES[name];
    expect(x - halfWidth).toBeGreaterThanOrEqual(0);
    expect(x + halfWidth).toBeLessThanOrEqual(width);
    expect(y - halfHeight).toBeGreaterThanOrEqual(0);
    expect(y + halfHeight).toBeLessThanOrEqual(height);
    for (const other of STATE_NAMES.slice(index + 1)) {
      const apart =
        Math.abs(PLACES[other].x - x) >= 2 * halfWidth ||
        Math.abs(PLACES[other].y - y) >= 2 * halfHeight;
      expect([name, other, apart]).toEqual([name, other, true]);
    }
  }
});

test("the way of an end is what its trace says, up to a time", () => {
  const trace = traceOf("four-way-close");
  expect(travelled(trace, "client", 0)).toEqual([]);
  expect(travelled(trace, "client", 110_000)).toEqual(["CLOSED>SYN-SENT", "SYN-SENT>ESTABLISHED"]);
  expect(travelled(trace, "server", trace.endedAtUs)).toEqual([
    "CLOSED>LISTEN",
    "LISTEN>SYN-RECEIVED",
    "SYN-RECEIVED>ESTABLISHED",
    "ESTABLISHED>CLOSE-WAIT",
    "CLOSE-WAIT>LAST-ACK",
    "LAST-ACK>CLOSED",
  ]);
});

test("every change of every scenario has a way to be drawn", () => {
  const edges = scenarios.flatMap(({ name }) => {
    const trace = traceOf(name);
    return trace.hosts.flatMap((host) => travelled(trace, host.name, trace.endedAtUs));
  });
  expect(new Set(edges).size).toBeGreaterThan(15);
  for (const edge of edges) expect(edgePath(edge)).toMatch(/^M[0-9]+ [0-9]+[LHh]/);
});
