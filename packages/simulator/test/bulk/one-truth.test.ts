import { RFC9293, State, type StateChange } from "@synfin/core/tcp";
import { type Application, type BulkPlan, BulkRun, STATE_COUNT } from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import { addressOf } from "../../src/bulk/connections.ts";
import { drawKey, mix } from "../../src/random/draw.ts";
import type { LinkSpec } from "../../src/scenario/scenario.ts";
import type { Host } from "../../src/world/host.ts";
import type { Moment, Observer } from "../../src/world/observer.ts";
import { World } from "../../src/world/world.ts";

/**
 * The crowd and the single connection are run by two event loops, of rows and
 * of objects. Over one link with one key, they must tell the same story, to
 * the microsecond: what the picture shows is what the crowd runs.
 */
const CONNECTIONS = 120;
const EVERY_US = 7_001;
const HOLD_US = 400_003;
const SAMPLE_US = 50_003;
const UNTIL_US = 20_000_000;
const PORT = 80;
const FIRST_PORT = 50_000;
/** Answers to stray segments have draws of their own in the crowd, so no reset ends anything. */
const params = { ...RFC9293, mslUs: 3_000_000, rfc1337: 1 };

const LINKS: Readonly<Record<string, LinkSpec>> = {
  "a good link": { delayUs: 20_011 },
  "loss, duplicates and reordering": {
    delayUs: 20_011,
    jitterUs: 5_000,
    loss: [1, 15],
    duplicate: [1, 20],
    reorder: [1, 20],
  },
};

/** Connections by state at both hosts, at every sample. */
type Story = number[][];

function byCrowd(link: LinkSpec): Story {
  const client: Application = {
    begin: (cell, host) => cell.laterHost(host, 0, 0, 0),
    hostDue(cell, host, _what, nth) {
      cell.connect(host, addressOf(1, 0), PORT, { localPort: FIRST_PORT + nth });
      if (nth + 1 < CONNECTIONS) cell.laterHost(host, EVERY_US, 0, nth + 1);
    },
    connected: (cell, end) => cell.later(end, HOLD_US, 0),
    due: (cell, end) => cell.close(end),
  };
  const server: Application = {
    begin: (cell, host) => cell.listen(host, PORT),
    peerClosed: (cell, end) => cell.close(end),
  };
  const ephemeralPorts = [49152, 65535] as const;
  const plan: BulkPlan = {
    cells: 1,
    hosts: ["client", "server"],
    untilUs: UNTIL_US,
    sampleUs: SAMPLE_US,
    cell: () => ({
      hosts: [
        { name: "client", params, ephemeralPorts, application: client },
        { name: "server", params, ephemeralPorts, application: server },
      ],
      link,
    }),
  };
  const run = new BulkRun(plan, { scenario: "one-truth", seed: 1 });
  while (!run.advance(1_000)) {
    // Each turn is a slice of the run.
  }
  return run.census.rows.map(({ states }) => [...states]);
}

/** The key of the crowd's only cell. */
const CELL_KEY = mix(mix(drawKey(1, "one-truth"), 0), 0);

function byWorld(link: LinkSpec): Story {
  const states = [0, 1].map(() => new Array<number>(STATE_COUNT).fill(0));
  const move = (host: number, { from, to }: Readonly<StateChange>): void => {
    const counts = states[host] ?? [];
    if (from > State.LISTEN) counts[from] = (counts[from] ?? 0) - 1;
    if (to > State.LISTEN) counts[to] = (counts[to] ?? 0) + 1;
  };
  const watcher: Observer = {
    changed(moment: Moment, change): void {
      if (moment.flow > 0) move(moment.host, change);
      if (moment.host === 0 && change.to === State.ESTABLISHED) closeLater(client, moment, HOLD_US);
      if (moment.host === 1 && change.to === State.CLOSE_WAIT) closeLater(server, moment, 0);
    },
  };
  const world = new World({
    seed: 1,
    scenario: "one-truth",
    link,
    paranoid: true,
    observers: [watcher],
  });
  // The same draws as the crowd's cell.
  Object.assign(world, { key: CELL_KEY });
  Object.assign(Reflect.get(world, "link") as object, { key: CELL_KEY });
  const client = world.addHost({ name: "client", address: "192.0.2.1", params });
  const server = world.addHost({ name: "server", address: "192.0.2.2", params });
  const at = (atUs: number, flow: number, order: number, host: Host, act: () => void): void => {
    const run = (): boolean => {
      act();
      return true;
    };
    world.schedule({ atUs, host: host.index, flow, origin: -1, order, run });
  };
  const closeLater = (host: Host, { flow }: Moment, afterUs: number): void =>
    at(world.nowUs + afterUs, flow, 1, host, () => {
      const socket = host.socket(flow);
      if (socket !== undefined) host.stack.close(socket, world.nowUs);
    });
  server.listen(PORT, 0);
  for (let nth = 0; nth < CONNECTIONS; nth += 1) {
    at(nth * EVERY_US, nth + 1, 0, client, () => {
      client.connect(server, PORT, FIRST_PORT + nth, nth + 1);
    });
  }
  const story: Story = [];
  for (let atUs = 0; atUs < UNTIL_US; atUs += SAMPLE_US) {
    while (world.nextAtUs < atUs) world.step();
    story.push(states.flat());
  }
  return story;
}

test.each(Object.entries(LINKS))("over %s, the crowd and the world tell one story", (_, link) => {
  const crowd = byCrowd(link);
  const world = byWorld(link).slice(0, crowd.length);
  expect(crowd).toEqual(world);
  const seen = new Set(crowd.flatMap((row) => row.flatMap((count, at) => (count > 0 ? [at] : []))));
  // Client and server in SYN-SENT … TIME-WAIT: the story is worth telling.
  expect(seen.size).toBeGreaterThan(6);
});
