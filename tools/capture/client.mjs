// The other end: opens one connection after another to the address it is given.
import { once } from "node:events";
import { connect } from "node:net";

const host = process.argv[2];
if (host === undefined) throw new Error("usage: node client.mjs ADDRESS");

/** @param {number} port */
async function open(port) {
  const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
  await once(socket, "connect");
  return socket;
}

/**
 * Waits for the end of a connection, even by a reset, which `once` would throw.
 *
 * @param {import("node:net").Socket} socket
 * @returns {Promise<unknown>}
 */
function closed(socket) {
  return new Promise((resolve) => {
    if (socket.closed) resolve(undefined);
    else socket.on("close", resolve);
  });
}

// Data both ways, in segments of odd and even length; this end closes first.
const talk = await open(20001);
for (const text of ["a", "hello", "four"]) {
  talk.write(text);
  await once(talk, "data");
}
talk.resume().end();
await closed(talk);

// More than fits into one segment.
const bulk = await open(20001);
let echoed = 0;
bulk.on("data", (chunk) => {
  echoed += chunk.length;
  if (echoed === 6001) bulk.end();
});
bulk.write(Buffer.alloc(6001, "synfin "));
await closed(bulk);

// The other end closes first.
const passive = await open(20002);
passive.resume().on("end", () => passive.end());
await closed(passive);

// Half-close: the FIN goes out with the request, the answer comes after it.
const half = await open(20003);
half.resume().end("question\n");
await closed(half);

// The other end resets.
const victim = await open(20004);
victim.on("error", () => {});
victim.write("reset me\n");
await closed(victim);

// This end resets (SO_LINGER of zero seconds).
const rude = await open(20001);
rude.write("never mind\n");
await once(rude, "data");
rude.resetAndDestroy();
await closed(rude);

// Nobody listens there.
const refused = connect({ host, port: 20009 });
const [error] = await once(refused, "error");
if (error.code !== "ECONNREFUSED") throw error;
