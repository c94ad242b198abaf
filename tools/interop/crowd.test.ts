import type { Connection } from "@synfin/tun";
import { describe, expect, test } from "vitest";
import { kernelConnections } from "./kernel-states.ts";
import { KERNELS, OURS } from "./lab.ts";
import { interop } from "./needs.ts";
import { readText, useLab } from "./use-lab.ts";

const CROWD = 100;
const numbers = Array.from({ length: CROWD }, (_, index) => index);

describe.skipIf(interop.missing)("a hundred connections at once, between us and Linux", () => {
  const lab = useLab(2 * CROWD * 9);

  test("the kernel opens all of them, and each gets its own echo", async () => {
    const taken: Connection[] = [];
    lab().host.listen(3001, (connection) => {
      taken.push(connection);
      void echo(connection);
    });
    const sockets = await Promise.all(numbers.map(() => lab().kernel.connect(OURS, 3001)));
    await expect.poll(() => taken.length).toBe(CROWD);
    expect(await established(3001)).toBe(CROWD);
    await Promise.all(sockets.map((socket, index) => socket.send(`I am number ${index}.`)));
    const echoes = await Promise.all(sockets.map((socket) => socket.recv()));
    expect(echoes).toEqual(numbers.map((index) => `I am number ${index}.`));
    await Promise.all(sockets.map((socket) => socket.close()));
    await Promise.all(taken.map((connection) => connection.closed));
    expect(taken.map((connection) => connection.state)).toEqual(numbers.map(() => "CLOSED"));
  });

  test("we open all of them, and the kernel hears each", async () => {
    const listener = await lab().kernel.listen(3002);
    const opened = await Promise.all(numbers.map(() => lab().host.connect(KERNELS, 3002)));
    const sockets = await Promise.all(numbers.map(() => listener.accept()));
    expect(await established(3002)).toBe(CROWD);
    await Promise.all(opened.map((it) => it.write(Buffer.from(`I am port ${it.localPort}.`))));
    const heard = await Promise.all(sockets.map((socket) => socket.recv()));
    expect(heard).toEqual(sockets.map((socket) => `I am port ${socket.remotePort}.`));
    for (const connection of opened) connection.end();
    await Promise.all(sockets.map((socket) => socket.close()));
    await Promise.all(opened.map((connection) => connection.closed));
    expect(opened.map((connection) => connection.state)).toEqual(numbers.map(() => "TIME-WAIT"));
  });

  async function echo(connection: Connection): Promise<void> {
    for (let text = await readText(connection); text !== undefined; ) {
      await connection.write(Buffer.from(text));
      text = await readText(connection);
    }
    connection.end();
  }

  /** How many connections of this port the kernel says are established. */
  async function established(port: number): Promise<number> {
    const all = await kernelConnections(lab().namespace);
    const ofPort = all.filter((it) => it.localPort === port || it.remotePort === port);
    return ofPort.filter((it) => it.state === "ESTABLISHED").length;
  }
});
