import { describe, expect, test } from "vitest";
import { load } from "./support/run-load.ts";

const SHORT = "port-exhaustion --set ports=500";

describe("--sweep", () => {
  const args = `${SHORT} --sweep rate=6:12:2`;

  test("is a table with a row for each value, beside theory", async () => {
    const { code, stdout } = await load(args);
    expect(code).toBe(0);
    expect(stdout()).toMatchInlineSnapshot(`
      "rate  opened  established  failed  share   refused  theory
      6/s    1,081            0       0  0 %     0 %      0 %
      8/s    1,441            0       0  0 %     0 %      0 %
      10/s   1,801            0     301  16.7 %  16.7 %   16.7 %  ████
      12/s   2,161            0     661  30.6 %  30.6 %   30.6 %  ███████
      "
    `);
  });

  test("as CSV, with what theory expects", async () => {
    const { stdout } = await load(`${args} --format csv`);
    const [header = "", ...rows] = stdout().trimEnd().split("\r\n");
    const at = header.split(",").indexOf("refused expected");
    expect(rows.map((row) => row.split(",")[0])).toEqual(["6", "8", "10", "12"]);
    expect(Number(rows[3]?.split(",")[at])).toBeCloseTo(1 - 500 / (12 * 60.002), 9);
  });

  test("as a picture: a point for each value, and the line of theory", async () => {
    const { stdout } = await load(`${args} --format svg`);
    expect(stdout().match(/class="point"/g)).toHaveLength(4 + 1);
    expect(stdout()).toContain('class="theory"');
    expect(stdout()).toContain("rate (1/s)");
  });

  test("as JSON, with intervals over replications", async () => {
    const { stdout } = await load(
      `${SHORT} --set arrivals=poisson --sweep rate=8:12:4 --replications 3 --format json`,
    );
    const { points, ...head } = JSON.parse(stdout());
    expect(head).toMatchObject({ format: "synfin-load-series", key: "rate", replications: 3 });
    expect(points).toHaveLength(2);
    expect(points[1].failedShare.interval).toMatchObject({ level: 0.99, n: 3 });
    expect(points[1].report.oracle.refused.interval.n).toBe(3);
  });

  test("a value out of bounds is refused before anything runs", async () => {
    const { code, stderr, threads } = await load(`${SHORT} --sweep rate=0:2:1`);
    expect([code, threads.started.length]).toEqual([2, 0]);
    expect(stderr()).toContain('--sweep rate is "0"');
  });

  test("times are swept in their units", async () => {
    const { stdout } = await load("steady --connections 100 --sweep hold=1s:2s:500ms");
    expect(
      stdout()
        .match(/^ *\d\S* \S?s /gm)
        ?.map((text) => text.trim()),
    ).toEqual([...["1 s", "1.5 s", "2 s"]]);
  });
});

describe("--solve", () => {
  test("finds the highest rate that ports are enough for: ports / time taken", async () => {
    const { code, stdout } = await load(`${SHORT} --solve rate --until 'failed < 0.1%'`);
    expect(code).toBe(0);
    // 500 / 60.002 s is 8.33 per second.
    expect(stdout()).toContain('"failed < 0.1%" holds up to rate 8/s; at 9/s it does not hold.');
  });

  test("goes up from where it holds, and says how far in JSON", async () => {
    const { stdout } = await load(
      `${SHORT} --rate 2 --solve rate --until 'failed = 0' --format json`,
    );
    const { holds, fails, points } = JSON.parse(stdout());
    expect([holds, fails]).toEqual([8, 9 <= fails ? fails : -1]);
    expect(points.map(({ value }: { value: number }) => value)).toEqual([2, 4, 8, 9, 10, 12, 16]);
  });

  test("a bound of the parameter ends the search", async () => {
    const { stdout } = await load(
      "steady --connections 20 --set loss=30% --solve loss --until 'opened = 20' --format json",
    );
    expect(JSON.parse(stdout())).toMatchObject({ holds: 1_000_000, fails: null });
  });

  test("what never holds is said, with 1", async () => {
    const { code, stdout } = await load(
      "steady --connections 20 --solve rate --until 'opened = 3'",
    );
    expect(code).toBe(1);
    expect(stdout()).toContain('"opened = 3" holds for no rate, down to 1/s.');
  });
});
