import { State } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import {
  type Census,
  createLoad,
  DEFAULT_LOAD,
  FRAME_HEAD,
  frameCensus,
  frameField,
  frameRows,
  type LoadRun,
  type LoadSpec,
  ROW_LENGTH,
} from "../../src/load/index.ts";

const SECOND = 1_000_000;
const small: LoadSpec = { ...DEFAULT_LOAD, connections: 300 };

function finish(run: LoadRun, step = 10_000): LoadRun {
  while (!run.advance(step));
  return run;
}

const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

/** The last sample at or before a time. */
function at(census: readonly Census[], atUs: number): Census {
  const row = census.findLast((one) => one.atUs <= atUs);
  if (row === undefined) throw new Error(`no sample at ${atUs}`);
  return row;
}

test("every connection opens, is established, and ends in good order", () => {
  const result = finish(createLoad(small)).result();
  expect(result).toMatchObject({ opened: 300, established: 300, closed: 300, failed: 0 });
  expect(result.census.at(-1)).toEqual({
    atUs: result.endedAtUs,
    client: [300, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    server: [300, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  });
});

test("without loss, each number follows from the spec", () => {
  const spec: LoadSpec = { ...DEFAULT_LOAD, connections: 1_000, loss: [0, 1] };
  const { census, endedAtUs, events, clientPeaks } = finish(createLoad(spec)).result();
  // The last connect at 9.99 s; its SYN,ACK 40 ms later; 20 s open; the FINs
  // 40 ms; and 240 s of TIME-WAIT.
  expect(endedAtUs).toBe(9_990_000 + 40_000 + 20 * SECOND + 40_000 + 240 * SECOND);
  // Seven segments arrive, two users close, one connects, and TIME-WAIT ends;
  // the server listens once.
  expect(events).toBe(1_000 * (7 + 2 + 1 + 1) + 1);
  const half = at(census, 5 * SECOND);
  const opened = 1 + Math.floor(half.atUs / 10_000);
  expect(sum(half.client) - (half.client[State.CLOSED] ?? 0)).toBe(opened);
  expect(half.client[State.SYN_SENT]).toBe(4);
  expect(half.client[State.ESTABLISHED]).toBe(opened - 4);
  expect(clientPeaks[State.TIME_WAIT]).toBe(1_000);
  expect(at(census, 100 * SECOND).client[State.TIME_WAIT]).toBe(1_000);
});

test("the counts of either end add up to all connections, in every sample", () => {
  const { census } = finish(createLoad(small)).result();
  expect(census.length).toBeGreaterThan(200);
  for (const row of census) {
    expect([sum(row.client), sum(row.server)]).toEqual([300, 300]);
    expect(Math.min(...row.client, ...row.server)).toBeGreaterThanOrEqual(0);
  }
});

test("same spec, same result, in whatever steps it is run", () => {
  const whole = finish(createLoad(small), 1e9).result();
  const crumbs = finish(createLoad(small), 7).result();
  expect(crumbs).toEqual(whole);
});

test("the digest of a known crowd is the known one, so that no change goes unseen", () => {
  expect(finish(createLoad(small)).result()).toMatchObject({
    digest: "b10f87070885bfef",
    events: 3_314,
  });
});

test("through the codec, byte by byte, the digest is the same", () => {
  const spec: LoadSpec = { ...small, loss: [1, 10] };
  const paranoid = finish(createLoad(spec, { paranoid: true })).result();
  expect(paranoid).toEqual(finish(createLoad(spec)).result());
});

describe("one changed number changes the digest:", () => {
  const { digest } = finish(createLoad(small)).result();
  test.each([
    { connections: 301 },
    { ratePerSecond: 101 },
    { seed: 8 },
    { delayUs: 20_001 },
    { holdUs: 20_000_001 },
    { loss: [1, 50] as const },
    { params: { mslUs: 120_000_001 } },
  ])("%o", (change) => {
    const other = finish(createLoad({ ...small, ...change })).result().digest;
    expect(other).toMatch(/^[0-9a-f]{16}$/);
    expect(other).not.toBe(digest);
  });
});

test("a link that loses everything fails every connection, and the run still ends", () => {
  const result = finish(createLoad({ ...small, loss: [1, 1] })).result();
  expect(result).toMatchObject({ opened: 300, established: 0, closed: 0, failed: 300 });
});

test("frames, one after the other, hold the census of the result", () => {
  const run = createLoad(small);
  const rows: Census[] = [];
  let last = 0;
  for (let over = false; !over; ) {
    over = run.advance(100);
    const frame = run.frame();
    expect(frame.length).toBe(FRAME_HEAD + frameField(frame, "rows") * ROW_LENGTH);
    rows.splice(frameField(frame, "firstRow"), rows.length, ...frameRows(frame));
    expect(frameField(frame, "progress")).toBeGreaterThanOrEqual(last);
    last = frameField(frame, "progress");
    expect(last === 1000).toBe(over);
  }
  const final = run.frame();
  const { census, events, opened, established, closed, failed } = run.result();
  expect(frameField(final, "firstRow")).toBe(rows.length);
  expect([...rows, frameCensus(final)]).toEqual(census);
  const fields = ["events", "opened", "established", "closed", "failed"] as const;
  expect(fields.map((name) => frameField(final, name))).toEqual([
    events,
    opened,
    established,
    closed,
    failed,
  ]);
});

test("a result before the end is a bug, and says so", () => {
  expect(() => createLoad(small).result()).toThrow("still going on");
});
