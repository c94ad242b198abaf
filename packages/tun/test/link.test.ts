import { RFC9293 } from "@synfin/core/tcp";
import { createPacketFields, readPacket } from "@synfin/core/wire";
import { expect, test } from "vitest";
import { type Connection, Direction, type PacketCopy, type PacketLink } from "../src/index.ts";
import { joinedHosts, SERVER } from "./memory-wire.ts";

const SHORT_RTO = { ...RFC9293, initialRtoUs: 30_000, minRtoUs: 30_000 };

/** What a link does with the packets of one direction; the others pass as they are. */
function linkFor(
  direction: Direction,
  fate: (number: number, atUs: number) => readonly PacketCopy[],
): PacketLink {
  return {
    carry: ({ host, number, sentAtUs }) =>
      host === direction ? fate(number, sentAtUs) : [{ atUs: sentAtUs, verdict: "deliver" }],
  };
}

/** The client says hello over this link; resolves to what the server heard, and after how long. */
async function hello(link: PacketLink): Promise<{ heard: string; ms: number; packets: number[] }> {
  const packets: number[] = [];
  const fields = createPacketFields();
  const watch = {
    packet: (packet: Uint8Array, way: Direction) => {
      readPacket(packet, 0, packet.length, fields);
      if (way === Direction.OUT) packets.push(fields.length);
    },
  };
  const { client, server } = joinedHosts(
    { link, params: SHORT_RTO, observers: [watch] },
    { params: SHORT_RTO },
  );
  const accepted = new Promise<Connection>((resolve) => server.listen(7, resolve));
  const started = performance.now();
  const connection = await client.connect(SERVER, 7);
  await connection.write(Buffer.from("hello"));
  connection.end();
  const other = await accepted;
  let heard = "";
  for (let bytes = await other.read(); bytes !== undefined; bytes = await other.read()) {
    heard += Buffer.from(bytes).toString();
  }
  const ms = performance.now() - started;
  await Promise.all([client.close(), server.close()]);
  return { heard, ms, packets };
}

test("a lost SYN is sent again when the timer says so", async () => {
  const link = linkFor(Direction.OUT, (number, atUs) => [
    { atUs, verdict: number === 1 ? "drop" : "deliver" },
  ]);
  const { heard, ms } = await hello(link);
  expect(heard).toBe("hello");
  expect(ms).toBeGreaterThanOrEqual(30);
});

test("what is lost on its way in is lost as well", async () => {
  const link = linkFor(Direction.IN, (number, atUs) => [
    { atUs, verdict: number === 1 ? "drop" : "deliver" },
  ]);
  const { heard, ms } = await hello(link);
  expect(heard).toBe("hello");
  expect(ms).toBeGreaterThanOrEqual(30);
});

test("duplicates arrive and change nothing", async () => {
  const link = linkFor(Direction.OUT, (_number, atUs) => [
    { atUs, verdict: "deliver" },
    { atUs: atUs + 1000, verdict: "duplicate" },
  ]);
  await expect(hello(link)).resolves.toMatchObject({ heard: "hello" });
});

test("a delay holds every packet back", async () => {
  const link = linkFor(Direction.OUT, (_number, atUs) => [
    { atUs: atUs + 10_000, verdict: "deliver" },
  ]);
  const { heard, ms } = await hello(link);
  expect(heard).toBe("hello");
  // The SYN, and after its answer the rest.
  expect(ms).toBeGreaterThanOrEqual(20);
});

test("a damaged packet is dropped by its checksum, and sent again", async () => {
  const link: PacketLink = {
    carry: ({ host, number, sentAtUs, packet }) => {
      if (host === Direction.OUT || number > 1) return [{ atUs: sentAtUs, verdict: "deliver" }];
      const damaged = packet.slice();
      damaged[25] = (damaged[25] ?? 0) ^ 1;
      return [{ atUs: sentAtUs, verdict: "corrupt", damaged }];
    },
  };
  const { heard, ms } = await hello(link);
  expect(heard).toBe("hello");
  expect(ms).toBeGreaterThanOrEqual(30);
});
