import { type Machine, ONE_MACHINE } from "@synfin/properties/explore";
import { describe, expect, test } from "vitest";
import { run } from "../../src/cli.ts";
import { exploreCommand } from "../../src/explore/explore-command.ts";
import type { Io } from "../../src/io.ts";
import { fakeIo } from "../fake-io.ts";

const SMALL = "--loss 1 --duplicate 0 --reorder 0 --data 0";

async function explore(args: string, io: Partial<Io> = {}, isTTY = false) {
  const seen = fakeIo({}, isTTY);
  const words = args.split(" ").filter((word) => word !== "");
  const code = await run(["explore", ...words], { ...seen.io, ...io });
  return { code, stdout: seen.stdout(), stderr: seen.stderr() };
}

describe("synfin explore", () => {
  test("says how many states there are, how connections end, and that no law is broken", async () => {
    const { code, stdout, stderr } = await explore(SMALL);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toContain(
      "At most 1 lost, 0 duplicated, 0 held back; 0 segments of text each way; one side opens\n",
    );
    expect(stdout).toMatch(/^\d+ states, [\d,]+ steps between them, at most \d+ steps away$/m);
    expect(stdout).toMatch(/^ +\d+ {2}both closed$/m);
    expect(stdout).toContain("No law is broken, and every run comes to rest.\n");
    expect(stdout).not.toContain("abstract");
  });

  test("--cross-check counts the abstract TCP's states and names its actions", async () => {
    const { stdout } = await explore(`${SMALL} --abort 1 --cross-check`);
    expect(stdout).toContain(
      "The abstract TCP of the TLA+ examples has 1182 states at depth 14.\n",
    );
    expect(stdout).toMatch(/are 17 of its\s+actions: [\w\s,]+\bNote2\b/);
    expect(stdout).toContain("Not taken: PASSIVE_OPEN, SEND.\n");
    expect(stdout).toMatch(/^ +\d+ {2}ESTABLISHED to CLOSED by ABORT$/m);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThan(110);
  });

  test("--json is one object with the same figures", async () => {
    const { code, stdout } = await explore(`${SMALL} --cross-check --json`);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ format: "synfin-explore", version: 1, partial: false, comesToRest: true },
      bounds: { loss: 1, duplicate: 0, reorder: 0, data: 0, abort: 0, open: "one" },
      crossCheck: { model: { states: 1182, depth: 14 }, withoutImage: {} },
    });
  });

  test("ends with what there is at --states, says so, and fails", async () => {
    const { code, stdout, stderr } = await explore("--states 300");
    expect(code).toBe(1);
    expect(stdout).toContain("No law is broken so far; not every state was seen.\n");
    expect(stderr).toMatch(
      /^synfin: explore: stopped at 3\d\d states: the result is partial; give a larger --states\n$/,
    );
  });
});

describe("progress", () => {
  test("is shown on a terminal, and taken away", async () => {
    const { stderr } = await explore("--loss 0 --duplicate 0", {}, true);
    expect(stderr).toMatch(/[\d,]+ states, \d+ steps away, [\d,]+ waiting/);
    expect(stderr.endsWith("\r\u001B[K")).toBe(true);
  });

  test("Ctrl-C ends it with what there is, and no bound is too large for that", async () => {
    let forgotten = 0;
    const onInterrupt = (handler: () => void) => {
      setTimeout(handler, 50);
      return () => {
        forgotten += 1;
      };
    };
    const { code, stdout, stderr } = await explore("--loss 9 --duplicate 9", { onInterrupt });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^[\d,]+ states/m);
    expect(stdout).toContain("not every state was seen");
    expect(stderr).toBe("synfin: explore: stopped before its end: the result is partial\n");
    expect(forgotten).toBe(1);
  });
});

describe("a broken law", () => {
  const silent: Partial<Machine> = {
    timeouts(tcb, nowUs, params, out) {
      ONE_MACHINE.timeouts(tcb, nowUs, params, out);
      out.segmentCount = 0;
    },
  };

  test("is told with a shortest way there, as a ladder, and exits with 1", async () => {
    const seen = fakeIo();
    expect(await exploreCommand(SMALL.split(" "), seen.io, silent)).toBe(1);
    expect(seen.stdout()).toContain(
      "timeoutSendsAgain: client: the timer ran out, and 1000 is not sent again\n",
    );
    expect(seen.stdout()).toContain("A shortest way there, 3 steps:\n");
    expect(seen.stdout()).toMatch(/SYN-SENT │── SYN seq 0 mss 100 ─+× lost/);
    expect(seen.stdout()).toMatch(/RTO runs out │/);
    expect(seen.stderr()).toBe("");
  });

  test("is in the JSON, with the trace that draws it", async () => {
    const seen = fakeIo();
    expect(await exploreCommand([...SMALL.split(" "), "--json"], seen.io, silent)).toBe(1);
    expect(JSON.parse(seen.stdout())).toMatchObject({
      partial: false,
      counterexample: {
        ...{ law: "timeoutSendsAgain", steps: 3 },
        trace: { format: "synfin-trace", version: 1, segments: [{ id: "client-1" }] },
      },
    });
  });
});

describe("wrong usage is one line that names the bad value", () => {
  test.each([
    ["--loss x", '--loss is "x", but it should be a whole number from 0 to 9'],
    ["--duplicate -1", '--duplicate is "-1", but it should be a whole number from 0 to 9'],
    ["--reorder 10", '--reorder is "10", but it should be a whole number from 0 to 9'],
    ["--data 1.5", '--data is "1.5", but it should be a whole number from 0 to 9'],
    ["--abort", "--abort needs a value, but nothing follows it"],
    ["--states 0", '--states is "0", but it should be a whole number from 1 to 67108864'],
    ["--open none", '--open is "none", but it should be one of one, both'],
    ["lost-fin", '"lost-fin" is too much; there are options only, see --help'],
    ["--lose 1", "there are --loss, --duplicate, --reorder, --data, --abort, --open, --states"],
  ])("synfin explore %s", async (args, line) => {
    const { code, stdout, stderr } = await explore(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^synfin: explore: [^\n]*\n$/);
    expect(stderr).toContain(line);
  });
});
