// One end of the connections that record.sh records: a port for each way of closing.
import { createServer } from "node:net";

/**
 * Each port's behaviour towards one connection.
 *
 * @type {Record<number, (socket: import("node:net").Socket) => unknown>}
 */
const PORTS = {
  // Sends everything back, and closes after its peer has.
  20001: (socket) => socket.pipe(socket),
  // Sends and closes first.
  20002: (socket) => socket.resume().end("goodbye\n"),
  // Waits for the peer's FIN, then goes on sending: the other half is still open.
  20003: (socket) => {
    socket.resume().on("end", async () => {
      for (const line of ["still\n", "sending after your FIN\n"]) {
        await pause();
        socket.write(line);
      }
      await pause();
      socket.end();
    });
  },
  // Resets as soon as it has read something.
  20004: (socket) => socket.once("data", () => socket.resetAndDestroy()),
};

function pause() {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

for (const [port, behave] of Object.entries(PORTS)) {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.setNoDelay(true);
    // A peer that resets is one of the things to be recorded.
    socket.on("error", () => {});
    behave(socket);
  });
  // "::" takes IPv4 as well.
  server.listen(Number(port), "::");
}
