import { BULK_SCENARIOS } from "@synfin/simulator/bulk";
import { describe, expect, test } from "vitest";
import { load, refusal, report } from "./support/run-load.ts";

/** Small and quick: twenty thousand connections over three clients. */
const CROWD = "steady --connections 20k --rate 20k --set hold=500ms --set mslUs=5s";
/** 500 ports for 100 calls a second, of which a port takes 60 s each. */
const SHORT = "port-exhaustion --rate 100 --set ports=500";

describe("lists and help", () => {
  test.each(["", "--list", "steady --list"])("synfin load %s lists all scenarios", async (args) => {
    const { code, stdout } = await load(args);
    expect(code).toBe(0);
    for (const { name, title, parameters } of BULK_SCENARIOS) {
      expect(stdout()).toContain(`${name}  ${title.en}\n`);
      expect(stdout().replace(/\s+/g, " ")).toContain(parameters.map(({ key }) => key).join(", "));
    }
  });

  test.each(BULK_SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
    "the help of %s explains it, its parameters and its theory",
    async (name, scenario) => {
      const { code, stdout } = await load(`${name} --help`);
      expect(code).toBe(0);
      const flat = stdout().replace(/\s+/g, " ");
      expect(flat).toContain(scenario.explanation.en);
      expect(flat).toContain(scenario.leavesOut.en);
      for (const { key, doc } of scenario.parameters) {
        expect(stdout()).toMatch(new RegExp(`^  ${key} `, "m"));
        expect(flat).toContain(doc.en);
      }
      expect(flat).toMatch(/What theory says: \S+: /);
    },
  );
});

