import type { Report } from "@synfin/simulator/report";
import { describe, expect, test } from "vitest";
import type { Io } from "../../src/io.ts";
import { load, threads } from "./support/run-load.ts";

/** A million connections over many clients: far more than these tests wait for. */
const MILLION = "steady --connections 1M --rate 20k --workers 2";
/** What is run afterwards, to see that nothing is left behind. */
const NEXT = "steady --connections 50 --expect 'closed = 50'";

/** Interrupts after so many milliseconds. */
function interruptAfter(ms: number): {
  readonly onInterrupt: (handler: () => void) => () => void;
} {
  return {
    onInterrupt: (handler) => {
      const timer = setTimeout(handler, ms);
      return () => clearTimeout(timer);
    },
  };
}

/** Interrupts when the line on the terminal tells of this. */
function interruptAt(text: string): Partial<Io> {
  let interrupt = (): void => undefined;
  return {
    onInterrupt: (handler) => {
      interrupt = handler;
      return () => undefined;
    },
    stderr: {
      isTTY: true,
      write: (chunk) => {
        if (String(chunk).includes(text)) interrupt();
      },
    },
  };
}

describe("Ctrl-C", () => {
  // Moments spread over the start of the workers and the run.
  test.each([0, 150, 700, 1900])("after %d ms ends with what there is", async (ms) => {
    const { code, stdout, stderr } = await load(`${MILLION} --format json`, {
      io: interruptAfter(ms),
    });
    expect(code).toBe(1);
    expect(stderr()).toBe("synfin: load: stopped before its end: the result is partial\n");
    const report: Report = JSON.parse(stdout());
    expect(report.partial).toBe(true);
    expect(report.connections.opened).toBeLessThan(1_000_000);
    const { census } = report;
    expect(census.atUs.length).toBeGreaterThan(0);
    expect((await load(NEXT)).code).toBe(0);
  });

  test("the table says so, too", async () => {
    const { stdout } = await load(MILLION, { io: interruptAfter(500) });
    expect(stdout()).toContain("PARTIAL: stopped before its end\n");
  });

  test("replications that are done count, the one cut short does not", async () => {
    const args = "steady --connections 1k --replications 1000 --format json";
    const { code, stdout } = await load(args, { io: interruptAfter(4000) });
    expect(code).toBe(1);
    const report: Report = JSON.parse(stdout());
    expect(report.partial).toBe(true);
    expect(report.replications).toBeGreaterThan(0);
    expect(report.replications).toBeLessThan(1000);
    expect(report.connections.closed).toBe(1000);
  });

  test("a sweep ends with the values that are done", async () => {
    const args = "steady --connections 1k --sweep rate=1000:1999:1 --format json";
    const { code, stdout, stderr } = await load(args, { io: interruptAfter(3000) });
    expect(code).toBe(1);
    expect(stderr()).toMatch(/stopped after \d+ of 1000 values: the result is partial\n$/);
    const { partial, points } = JSON.parse(stdout());
    expect(partial).toBe(true);
    expect(points.length).toBeGreaterThan(0);
  });

  test("a search that is stopped claims nothing that it has not tried", async () => {
    const args = "steady --connections 20k --rate 20k --solve hold --until 'opened = 3'";
    const { code, stdout, stderr } = await load(args, { io: interruptAfter(0) });
    expect([code, stdout()]).toEqual([1, ""]);
    expect(stderr()).toContain("stopped before the first run was over");
    const later = await load(args, { io: interruptAt("hold 10 s") });
    expect(later.code).toBe(1);
    expect(later.stdout()).toMatch(
      /\nThe search was stopped before it had an answer\. "opened = 3" does not hold at hold 20 s\.\n$/,
    );
  });

  test("a sample ends with what its connection has done so far", async () => {
    const args = "steady --connections 100M --rate 10M --sample 1 --trace";
    const { code, stdout, stderr } = await load(args, { io: interruptAfter(300) });
    expect(code).toBe(1);
    expect(stderr()).toContain("the result is partial");
    expect(JSON.parse(stdout()).segments.length).toBeGreaterThan(0);
  });
});

describe("a worker that fails", () => {
  test("one that is killed ends the run with a line that names its shard", async () => {
    const own = threads();
    const running = load(MILLION, { threads: own });
    await new Promise((resolve) => setTimeout(resolve, 1200));
    await own.started[1]?.terminate();
    const { code, stdout, stderr } = await running;
    expect(code).toBe(1);
    expect(stdout()).toBe("");
    expect(stderr()).toBe(
      "synfin: load: shard 2 of 2 could not be run: the worker ended with code 1\n",
    );
    expect((await load(NEXT)).code).toBe(0);
  });

  test("one without memory says so", async () => {
    const own = threads({ maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 });
    const args = "steady --connections 200k --rate 10M --workers 1 --set hold=1h --replications 2";
    const { code, stdout, stderr } = await load(args, { threads: own });
    expect(code).toBe(1);
    expect(stdout()).toBe("");
    expect(stderr()).toMatch(
      /^synfin: load: replication 1 of 2 could not be run: out of memory \([^\n]*\)\n$/,
    );
    expect((await load(NEXT)).code).toBe(0);
  });

  test("one that cannot start at all is no hang", async () => {
    const own = threads();
    const { code, stderr } = await load("steady --workers 1", {
      threads: own,
      io: {
        startWorker: (data, transferList) => {
          const worker = own.start(data, transferList);
          void worker.terminate();
          return worker;
        },
      },
    });
    expect(code).toBe(1);
    expect(stderr()).toContain("shard 1 of 1 could not be run: the worker ended with code");
  });

  test("no worker is left when a run is over", async () => {
    const { threads: own } = await load("steady --connections 100 --workers 2");
    expect(own.started.length).toBeGreaterThan(0);
    // A worker that has ended has no number any more.
    expect(own.started.map(({ threadId }) => threadId)).toEqual(own.started.map(() => -1));
  });
});

describe("progress", () => {
  const RUN = "steady --connections 40k --rate 20k --set mslUs=5s --expect 'failed = 0'";

  test("on a terminal one line is written again, and goes away", async () => {
    const { code, stderr } = await load(RUN, { isTTY: true });
    expect(code).toBe(0);
    const lines = stderr().split("\r\u001B[K");
    expect(lines.length).toBeGreaterThan(2);
    expect(lines[1]).toMatch(
      /^[\d,]+ connections, \S+ \S*s of virtual time(, \d+ %, \d+ s to go)?$/,
    );
    expect(lines.at(-1)).toBe("");
  });

  test("in a pipe there is none", async () => {
    expect((await load(RUN)).stderr()).toBe("");
  });
});
