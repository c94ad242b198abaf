import { RFC9293, stateName } from "@synfin/core/tcp";
import { afterEach, describe, expect, test } from "vitest";
import type { Connection, PacketLink, RealTimeHost } from "../src/index.ts";
import { joinedHosts, SERVER } from "./memory-wire.ts";

const open: RealTimeHost[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((host) => host.close()));
});

/** Two hosts that go when the test ends. */
function hosts(...extras: Parameters<typeof joinedHosts>): ReturnType<typeof joinedHosts> {
  const joined = joinedHosts(...extras);
  open.push(joined.client, joined.server);
  return joined;
}

/** A connection to port 7, from both of its ends. */
async function pair(joined = hosts()): Promise<{ client: Connection; server: Connection }> {
  const accepted = new Promise<Connection>((resolve) => joined.server.listen(7, resolve));
  const client = await joined.client.connect(SERVER, 7);
  return { client, server: await accepted };
}

async function text(connection: Connection): Promise<string | undefined> {
  const bytes = await connection.read();
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
}

describe("a connection between two hosts in real time", () => {
  test("what is written at one end is read at the other, both ways", async () => {
    const { client, server } = await pair();
    await client.write(Buffer.from("ping"));
    await expect(text(server)).resolves.toBe("ping");
    await server.write(Buffer.from("pong"));
    await expect(text(client)).resolves.toBe("pong");
  });

  test("after end the other direction goes on, until its own end", async () => {
    const { client, server } = await pair();
    client.end();
    await expect(text(server)).resolves.toBeUndefined();
    expect(server.state).toBe("CLOSE-WAIT");
    await server.write(Buffer.from("still here"));
    await expect(text(client)).resolves.toBe("still here");
    server.end();
    await expect(text(client)).resolves.toBeUndefined();
    await expect(client.closed).resolves.toBeUndefined();
    await expect(server.closed).resolves.toBeUndefined();
    expect([client.state, server.state]).toEqual(["TIME-WAIT", "CLOSED"]);
  });

  test("a writer waits while nobody reads, and goes on when somebody does", async () => {
    const { client, server } = await pair();
    const all = Buffer.alloc(1_000_000, "synfin ");
    let written = false;
    const writing = client.write(all).then(() => {
      written = true;
    });
    await expect.poll(() => server.unread).toBe(44 * RFC9293.mss);
    expect(written).toBe(false);
    expect(client.unacknowledged).toBeLessThanOrEqual(262_144);
    const chunks: Uint8Array[] = [];
    for (let length = 0; length < all.length; ) {
      const chunk = await server.read();
      if (chunk === undefined) throw new Error("the stream has ended early");
      chunks.push(chunk);
      length += chunk.length;
    }
    await writing;
    expect(Buffer.concat(chunks).equals(all)).toBe(true);
  });

  test("a port where nobody listens refuses", async () => {
    const { client } = hosts();
    await expect(client.connect(SERVER, 9)).rejects.toMatchObject({
      name: "ConnectionError",
      code: "ECONNREFUSED",
    });
  });

  test("a peer that never answers is given up", async () => {
    const params = { ...RFC9293, initialRtoUs: 10_000, synR2Us: 50_000 };
    const nothing: PacketLink = { carry: () => [] };
    const { client } = hosts({ link: nothing, params });
    await expect(client.connect(SERVER, 9)).rejects.toMatchObject({ code: "ETIMEDOUT" });
  });

  test("abort resets the other end, and ends what waits at this one", async () => {
    const { client, server } = await pair();
    const reading = client.read();
    client.abort();
    await expect(reading).rejects.toMatchObject({ code: "ENOTCONN" });
    await expect(server.read()).rejects.toMatchObject({ code: "ECONNRESET" });
    await expect(server.closed).resolves.toBe("ECONNRESET");
    await expect(server.write(Buffer.from("too late"))).rejects.toMatchObject({
      code: "ECONNRESET",
    });
  });

  test("what is over is forgotten, however it ended", async () => {
    const joined = hosts();
    const aborted = await pair(joined);
    expect([joined.client.connectionCount, joined.server.connectionCount]).toEqual([1, 1]);
    aborted.client.abort();
    await aborted.server.closed;
    await expect(joined.client.connect(SERVER, 9)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect([joined.client.connectionCount, joined.server.connectionCount]).toEqual([0, 0]);
  });

  test("a writer that waits for room hears of a reset", async () => {
    const { client, server } = await pair();
    const writing = client.write(Buffer.alloc(1_000_000));
    await expect.poll(() => server.unread).toBeGreaterThan(RFC9293.receiveBuffer - RFC9293.mss);
    server.abort();
    await expect(writing).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  test("text that comes after close draws a reset (SHLD-3)", async () => {
    const { client, server } = await pair();
    server.close();
    await client.write(Buffer.from("anyone?"));
    await expect(client.closed).resolves.toBe("ECONNRESET");
    expect(server.state).toBe("CLOSED");
  });

  test("a host that closes resets what is open", async () => {
    const joined = hosts();
    const { server } = await pair(joined);
    await joined.client.close();
    await expect(server.closed).resolves.toBe("ECONNRESET");
  });

  test("a port listens once, and a local port serves one connection to a place", async () => {
    const joined = hosts();
    joined.server.listen(7, () => undefined);
    expect(() => joined.server.listen(7, () => undefined)).toThrow("port 7: the port is taken");
    await joined.client.connect(SERVER, 7, 5000);
    expect(() => joined.client.open(SERVER, 7, 5000)).toThrow("the port is taken (EADDRINUSE)");
  });

  test("observers see every change of state, in order", async () => {
    const seen: string[] = [];
    const watch = {
      changed: (_: Connection, { to }: { to: Parameters<typeof stateName>[0] }) =>
        void seen.push(stateName(to)),
    };
    const { client, server } = await pair(hosts({ observers: [watch] }));
    client.end();
    await text(server);
    server.end();
    await client.closed;
    expect(seen).toEqual([...["SYN-SENT", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT"]]);
  });
});