describe("a run", () => {
  test("as a table", async () => {
    const { code, stdout, stderr } = await load(`${SHORT} --seed 3`);
    expect([code, stderr()]).toEqual([0, ""]);
    const shown = stdout().replace(/ in \d+\.\d\d s,/, " in 0.00 s,");
    expect(shown).toMatchInlineSnapshot(`
      "port-exhaustion: Out of ephemeral ports
      rate 100/s, arrivals constant, ports 500, destinations 1, bind-before-connect off, tw-reuse off, hold 0 s, delay 500 µs, periods 3
      profile linux, seed 3, digest d1d5cf35b4f0a8c4
      125 s in 0.00 s, 29,501 events, 433 bytes per connection

      connections
      opened                    18,001
      established at both ends       0  0 %
      closed                     1,000  5.56 %
      failed                    16,501  91.7 %
      segments                   9,000
      most open at both ends         0  at 0 s
      most at the client           500  at 5.25 s
      most at the server             1  at 60.75 s

      failures       cause     count  first
      EADDRNOTAVAIL  connect  16,501  5 s
      First to give way: ephemeral ports (EADDRNOTAVAIL) at 5 s. It would have held at up to 8.333 connections per second (ports / time that each is taken).

      capacity         holds up to  used up at
      ephemeral ports  8.333/s      5 s         ports / time that each is taken

      time (ms)  count    p50    p90    p99  p99.9    max
      close      1,500  1.000  1.000  1.000  1.000  1.000
      lifetime   1,000  60002  60002  60002  60002  60002
      connect    1,500  1.000  1.000  1.000  1.000  1.000

      host    state      most  at       at the end
      client  SYN-SENT      1  750 ms            0
      client  TIME-WAIT   500  5.25 s          500
      server  LAST-ACK      1  60.75 s           0
      ss -s, client, at the end: estab 0, synrecv 0, timewait 500
      ss -s, server, at the end: estab 0, synrecv 0, timewait 0

      nstat         client  server
      ActiveOpens    1,500       0
      PassiveOpens       0   1,500
      InSegs         3,000   6,000
      OutSegs        6,000   3,000
      TW             1,500       0

      theory     expected   observed   99 % interval
      onset      5 s        5 s        –              holds
      refused    91.7 %     91.7 %     –              holds
      sustained  8.33306/s  8.33333/s  –              holds
      onset: ports are what fails first: the first call is refused after ports / rate
      refused: over whole periods, 1 − ports / (rate × time a port is taken) of all calls are refused
      sustained: ports / (time a port is taken) calls go through in each second, and at that rate none would have been refused
      "
    `);
  });

  test("as JSON, the same as the table's numbers", async () => {
    const result = await report(`${SHORT} --seed 3`);
    expect(result).toMatchObject({
      ...{ format: "synfin-load", version: 1, scenario: "port-exhaustion", seed: 3 },
      profile: "linux",
      parameters: { rate: 100, ports: 500 },
      partial: false,
      connections: { opened: 18_001, failed: 16_501 },
      failures: {
        EADDRNOTAVAIL: { count: 16_501, firstAtUs: 5_000_000, causes: { connect: 16_501 } },
      },
      firstFailure: { errno: "EADDRNOTAVAIL", atUs: 5_000_000, resource: "ephemeral ports" },
      capacity: [{ resource: "ephemeral ports", usedUpAtUs: 5_000_000, counter: null }],
      oracle: { onset: { expected: 5_000_000, observed: 5_000_000, holds: true } },
    });
    expect(result.firstFailure?.holdsUpToPerSecond).toBeCloseTo(500 / 60.002, 9);
  });

  test("its census adds up: what it opened and did not refuse is in some state", async () => {
    const { census, counters } = await report(SHORT);
    const client = census["client"];
    if (typeof client !== "object" || Array.isArray(client) || !("TIME-WAIT" in client)) {
      throw new Error("the client has no TIME-WAIT");
    }
    expect(client["TIME-WAIT"]).toMatchObject({ peak: 500, end: 500 });
    expect(counters["client"]).toMatchObject({ ActiveOpens: 1500, TW: 1500 });
    expect(counters["server"]).toMatchObject({ PassiveOpens: 1500, TW: 0 });
  });

  test("as CSV: a row for each moment of the census", async () => {
    const { stdout } = await load(`${SHORT} --format csv`);
    const [header = "", ...rows] = stdout().trimEnd().split("\r\n");
    const names = header.split(",");
    expect(names.slice(0, 2)).toEqual(["atUs", "alive"]);
    expect(rows.length).toBeGreaterThan(200);
    const at = names.indexOf("client TIME-WAIT");
    const most = Math.max(...rows.map((row) => Number(row.split(",")[at])));
    expect(most).toBe(500);
    expect(rows.every((row) => row.split(",").length === names.length)).toBe(true);
  });

  test("as a picture, with the first failure marked", async () => {
    const { stdout } = await load(`${SHORT} --format svg`);
    expect(stdout()).toMatch(/^<svg /);
    expect(stdout()).toContain("first EADDRNOTAVAIL at 5 s");
    expect(stdout()).toContain("TIME-WAIT 500");
  });

  test("the ending of --out chooses the format", async () => {
    const { files, stdout } = await load(`${SHORT} --out /tmp/run.csv`);
    expect(stdout()).toBe("");
    expect(String(files.get("/tmp/run.csv"))).toMatch(/^atUs,/);
  });

  test("is the same on one, two and four workers", async () => {
    const shared = await Promise.all(
      [1, 2, 4].map(async (workers) => {
        const { wallSeconds: _, ...rest } = await report(`${CROWD} --workers ${workers}`);
        return rest;
      }),
    );
    const [one] = shared;
    expect(one?.connections.opened).toBe(20_000);
    for (const other of shared) {
      expect(other.digest).toBe(one?.digest);
      expect(other.census).toEqual(one?.census);
      expect(other.histograms).toEqual(one?.histograms);
      expect(other.connections).toEqual(one?.connections);
    }
  });

  test("more workers than cells start no more than cells", async () => {
    const { threads } = await load(`${SHORT} --workers 5`);
    expect(threads.started).toHaveLength(1);
  });

  test("another seed is another run of a lossy link", async () => {
    const digests = [1, 2].map(async (seed) => {
      return (await report(`steady --connections 500 --set loss=5% --seed ${seed}`)).digest;
    });
    const [one, two] = await Promise.all(digests);
    expect(one).not.toBe(two);
  });

  test("replications have an interval each oracle is held against", async () => {
    const args = `${SHORT} --set arrivals=poisson --replications 6 --workers 2`;
    const { replications, digests, oracle } = await report(args);
    expect(replications).toBe(6);
    expect(new Set(digests).size).toBe(6);
    const refused = oracle["refused"];
    expect(refused?.interval).toMatchObject({ level: 0.99, n: 6 });
    expect(refused?.holds).toBe(true);
    expect(refused?.interval?.low).toBeLessThan(refused?.expected ?? 0);
  });

  test("replications are the same on any number of workers", async () => {
    const args = "steady --connections 300 --set loss=5% --replications 3";
    const one = await report(`${args} --workers 1`);
    const three = await report(`${args} --workers 3`);
    expect(three.digests).toEqual(one.digests);
  });

  test("a single run of chance says that it does not tell", async () => {
    const { stdout } = await load(`${SHORT} --set arrivals=poisson`);
    expect(stdout()).toContain("one run does not tell");
    expect(stdout()).toContain("Give --replications 5 or more");
  });

  test("--profile is whose TCP runs, and parameters of the machine can be set", async () => {
    const windows = await report("steady --connections 50 --profile windows");
    expect(windows.profile).toBe("windows");
    const quick = await report("steady --connections 50 --set mslUs=1s --set hold=0");
    expect(quick.histograms["lifetime"]?.maxUs).toBe(2_080_000);
  });
});

