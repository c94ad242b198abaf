import { readFileSync } from "node:fs";
import type { Trace } from "@synfin/simulator";
import {
  type Application,
  addressOf,
  type BulkHost,
  Cell,
  type Choice,
  findBulkScenario,
  type SampleOptions,
  SampleRun,
} from "@synfin/simulator/bulk";
import { textLadder } from "@synfin/simulator/view";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { ConnectionWatch } from "../../src/bulk/watch/connection-watch.ts";
import { settings } from "./support/run.ts";

const isTrace = new Ajv2020({ strict: true, strictRequired: false }).compile(
  JSON.parse(readFileSync(new URL("../../schema/trace.v1.schema.json", import.meta.url), "utf8")),
);

function sampleRun(name: string, choice: Choice, options: Partial<SampleOptions>): SampleRun {
  const chosen = settings(name, choice);
  const plan = findBulkScenario(name)?.plan(chosen);
  if (plan === undefined) throw new Error(`there is no scenario ${name}`);
  const how = { scenario: name, seed: 7, profile: chosen.profile.name, nth: 1, ...options };
  const run = new SampleRun(plan, how);
  while (!run.advance(1000)) {
    // Each turn is a slice of the run.
  }
  return run;
}

function sample(name: string, choice: Choice = {}, options: Partial<SampleOptions> = {}): Trace {
  const trace = sampleRun(name, choice, options).trace();
  isTrace(JSON.parse(JSON.stringify(trace)));
  expect(isTrace.errors).toBeNull();
  return trace;
}

test("one connection of a crowd reads like a connection by itself", () => {
  const trace = sample("steady", {}, { nth: 3 });
  expect(textLadder(trace, { ascii: true, seq: "relative" })).toMatchInlineSnapshot(`
    "steady - seed 7 - rfc9293 - digest 63b76e5ba63494ed
    client 192.0.2.1 port 49153 - server 192.0.2.2 port 80

                             client                                                  server
                             CLOSED |                                              | LISTEN
           0.020          connect() |                                              |
                           SYN-SENT |-- SYN seq 0 mss 1460 ----------------------->|
           0.040                    |<------------- SYN,ACK seq 0 ack 1 mss 1460 --| SYN-RECEIVED
           0.060        ESTABLISHED |-- ACK seq 1 ack 1 -------------------------->|
           0.080                    |                                              | ESTABLISHED
               :                    :                                              :
          20.060            close() |                                              |
                         FIN-WAIT-1 |-- FIN,ACK seq 1 ack 1 ---------------------->|
          20.080                    |                                              | close()
                                    |                                              | CLOSE-WAIT
                                    |<-------------------------- ACK seq 1 ack 2 --| LAST-ACK
                                    |<---------------------- FIN,ACK seq 1 ack 2 --|
          20.100         FIN-WAIT-2 |                                              |
                          TIME-WAIT |-- ACK seq 2 ack 2 -------------------------->|
          20.120                    |                                              | CLOSED
               :                    :                                              :
         260.100       2MSL is over |                                              |
                             CLOSED |                                              |
    "
  `);
});

test("its segments, states, timers and calls are all there", () => {
  const trace = sample("steady");
  expect(trace.segments.map(({ id, flags }) => `${id} ${flags.join(",")}`)).toEqual([
    ...["client-1 SYN", "server-1 SYN,ACK", "client-2 ACK"],
    ...["client-3 FIN,ACK", "server-2 ACK", "server-3 FIN,ACK", "client-4 ACK"],
  ]);
  expect(trace.states.map(({ host, to, segment }) => [host, to, segment])).toEqual([
    ["client", "SYN-SENT", undefined],
    ["server", "SYN-RECEIVED", "client-1"],
    ["client", "ESTABLISHED", "server-1"],
    ["server", "ESTABLISHED", "client-2"],
    ["client", "FIN-WAIT-1", undefined],
    ["server", "CLOSE-WAIT", "client-3"],
    ["server", "LAST-ACK", undefined],
    ["client", "FIN-WAIT-2", "server-2"],
    ["client", "TIME-WAIT", "server-3"],
    ["server", "CLOSED", "client-4"],
    ["client", "CLOSED", undefined],
  ]);
  const calls = trace.events.flatMap((event) => (event.type === "call" ? [event.call] : []));
  expect(calls).toEqual(["connect", "close", "close"]);
  expect(trace.events).toContainEqual({
    type: "timer",
    atUs: trace.endedAtUs,
    host: "client",
    timer: "time-wait",
    action: "expire",
  });
  expect(trace.hosts.map(({ address, port }) => [address, port])).toEqual([
    ["192.0.2.1", 49_152],
    ["192.0.2.2", 80],
  ]);
});

