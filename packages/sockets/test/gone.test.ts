import { createSegment, Flag, RFC9293, type StateChange, stateName } from "@synfin/core/tcp";
import { type Datagram, type Socket, Stack } from "@synfin/sockets";
import { expect, test } from "vitest";

const SERVER = "192.0.2.2";

/** From the client's port 50000 to the server's port 80. */
function datagram(flags: number, seq: number): Datagram {
  const segment = { ...createSegment(), flags, seq, window: 1000 };
  const ports = { srcPort: 50000, dstPort: 80 };
  return { src: "192.0.2.1", dst: SERVER, ...ports, segment, payload: new Uint8Array(0), flow: 1 };
}

test("a connection that returned to LISTEN is gone; the listener stays, §3.10.7.4", () => {
  const sockets: Socket[] = [];
  const changes: string[] = [];
  const server = new Stack({
    address: SERVER,
    params: RFC9293,
    chooseIss: () => 300,
    listener: {
      sent: () => {},
      changed: (socket, { from, to }: Readonly<StateChange>) => {
        sockets.push(socket);
        changes.push(`${stateName(from)} to ${stateName(to)}`);
      },
      signalled: () => {},
      delivered: () => {},
      stepped: () => {},
    },
  });
  server.listen(80);
  server.arrives(datagram(Flag.SYN, 100), 0);
  server.arrives(datagram(Flag.RST, 101), 0);
  const [gone] = sockets;
  if (gone === undefined) throw new Error("no connection was made");

  const refused = { ok: false, errno: "ENOTCONN" };
  expect(server.close(gone, 0)).toEqual(refused);
  expect(server.shutdown(gone, 0)).toEqual(refused);
  expect(server.abort(gone, 0)).toEqual(refused);
  expect(changes).toEqual(["LISTEN to SYN-RECEIVED", "SYN-RECEIVED to LISTEN"]);
  expect(server.isListening(80)).toBe(true);
});
