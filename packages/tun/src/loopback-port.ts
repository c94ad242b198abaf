import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { readFile } from "node:fs/promises";

const LOOPBACK = "127.0.0.1";
/** As much as the kernel grants: a window's worth of packets comes in one burst. */
const BUFFER = 4_194_304;

/** Two UDP ports on loopback: one of ours, and one that the other program will take. */
export interface LoopbackPort {
  readonly own: number;
  readonly other: number;
  /** Whether a program has taken the other port. */
  otherIsTaken(): Promise<boolean>;
  send(datagram: Uint8Array): void;
  receive(receiver: (datagram: Uint8Array) => void): void;
  /** Resolves once the kernel has taken what was sent before. */
  flushed(): Promise<void>;
  close(): Promise<void>;
}

/** Opens our port, and finds a free one for the other program. */
export async function openLoopback(): Promise<LoopbackPort> {
  const other = await freePort();
  const socket = createSocket({ type: "udp4", recvBufferSize: BUFFER, sendBufferSize: BUFFER });
  await bound(socket);
  const own = socket.address().port;
  // Connected: the kernel lets in nothing that another program sends to our port.
  socket.connect(other, LOOPBACK);
  await once(socket, "connect");
  // Where nobody listens yet, or any more, loopback answers with an error: a lost packet.
  socket.on("error", () => undefined);
  return new ConnectedPort(socket, own, other);
}

async function freePort(): Promise<number> {
  const socket = createSocket("udp4");
  await bound(socket);
  const { port } = socket.address();
  await closed(socket);
  return port;
}

async function bound(socket: Socket): Promise<void> {
  socket.bind(0, LOOPBACK);
  await once(socket, "listening");
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.close(resolve);
  });
}

class ConnectedPort implements LoopbackPort {
  readonly own: number;
  readonly other: number;
  private readonly socket: Socket;
  private closing: Promise<void> | undefined;
  /** Datagrams that Node has not yet handed to the kernel. */
  private pending = 0;
  private readonly whenFlushed: (() => void)[] = [];

  constructor(socket: Socket, own: number, other: number) {
    this.socket = socket;
    this.own = own;
    this.other = other;
  }

  async otherIsTaken(): Promise<boolean> {
    // Addresses stand there in the order of the machine's octets, ports in that of the network.
    const port = this.other.toString(16).toUpperCase().padStart(4, "0");
    const table = await readFile("/proc/self/net/udp", "latin1");
    return new RegExp(`^ *\\d+: (?:0100007F|7F000001):${port} `, "m").test(table);
  }

  send(datagram: Uint8Array): void {
    if (this.closing !== undefined) return;
    this.pending += 1;
    // With a callback an error goes there, and not to the event: a packet that cannot go is lost.
    this.socket.send(datagram, () => this.taken());
  }

  private taken(): void {
    this.pending -= 1;
    if (this.pending > 0) return;
    for (const resolve of this.whenFlushed.splice(0)) resolve();
  }

  receive(receiver: (datagram: Uint8Array) => void): void {
    this.socket.removeAllListeners("message");
    this.socket.on("message", receiver);
  }

  flushed(): Promise<void> {
    if (this.pending === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.whenFlushed.push(resolve);
    });
  }

  close(): Promise<void> {
    this.closing ??= closed(this.socket);
    return this.closing;
  }
}