test("a lossy link's fates are on record, and what is sent again is known as such", () => {
  const choice = { values: { loss: 300_000, connections: 50 } };
  const traces = Array.from({ length: 20 }, (_, index) =>
    sample("steady", choice, { nth: index + 1 }),
  );
  const segments = traces.flatMap((trace) => trace.segments);
  const lost = segments.filter(({ arrivals }) => arrivals[0]?.verdict === "drop");
  expect(lost.length).toBeGreaterThan(20);
  expect(segments.some(({ retransmission }) => retransmission)).toBe(true);
  const expiries = traces.flatMap(({ events }) =>
    events.filter((event) => event.type === "timer" && event.action === "expire"),
  );
  expect(expiries.some((event) => event.type === "timer" && event.timer === "retransmission")).toBe(
    true,
  );
});

test("looking on changes nothing", () => {
  const chosen = settings("steady", { values: { connections: 300, loss: 100_000 } });
  const plan = findBulkScenario("steady")?.plan(chosen);
  if (plan === undefined) throw new Error("there is no scenario steady");
  const digest = (watch: ConnectionWatch | undefined): string => {
    const cell = new Cell(plan.cell(0), { key: 5, paranoid: false, store: "rows", watch });
    while (cell.run(plan.untilUs, 1000) === 1000) {
      // Each turn is a slice of the run.
    }
    return `${cell.digest.a} ${cell.digest.b} ${cell.events} ${cell.dropped}`;
  };
  const watch = new ConnectionWatch(17, "steady", 5);
  expect(digest(watch)).toBe(digest(undefined));
  expect(watch.isOver).toBe(true);
});

test("connections are counted over the cells in turn", () => {
  const choice = { values: { connections: 40_000, rate: 20_000, hold: 0 } };
  const chosen = settings("steady", choice);
  expect(findBulkScenario("steady")?.plan(chosen).cells).toBeGreaterThan(2);
  const opened = [1, 2, 3, 4].map((nth) => sample("steady", choice, { nth }).segments[0]?.sentAtUs);
  expect(opened).toEqual([0, 50, 100, 150]);
});

test("a call that is refused leaves its errno and no segment", () => {
  const choice = { values: { rate: 10, ports: 20 } };
  const trace = sample("port-exhaustion", choice, { nth: 21 });
  expect(trace.segments).toEqual([]);
  expect(trace.events).toEqual([
    { type: "call", atUs: 2_000_000, host: "client", call: "connect", error: "EADDRNOTAVAIL" },
  ]);
});

test("a connection that there is not is not found", () => {
  const run = sampleRun("steady", { values: { connections: 5 } }, { nth: 6 });
  expect([run.isFound, run.opened]).toEqual([false, 5]);
});

test("a sample has a digest of its own, the same each time", () => {
  const first = sample("steady", {}, { nth: 1 });
  expect(first.digest).not.toBe(sample("steady", {}, { nth: 2 }).digest);
  expect(sample("steady", {}, { nth: 1 }).digest).toBe(first.digest);
});

test("an answer at the very microsecond of a deadline stops the timer, which does not run out", () => {
  // A round trip takes exactly the first retransmission timeout.
  const { events } = sample("steady", { values: { delay: 500_000 } });
  const timers = events.flatMap((event) =>
    event.type === "timer" && event.timer === "retransmission" ? [event] : [],
  );
  expect(timers.slice(0, 3)).toMatchObject([
    { host: "client", action: "start", deadlineUs: 1_000_000 },
    { host: "server", action: "start", deadlineUs: 1_500_000 },
    { atUs: 1_000_000, host: "client", action: "stop" },
  ]);
});

test("a connection whose TIME-WAIT takes a new SYN is over then, not at the end of the run", () => {
  const { params, ephemeralPorts } = settings("steady").profile;
  const remote = addressOf(1, 0);
  const connect = (cell: Cell, host: BulkHost): void => {
    cell.connect(host, remote, 80, { localPort: 50_000 });
  };
  const client: Application = {
    begin: (cell, host) => {
      connect(cell, host);
      cell.laterHost(host, 10_000_000, 0);
    },
    hostDue: connect,
    peerClosed: (cell, end) => cell.close(end),
  };
  // The server closes first, so its end is the one in TIME-WAIT when the client comes again.
  const server: Application = {
    begin: (cell, host) => cell.listen(host, 80),
    connected: (cell, end) => cell.close(end),
  };
  const watch = new ConnectionWatch(1, "again", 1);
  const host = { params, ephemeralPorts };
  const hosts = [
    { ...host, name: "client", application: client },
    { ...host, name: "server", application: server },
  ];
  const options = { key: 1, paranoid: false, store: "rows", watch } as const;
  const cell = new Cell({ hosts, link: { delayUs: 1000 } }, options);
  cell.run(10_000_000, 1000);
  expect(watch.isOver).toBe(false);
  cell.run(10_100_000, 1000);
  expect(watch.isOver).toBe(true);
  expect(watch.recorder.states.at(-1)).toMatchObject({ host: "client", to: "CLOSED" });
});
