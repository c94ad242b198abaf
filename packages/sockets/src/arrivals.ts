import {
  abort,
  clearOutbox,
  closedSegmentArrives,
  completesHandshake,
  Flag,
  icmpArrives,
  returnToTimeWait,
  Signal,
  State,
  segmentArrives,
} from "@synfin/core/tcp";
import { isUnicast } from "./address-check.ts";
import { AtListener } from "./at-listener.ts";
import { onHandshakeAck } from "./backlog.ts";
import { type Datagram, endsOf } from "./datagram.ts";
import type { HostTables } from "./host-tables.ts";
import { type IcmpError, icmpErrno, icmpErrorKind } from "./icmp-error.ts";
import { countsOf, policyOf } from "./listener.ts";
import type { Socket } from "./socket.ts";

const SYN_FIN = Flag.SYN | Flag.FIN;

/** Brings what arrives at a host to the connection or the listener that it is meant for. */
export class Arrivals {
  private readonly host: HostTables;
  private readonly atListener: AtListener;

  constructor(host: HostTables) {
    this.host = host;
    this.atListener = new AtListener(host);
  }

  /**
   * SEGMENT ARRIVES. What is not addressed to one of the host's own addresses,
   * each of which is one host's alone, is dropped in silence: so is a SYN to
   * everyone (MUST-57).
   */
  arrives(datagram: Datagram, nowUs: number): void {
    const { addresses, params, connections } = this.host;
    const { dst, segment } = datagram;
    if (!addresses.includes(dst)) return;
    if (params.dropSynFin === 1 && (segment.flags & SYN_FIN) === SYN_FIN) return;
    const socket = connections.find(endsOf(datagram));
    if (socket === undefined) this.withoutConnection(datagram, nowUs);
    else if (!this.isTakenFromTimeWait(socket, datagram, nowUs)) {
      this.atConnection(socket, datagram, nowUs);
    }
  }

  /**
   * There is no connection, and so what comes from no single host can be no
   * one's: a SYN from there is ignored (MUST-63), and nothing is answered.
   */
  private withoutConnection(datagram: Datagram, nowUs: number): void {
    const { listeners, steps } = this.host;
    if (!isUnicast(datagram.src)) return;
    const listener = listeners.takerOf(datagram.dstPort, datagram.dst);
    if (listener !== undefined) {
      this.atListener.arrives(datagram, listener, nowUs);
      return;
    }
    clearOutbox(steps.out);
    closedSegmentArrives(datagram.segment, steps.out);
    steps.answerWithoutSocket(datagram);
  }

  private isTakenFromTimeWait(socket: Socket, datagram: Datagram, nowUs: number): boolean {
    if (socket.tcb.state !== State.TIME_WAIT) return false;
    const listener = this.host.listeners.takerOf(datagram.dstPort, datagram.dst);
    return listener !== undefined && this.atListener.reopens(socket, datagram, listener, nowUs);
  }

  private atConnection(socket: Socket, datagram: Datagram, nowUs: number): void {
    const { steps } = this.host;
    const { tcb, params } = socket;
    const { segment } = datagram;
    if (tcb.state === State.SYN_RECEIVED && this.isTurnedAway(socket, datagram, nowUs)) return;
    clearOutbox(steps.out);
    const { sndUna } = tcb;
    if (!this.isOldDuplicate(socket, datagram, nowUs)) {
      segmentArrives(tcb, segment, nowUs, params, steps.out);
    }
    // The peer has answered: what stood in the way stands there no longer.
    if (tcb.sndUna !== sndUna) socket.softError = undefined;
    steps.finish(socket, datagram);
  }

  /** The handshake would be complete, but too many wait for `accept`. */
  private isTurnedAway(socket: Socket, { segment }: Datagram, nowUs: number): boolean {
    const { listeners, steps } = this.host;
    const listener = listeners.takerOf(socket.localPort, socket.localAddress);
    if (listener === undefined || !completesHandshake(socket.tcb, segment)) return false;
    const verdict = onHandshakeAck(policyOf(listener), countsOf(listener));
    if (verdict !== "reset") return verdict === "ignore";
    clearOutbox(steps.out);
    abort(socket.tcb, nowUs, socket.params, steps.out);
    steps.finish(socket, undefined);
    return true;
  }

  /** MAY-2: the SYN that TIME-WAIT took is reset, and TIME-WAIT is back. */
  private isOldDuplicate(socket: Socket, { segment }: Datagram, nowUs: number): boolean {
    const { tcb, former, params } = socket;
    if (former === undefined) return false;
    return returnToTimeWait(tcb, former, segment, nowUs, params, this.host.steps.out);
  }

  /**
   * An ICMP error, for the connection whose segment it quotes (MUST-54). One
   * about no connection, or about a segment that is not on its way, is
   * nothing (RFC 5927 §4.1).
   */
  icmpArrives(error: IcmpError): void {
    const { connections, steps } = this.host;
    const socket = connections.find(error);
    if (socket === undefined) return;
    clearOutbox(steps.out);
    icmpArrives(socket.tcb, icmpErrorKind(error), error.seq, socket.params, steps.out);
    if (steps.out.signalCount === 0) return;
    if (steps.out.signals[0] === Signal.SOFT_ERROR) socket.softError = icmpErrno(error);
    else socket.error = icmpErrno(error);
    steps.finish(socket, undefined);
  }
}
