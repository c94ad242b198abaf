import { Cause, State, type StateChange } from "@synfin/core/tcp";
import { BulkRun, type CensusRow, planOf, ROLL, STATE_COUNT } from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import { findBulkScenario } from "../../../src/bulk/library/index.ts";
import { Roll } from "../../../src/bulk/watch/roll.ts";
import { runScenario, settings } from "../support/run.ts";
import { SMALL } from "../support/small.ts";

/** The census of a run of which a roll is kept. */
function censusOf(name: string, values: Readonly<Record<string, number>>, room: number): BulkRun {
  const scenario = findBulkScenario(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const run = new BulkRun(planOf(scenario, settings(name, { values })), {
    ...{ scenario: name, seed: 7, roll: room },
  });
  while (!run.advance(10_000)) {
    // Each turn is a slice of the run.
  }
  return run;
}

/** How many connections of a roll have each code at one host. */
function countsIn({ roll }: CensusRow, host: number, hosts: number): number[] {
  const counts = new Array<number>(STATE_COUNT + 2).fill(0);
  const codes = roll?.codes ?? new Uint8Array();
  const size = codes.length / hosts;
  for (const code of codes.subarray(host * size, (host + 1) * size)) {
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

const EVERYONE = 1 << 16;

test.each(Object.entries(SMALL))(
  "%s: a roll counts what the census counts, at every host and time, and changes nothing",
  (name, values) => {
    const run = censusOf(name, values, EVERYONE);
    const { hosts, digest } = run.result();
    let met = 0;
    for (const row of run.census.rows) {
      for (const [host] of hosts.entries()) {
        const rolled = countsIn(row, host, hosts.length).slice(0, STATE_COUNT).with(0, 0);
        const counted = row.states.slice(host * STATE_COUNT, (host + 1) * STATE_COUNT);
        expect(rolled, `host ${host} at ${row.atUs} us`).toEqual(counted);
        met += counted.some((count) => count > 0) ? 1 : 0;
      }
    }
    expect(met).toBeGreaterThan(2);
    expect(digest.toString()).toBe(runScenario(name, { values }).digest.toString());
  },
);

test("who was refused or broke is told from who closed", () => {
  const run = censusOf("port-exhaustion", SMALL["port-exhaustion"] ?? {}, EVERYONE);
  const { connections } = run.result();
  const last = run.census.rows.at(-1);
  if (last === undefined) throw new Error("the run has no census");
  const counts = countsIn(last, 0, 2);
  expect(connections.failed).toBeGreaterThan(10);
  expect(counts[ROLL.FAILED]).toBe(connections.failed);
  expect(counts[ROLL.CLOSED]).toBe(connections.closed);
});

test("where there is no room for all it has every n-th, with the same codes", () => {
  const values = { connections: 3000, rate: 3000, hold: 500_000, loss: 20_000 };
  const all = censusOf("steady", values, EVERYONE).census.rows;
  const some = censusOf("steady", values, 100).census.rows;
  expect(some.length).toBe(all.length);
  let compared = 0;
  for (const [index, { roll }] of some.entries()) {
    const whole = all[index]?.roll;
    if (roll === undefined || whole === undefined) throw new Error("a row has no roll");
    expect(roll.every).toBe(30);
    const [size, wholeSize] = [roll.codes.length / 2, whole.codes.length / 2];
    for (let place = 0; place < size; place += 1) {
      expect(roll.codes[place]).toBe(whole.codes[place * 30]);
      expect(roll.codes[size + place]).toBe(whole.codes[wholeSize + place * 30]);
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(5000);
});

const opens: StateChange = { from: State.CLOSED, to: State.SYN_SENT, cause: Cause.ACTIVE_OPEN };

test("a number that nobody knew beforehand halves the roll whenever it is full", () => {
  const roll = new Roll({ cells: 1, hosts: 1, connections: undefined }, 4);
  for (let flow = 1; flow <= 9; flow += 1) {
    const place = roll.placeOf(flow, 0);
    if (place >= 0) roll.came(place, 0, opens);
  }
  const { every, codes } = roll.call();
  expect([every, [...codes]]).toEqual([4, [2, 2, 2]]);
});

test("an end that broke makes a failure of the connection, whoever ends last", () => {
  const broke: StateChange = { from: State.ESTABLISHED, to: State.CLOSED, cause: Cause.RCV_RST };
  const well: StateChange = { from: State.TIME_WAIT, to: State.CLOSED, cause: Cause.RECYCLED };
  const roll = new Roll({ cells: 1, hosts: 2, connections: 2 }, 2);
  for (const place of [roll.placeOf(1, 0), roll.placeOf(2, 0)]) {
    roll.came(place, 0, opens);
    roll.came(place, 1, opens);
  }
  roll.came(0, 0, well);
  roll.came(0, 1, broke);
  roll.came(1, 1, broke);
  roll.came(1, 0, well);
  expect([...roll.call().codes]).toEqual([...[12, 12], ...[12, 12]]);
});