describe("--expect", () => {
  test("what holds is silent and 0", async () => {
    const args = "--expect 'failed < 0.1%' --expect 'p99(connect) <= 40ms and closed = 100'";
    const { code, stderr } = await load(`steady --connections 100 ${args}`);
    expect([code, stderr()]).toEqual([0, ""]);
  });

  test("what does not hold is a line each and 1, after the result", async () => {
    const args = "--expect 'failed < 1%' --expect 'census.client.TIME-WAIT.peak <= 400'";
    const { code, stdout, stderr } = await load(`${SHORT} ${args}`);
    expect(code).toBe(1);
    expect(stdout()).toContain("Out of ephemeral ports");
    expect(stderr()).toBe(
      "synfin: load: does not hold: failed is 91.6671% (16501 of 18001), expected < 1%\n" +
        "synfin: load: does not hold: census.client.TIME-WAIT.peak is 500, expected <= 400\n",
    );
  });

  test("what did not happen did so no time", async () => {
    const { code } = await load(
      "steady --connections 10 --expect 'failures.ETIMEDOUT.count = 0 and census.client.CLOSING.peak = 0'",
    );
    expect(code).toBe(0);
  });

  test.each([
    "census.client.TIMEWAIT.peak < 28k",
    "census.clients.TIME-WAIT.peak < 28k",
    "failures.ETIMEOUT.count = 0",
    "failures.ENONSENSE.count = 0",
  ])("what cannot happen is refused before anything runs: %s", async (text) => {
    expect(await refusal(`steady --expect '${text}'`)).toContain("is no number of this run");
  });

  test("nothing of which none was is quick enough", async () => {
    const args = "blackholed-syn --connections 10 --expect 'p99(connect) < 50ms'";
    const { code, stderr } = await load(args);
    expect(code).toBe(1);
    expect(stderr()).toBe(
      "synfin: load: does not hold: p99(connect) is nothing, for there was none, expected < 50ms\n",
    );
  });
});

