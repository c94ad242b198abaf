import { createTcb, State, seqAdd, seqDiff, type Tcb, type TcpParams } from "@synfin/core/tcp";
import { ByteQueue } from "./byte-queue.ts";
import type { ConnectionEnds } from "./connection-table.ts";
import type { Errno } from "./errno.ts";
import { HeldBytes } from "./held-bytes.ts";

/** One end of one connection: the machine's block, and the bytes that the machine never holds. */
export interface Socket extends ConnectionEnds {
  readonly tcb: Tcb;
  /** The parameters that the machine runs this connection with; socket options change them. */
  params: TcpParams;
  /** See `Datagram.flow`. */
  readonly flow: number;
  /** From SND.UNA's octet on: sent and not acknowledged, then not sent yet. */
  readonly sendBuffer: ByteQueue;
  /** Received in order and not read yet. */
  readonly receiveBuffer: ByteQueue;
  /** Received out of order, and not joined yet. */
  readonly held: HeldBytes;
  /** Sequence number of the send buffer's first octet. */
  sendBase: number;
  /** What SO_ERROR would say: why the connection failed. */
  error: Errno | undefined;
  /** The last soft ICMP error since the peer was heard: what a timeout will then be put down to. */
  softError: Errno | undefined;
  /** The connection in TIME-WAIT whose place this one took, until it is established (MAY-2). */
  former: Readonly<Tcb> | undefined;
  /** The peer has sent its FIN: after what is buffered comes the end. */
  endOfStream: boolean;
  /** The handshake has been completed, whatever came after it. */
  connected: boolean;
}

export function createSocket(ends: ConnectionEnds, flow: number, params: TcpParams): Socket {
  const { localAddress, localPort, remoteAddress, remotePort } = ends;
  return {
    tcb: createTcb(),
    params,
    localAddress,
    localPort,
    remoteAddress,
    remotePort,
    flow,
    sendBuffer: new ByteQueue(),
    receiveBuffer: new ByteQueue(),
    held: new HeldBytes(),
    sendBase: 0,
    error: undefined,
    softError: undefined,
    former: undefined,
    endOfStream: false,
    connected: false,
  };
}

/** The bytes of a segment that the machine wants sent. */
export function payloadOf(socket: Socket, seq: number, length: number): Uint8Array {
  if (length === 0) return EMPTY;
  return socket.sendBuffer.copy(seqDiff(seq, socket.sendBase), length);
}

const EMPTY = new Uint8Array(0);

/** Lets go of what the peer has acknowledged. */
export function releaseAcknowledged(socket: Socket): void {
  const { tcb } = socket;
  if (tcb.state < State.ESTABLISHED) return;
  const acked = seqDiff(tcb.sndUna, socket.sendBase);
  if (acked <= 0) return;
  // The FIN takes a sequence number and no byte.
  const bytes = Math.min(acked, socket.sendBuffer.length);
  socket.sendBuffer.drop(bytes);
  socket.sendBase = seqAdd(socket.sendBase, bytes);
}

/** The states in which `connect` has succeeded and no reset has come. */
export function isConnected(socket: Socket): boolean {
  return socket.tcb.state >= State.ESTABLISHED;
}

/**
 * Whether there is no connection (any more). A connection that returned to
 * LISTEN (§3.10.7.4) is gone as well: listening is the listener's business.
 */
export function isGone(socket: Socket): boolean {
  return socket.tcb.state <= State.LISTEN;
}
