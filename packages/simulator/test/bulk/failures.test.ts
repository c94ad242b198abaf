import { describe, expect, test } from "vitest";
import { runScenario } from "./support/run.ts";
import { SMALL } from "./support/small.ts";

const SECOND = 1_000_000;

test("a connection has failed once one end has lost it, though its peer stands for ever", () => {
  const { connections, failures } = runScenario("idle-drop", {
    values: { clients: 20, gaps: 10, gap: 300 * SECOND },
  });
  expect(failures.get("ETIMEDOUT")).toBeGreaterThan(20);
  expect(connections.failed).toBe(failures.get("ETIMEDOUT"));
  expect(connections.closed).toBe(connections.opened - connections.failed);
});

test("a connect that its user gives up has failed, and is no errno", () => {
  const { connections, failures, measures } = runScenario("snat-exhaustion", {
    values: { rate: 6, ports: 4, periods: 20, delay: 0 },
  });
  expect([...failures]).toEqual([]);
  expect(connections.failed).toBeGreaterThan(50);
  // The first period is not measured.
  expect(connections.failed).toBeGreaterThanOrEqual(measures.counts.get("timed-out") ?? 0);
});

test("what goes through a NAT is counted once, although it has two tuples", () => {
  const { connections, measures } = runScenario("snat-exhaustion", { values: { periods: 5 } });
  const { opened, closed, failed } = connections;
  expect(closed).toBeGreaterThan(100);
  expect(closed + failed).toBeLessThanOrEqual(opened);
  expect(measures.histogram("lifetime").count).toBe(closed + failed);
});

test("a forged SYN is no connection that fails, and its end in the queue no error of anybody", () => {
  const values = { flood: 10, backlog: 8, rate: 1, periods: 10, policy: 2 };
  const { connections, counters, failures } = runScenario("syn-flood", { values });
  expect(connections.opened).toBeGreaterThan(100);
  expect(connections.failed).toBe(0);
  expect([...failures]).toEqual([]);
  expect(counters[1]?.TCPAbortOnTimeout).toBe(0);
  expect(counters[1]?.AttemptFails).toBeGreaterThan(0);
});

test.each(Object.entries(SMALL))("%s: none closes or fails that was not opened", (name, values) => {
  const { opened, closed, failed } = runScenario(name, { values }).connections;
  expect(closed + failed).toBeLessThanOrEqual(opened);
});

describe("RFC 4022's counts", () => {
  test("AttemptFails: connects that were reset or timed out", () => {
    const refused = runScenario("self-connect", { values: { attempts: 2000 } });
    expect(refused.counters[0]?.AttemptFails).toBe(refused.failures.get("ECONNREFUSED"));
    const lost = runScenario("blackholed-syn", { values: { connections: 20 } });
    expect(lost.counters[0]?.AttemptFails).toBe(20);
  });

  test("EstabResets: connections that went from ESTABLISHED or CLOSE-WAIT to nothing", () => {
    const values = { clients: 200, gaps: 20 };
    const { counters, failures } = runScenario("keepalive-race", { values });
    expect(counters[0]?.EstabResets).toBeGreaterThan(10);
    expect(counters[0]?.EstabResets).toBe(failures.get("ECONNRESET"));
    expect(runScenario("steady", { values: { connections: 50 } }).counters[0]?.EstabResets).toBe(0);
  });
});