describe("bad usage is one line with 2, before anything runs", () => {
  test.each([
    [
      "stedy",
      'unknown scenario "stedy" (did you mean steady?); "synfin load --list" lists them all',
    ],
    ["steady port-exhaustion", 'a second scenario "port-exhaustion"; give one at a time'],
    [
      "steady --rate fast",
      '--rate is "fast", but it should be a rate in each second such as 500 or 5k, from 1/s to 10000000/s',
    ],
    ["steady --rate 0", '--rate is "0"'],
    ["steady --rate 10000001", '--rate is "10000001"'],
    [
      "steady --connections 1.5",
      '--connections is "1.5", but it should be a whole number such as 100 or 10k, from 1 to 100000000',
    ],
    [
      "steady --set hold=5",
      '--set hold is "5", but it should be a time such as 200ms, 20s or 2min, from 0 s to 3600 s',
    ],
    ["steady --set hold=3601s", '--set hold is "3601s"'],
    [
      "steady --set loss=101%",
      '--set loss is "101%", but it should be a share such as 1% or 0.05%, from 0% to 100%',
    ],
    ["steady --set loss=0.00001%", '--set loss is "0.00001%"'],
    ["steady --set hold", '--set is "hold", but it should be key=value, such as hold=200ms'],
    [
      "steady --set hodl=1s",
      '--set hodl: steady has no parameter "hodl" (did you mean hold?); there are connections, rate, hold, delay, loss',
    ],
    [
      "port-exhaustion --connections 5",
      '--connections: port-exhaustion has no parameter "connections"',
    ],
    [
      "port-exhaustion --set arrivals=even",
      '--set arrivals is "even", but it should be one of constant, poisson',
    ],
    ["steady --set mslUs=0s", '--set mslUs is "0s", but it should be a time from 1us to 3600s'],
    [
      "steady --set keepAliveProbes=1",
      '--set keepAliveProbes is "1", but it should be from 2 to 100',
    ],
    ["steady --profile bsd", 'unknown --profile "bsd" (did you mean freebsd?)'],
    [
      "steady --seed -1",
      '--seed is "-1", but it should be a whole number from 0 to 9007199254740991',
    ],
    [
      "steady --replications 0",
      '--replications is "0", but it should be a whole number from 1 to 1000',
    ],
    ["steady --workers two", '--workers is "two", but it should be a whole number from 1 to 1000'],
    ["steady --sample 0 --trace", '--sample is "0"'],
    ["steady --format xml", 'bad --format "xml"; give table, json, csv, svg, pcapng or trace-json'],
    [
      "steady --sample 2",
      "--sample with --format table; give --format pcapng, or --trace for its whole trace",
    ],
    ["steady --trace --format csv", "--trace with --format csv; give one of them"],
    [
      "steady --expect faild<1",
      'bad expectation: "faild" is no number of this run; near it are failed',
    ],
    ["steady --expect failed", "--expect: bad expectation"],
    ["steady --expect 'failed < 5s'", "does not suit failed"],
    [
      "steady --sweep rate=1:2",
      '--sweep is "rate=1:2", but it should be key=from:to:step, such as rate=100:1000:100',
    ],
    ["steady --sweep rate=2:1:1", '--sweep rate goes from "2" to "1"; give the lower value first'],
    ["steady --sweep rate=1:2:0", '--sweep rate steps by "0"'],
    ["steady --sweep hold=1s:2:1s", '--sweep hold is "2"'],
    [
      "steady --sweep rate=1:100k:1",
      "--sweep rate has 100000 values; give a step with at most 1000",
    ],
    [
      "port-exhaustion --sweep arrivals=0:1:1",
      '"arrivals" is no number that could be varied; there are rate, ports, destinations, hold, delay, periods',
    ],
    ["steady --sweep x=1:2:1", 'steady has no parameter "x"'],
    ["steady --solve rate", "--solve without --until; add one, such as --until 'failed < 0.1%'"],
    ["steady --until 'failed < 1'", "--until without --solve"],
    ["steady --solve rate --until 'fail < 1' ", '--until: bad expectation: "fail" is no number'],
    [
      "steady --solve rate --until 'failed < 1' --sweep rate=1:2:1",
      "--sweep and --solve at once; give one of them",
    ],
    [
      "steady --solve rate --until 'failed < 1' --format pcapng",
      "--solve has no pcapng; give --format table, json, csv or svg",
    ],
    ["steady --sweep rate=1:2:1 --expect 'failed < 1'", "--expect with --sweep; give one of them"],
    ["steady --sysctl /missing", 'cannot read --sysctl "/missing" (ENOENT'],
    ["steady --ss /missing", 'cannot read --ss "/missing" (ENOENT'],
    ["steady --bogus", "there are --connections, --rate, --profile"],
  ])("synfin load %s", async (args, line) => {
    expect(await refusal(args)).toContain(line);
  });

  test("a capture is not written to a terminal", async () => {
    expect(await refusal("steady --format pcapng", { isTTY: true })).toContain("is binary");
  });

  test("a file that cannot be written", async () => {
    const line = await refusal("steady --connections 10 --out /missing/run.json");
    expect(line).toContain('cannot write --out "/missing/run.json"');
  });
});
