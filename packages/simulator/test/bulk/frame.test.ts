import { STATE_NAMES, State } from "@synfin/core/tcp";
import {
  type BulkFrame,
  type BulkPlan,
  BulkRun,
  type CensusRow,
  FRAME,
  FrameWriter,
  findBulkScenario,
  frameCensus,
  frameField,
  frameRows,
  STATE_COUNT,
} from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import { settings } from "./support/run.ts";

function planOf(name: string, values: Readonly<Record<string, number>>): BulkPlan {
  const plan = findBulkScenario(name)?.plan(settings(name, { values }));
  if (plan === undefined) throw new Error(`there is no scenario ${name}`);
  return plan;
}

/** All frames of a run, one after so many events each. */
function frames(plan: BulkPlan, scenario: string, events: number): [BulkRun, BulkFrame[]] {
  const run = new BulkRun(plan, { scenario, seed: 7 });
  const writer = new FrameWriter(run, plan);
  const all = [writer.next()];
  while (!run.advance(events)) all.push(writer.next());
  return [run, [...all, writer.next()]];
}

/** What a reader has who keeps the rows before `firstRow` and adds those of the frame. */
function collected(all: readonly BulkFrame[]): CensusRow[] {
  return all.reduce<CensusRow[]>(
    (rows, frame) => [...rows.slice(0, frameField(frame, "firstRow")), ...frameRows(frame)],
    [],
  );
}

const STEADY = { connections: 400, rate: 100, hold: 500_000 };

test("a reader of all frames has the census, row for row", () => {
  const [run, all] = frames(planOf("steady", STEADY), "steady", 100);
  expect(all.length).toBeGreaterThan(20);
  expect(collected(all)).toEqual(run.census.rows);
  expect(run.census.rows.length).toBeGreaterThan(200);
});

test("the rolls come along, octet for octet, and so does that of the moment", () => {
  const plan = planOf("steady", { ...STEADY, loss: 50_000 });
  const run = new BulkRun(plan, { scenario: "steady", seed: 7, roll: 150 });
  const writer = new FrameWriter(run, plan);
  const all = [writer.next()];
  while (!run.advance(333)) {
    const frame = writer.next();
    all.push(frame);
    expect(frameCensus(frame).roll).toEqual(run.rollCall());
  }
  all.push(writer.next());
  expect(collected(all)).toEqual(run.census.rows);
  const last = run.census.rows.at(-1)?.roll;
  expect([last?.every, last?.codes.length]).toEqual([3, 2 * 134]);
});

test("the first failure is told once there is one", () => {
  const [run, all] = frames(
    planOf("port-exhaustion", { rate: 50, ports: 100 }),
    "port-exhaustion",
    500,
  );
  const times = all.map((frame) => frameField(frame, "firstFailureUs"));
  const firstUs = run.result().measures.firsts.get("EADDRNOTAVAIL");
  expect(times[0]).toBe(-1);
  expect(times.at(-1)).toBe(firstUs);
  expect(new Set(times)).toEqual(new Set([-1, firstUs]));
});

test("a census that thins out starts again from row 0, and the reader has it all the same", () => {
  const plan = { ...planOf("steady", STEADY), sampleUs: 100_000 };
  const [run, all] = frames(plan, "steady", 100);
  expect(run.census.intervalUs).toBeGreaterThan(plan.sampleUs);
  const again = all.slice(1).filter((frame) => frameField(frame, "firstRow") === 0);
  expect(again.length).toBeGreaterThan(1);
  expect(collected(all)).toEqual(run.census.rows);
});

test("the first frame has nobody yet, the last one everybody", () => {
  const [run, all] = frames(planOf("steady", STEADY), "steady", 1000);
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) throw new Error("there are no frames");
  const fieldsOf = (frame: BulkFrame) =>
    (["opened", "established", "closed", "failed", "segments", "progress"] as const).map((name) =>
      frameField(frame, name),
    );
  expect(fieldsOf(first)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(fieldsOf(last)).toEqual([400, 400, 400, 0, 2800, 1000]);
  expect(frameField(last, "events")).toBe(run.result().events);
});

test("counts stand by host and state, of any number of hosts", () => {
  const plan = planOf("steady", { ...STEADY, connections: 100_000, rate: 1000 });
  const run = new BulkRun(plan, { scenario: "steady", seed: 7 });
  const writer = new FrameWriter(run, plan);
  run.advance(50_000);
  const now = frameCensus(writer.next());
  const clients = now.states.slice(0, STATE_COUNT);
  const servers = now.states.slice(STATE_COUNT);
  expect([clients.length, servers.length]).toEqual([STATE_NAMES.length, STATE_NAMES.length]);
  const alive = run.cells.reduce((sum, { tally }) => sum + tally.alive, 0);
  expect(now.alive).toBe(alive);
  expect(clients[State.TIME_WAIT]).toBeGreaterThan(1000);
  expect(servers[State.TIME_WAIT]).toBe(0);
  const third = { ...plan, hosts: [...plan.hosts, "nat"] };
  const wider = new FrameWriter(run, third).next();
  expect(frameField(wider, "hosts")).toBe(3);
  expect(frameCensus(wider).states).toEqual([...now.states, ...STATE_NAMES.map(() => 0)]);
});

test.each([
  ["by what opens and ends", "steady", { ...STEADY, connections: 4000 }],
  ["by the time, where its end is known", "port-exhaustion", { rate: 50, ports: 100 }],
])("progress comes evenly (%s), and is 1000 at the end only", (_how, name, values) => {
  const [, all] = frames(planOf(name, values), name, 500);
  const progress = all.map((frame) => frameField(frame, "progress"));
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(new Set(progress).size).toBeGreaterThan(10);
  expect(progress.filter((thousandths) => thousandths === 1000)).toHaveLength(1);
  expect(progress.at(-1)).toBe(1000);
});

test("a frame is one buffer, and each field has a place of its own", () => {
  const [, [first]] = frames(planOf("steady", STEADY), "steady", 1000);
  expect(first?.buffer.byteLength).toBe(8 * (first?.length ?? 0));
  const places = Object.values(FRAME);
  expect(new Set(places).size).toBe(places.length);
  expect(Math.max(...places)).toBe(places.length - 1);
});
