import { createOutbox, Flag, type Outbox, Signal, State, seqDiff } from "@synfin/core/tcp";
import { SIGNAL_ERRNO } from "./call-errno.ts";
import type { ConnectionTable } from "./connection-table.ts";
import { answerTo, type Datagram } from "./datagram.ts";
import type { ListenerTable } from "./listener.ts";
import { payloadOf, releaseAcknowledged, type Socket } from "./socket.ts";
import type { StackListener } from "./stack-options.ts";

/** Does what the machine wants done after each of its steps, and keeps the host's tables. */
export class Steps {
  /** What the step under way puts its wishes into. */
  readonly out: Outbox = createOutbox();
  private readonly listener: StackListener;
  private readonly listeners: ListenerTable;
  private readonly connections: ConnectionTable;

  constructor(listener: StackListener, listeners: ListenerTable, connections: ConnectionTable) {
    this.listener = listener;
    this.listeners = listeners;
    this.connections = connections;
  }

  /** Acts on what the machine wants done, in the order in which it happened. */
  finish(socket: Socket, arrived: Datagram | undefined): void {
    const { out, listener } = this;
    this.takeText(socket, arrived);
    this.tellChanges(socket);
    this.sendAll(socket);
    releaseAcknowledged(socket);
    if (socket.tcb.state <= State.LISTEN) this.connections.remove(socket);
    const signals = out.signals.slice(0, out.signalCount);
    const delivered = out.takenLength;
    listener.stepped(socket);
    for (const signal of signals) this.onSignal(socket, signal);
    if (delivered > 0) listener.delivered(socket, delivered);
  }

  /** The answer to a segment for which there is no connection. */
  answerWithoutSocket(datagram: Datagram): void {
    for (let index = 0; index < this.out.segmentCount; index += 1) {
      const segment = this.out.segments[index];
      if (segment !== undefined) this.listener.sent(answerTo(datagram, segment), undefined);
    }
  }

  /** The bytes that the machine keeps of this segment, and those that the user may have now. */
  private takeText(socket: Socket, arrived: Datagram | undefined): void {
    const { keptSeq, keptLength, takenSeq, takenLength } = this.out;
    if (arrived === undefined || keptLength + takenLength === 0) return;
    const kept = keptText(arrived, keptSeq, keptLength);
    if (takenLength === keptLength && takenSeq === keptSeq) {
      socket.receiveBuffer.append(kept);
      return;
    }
    if (keptLength > 0) socket.held.keep(keptSeq, kept);
    if (takenLength > 0) socket.receiveBuffer.append(socket.held.take(takenSeq, takenLength));
  }

  private tellChanges(socket: Socket): void {
    for (let index = 0; index < this.out.changeCount; index += 1) {
      const change = this.out.changes[index];
      if (change === undefined) continue;
      if (change.to === State.SYN_RECEIVED) this.opensHalf(socket);
      if (change.from === State.SYN_RECEIVED) this.wasHalfOpen(socket);
      this.listener.changed(socket, change);
    }
  }

  private opensHalf(socket: Socket): void {
    if (socket.tcb.passive === 0) return;
    this.listeners.takerOf(socket.localPort, socket.localAddress)?.halfOpen.add(socket);
  }

  private wasHalfOpen(socket: Socket): void {
    this.listeners.takerOf(socket.localPort, socket.localAddress)?.halfOpen.delete(socket);
    socket.former = undefined;
  }

  private sendAll(socket: Socket): void {
    for (let index = 0; index < this.out.segmentCount; index += 1) {
      const spare = this.out.segments[index];
      if (spare === undefined) continue;
      // The outbox is used again; what travels needs a segment of its own.
      const segment = { ...spare };
      const payload = payloadOf(socket, segment.seq, segment.length);
      const { localPort: srcPort, remotePort: dstPort, remoteAddress: dst, flow } = socket;
      const src = socket.localAddress;
      this.listener.sent({ src, dst, srcPort, dstPort, segment, payload, flow }, socket);
    }
  }

  private onSignal(socket: Socket, signal: Signal): void {
    const errno = SIGNAL_ERRNO.get(signal);
    if (errno !== undefined) socket.error = errno;
    // What may have kept the peer from answering says more than that it did not.
    if (signal === Signal.TIMED_OUT) socket.error = socket.softError ?? socket.error;
    if (signal === Signal.PEER_CLOSED) socket.endOfStream = true;
    if (signal === Signal.CONNECTED) socket.connected = true;
    if (signal === Signal.CONNECTED && socket.tcb.passive === 1) {
      this.listeners.takerOf(socket.localPort, socket.localAddress)?.queue.push(socket);
    }
    this.listener.signalled(socket, signal);
  }
}

/** The octets of a segment from this sequence number on. */
function keptText({ segment, payload }: Datagram, seq: number, length: number): Uint8Array {
  const syn = (segment.flags & Flag.SYN) !== 0 ? 1 : 0;
  const offset = seqDiff(seq, segment.seq) - syn;
  return payload.subarray(offset, offset + length);
}
