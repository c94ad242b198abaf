import { Flag, PROFILES, State } from "@synfin/core/tcp";
import { type Application, addressOf, Cell, type HostSpec } from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import { Tap } from "../../src/bulk/boxes/tap.ts";
import { Unreachable } from "../../src/bulk/boxes/unreachable.ts";
import type { Box } from "../../src/bulk/wire.ts";

const { params, ephemeralPorts } = PROFILES.linux;
const PORT = 80;
const SERVER = addressOf(1, 0);

const listens: Application = {
  begin: (cell, host) => cell.listen(host, PORT),
};

/** So many connections from a client to a server, a second later. */
function connected(count: number, server: Partial<HostSpec> = {}, box?: Box): Cell {
  const opens: Application = {
    begin: (cell, host) => {
      for (let nth = 0; nth < count; nth += 1) cell.connect(host, SERVER, PORT);
    },
  };
  const common = { params, ephemeralPorts };
  const hosts = [
    { ...common, name: "client", application: opens },
    { ...common, name: "server", application: listens, ...server },
  ];
  const cell = new Cell(
    { hosts, link: { delayUs: 1000 }, box },
    { key: 1, paranoid: true, store: "rows" },
  );
  cell.run(1_000_000, 100_000);
  return cell;
}

/** The server's ends. */
function servers(count: number): number[] {
  return Array.from({ length: count }, (_, nth) => 2 * nth + 1);
}

test("a close above tcp_max_orphans is a reset after the FIN, and is counted", () => {
  const cell = connected(5, { maxOrphans: 3 });
  for (const end of servers(5)) cell.close(end);
  const [, server] = cell.hosts;
  expect(server?.states[State.FIN_WAIT_1]).toBe(3);
  expect(server?.counters).toMatchObject({ TCPAbortOnMemory: 2, OutRsts: 2 });
});

test("without that limit none is", () => {
  const cell = connected(5);
  for (const end of servers(5)) cell.close(end);
  expect(cell.hosts[1]?.states[State.FIN_WAIT_1]).toBe(5);
  expect(cell.hosts[1]?.counters.TCPAbortOnMemory).toBe(0);
});

/** Forged resets, in the window of each of two connections; how many challenge ACKs came back. */
function challenges(server: Partial<HostSpec>, resets: number): number[] {
  const came = [0, 0];
  let counting = false;
  const tap = new Tap(({ dst, dstPort }) => {
    if (counting && dst !== SERVER)
      came[dstPort - ephemeralPorts[0]] = (came[dstPort - ephemeralPorts[0]] ?? 0) + 1;
  });
  const cell = connected(2, server, tap);
  const [client] = cell.hosts;
  counting = true;
  for (const end of servers(2)) {
    for (let nth = 0; nth < resets && client !== undefined; nth += 1) {
      const srcPort = cell.connections.port(end - 1);
      const seq = (cell.peek(end).rcvNxt + 1) >>> 0;
      cell.inject(
        client,
        { src: 0, srcPort, dst: SERVER, dstPort: PORT },
        { flags: Flag.RST, seq },
      );
    }
  }
  cell.run(2_000_000, 100_000);
  return came;
}

test("challenge ACKs are limited for each connection (RFC 5961 §7)", () => {
  expect(challenges({}, 8)).toEqual([1, 1]);
});

test("or for the host: what one connection draws, another lacks", () => {
  expect(challenges({ challengeLimit: 10 }, 8)).toEqual([8, 2]);
});

test("what is injected is counted, and answered like any segment", () => {
  const cell = connected(0);
  const [client, server] = cell.hosts;
  if (client === undefined) throw new Error("no client");
  const src = addressOf(0, 9);
  cell.inject(client, { src, srcPort: 1, dst: SERVER, dstPort: 81 }, { flags: Flag.SYN, seq: 7 });
  cell.run(2_000_000, 100);
  expect(client.counters).toMatchObject({ OutSegs: 1, InSegs: 1 });
  expect(server?.counters).toMatchObject({ InSegs: 1, OutRsts: 1 });
});

test("what is sent to an unreachable address is lost, and counted", () => {
  const cell = connected(1, {}, new Unreachable((address) => address === SERVER));
  expect(cell.dropped).toBe(1);
  expect(cell.hosts[1]?.counters.InSegs).toBe(0);
  expect(cell.hosts[0]?.states[State.SYN_SENT]).toBe(1);
});
