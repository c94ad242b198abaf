import {
  CAUSE_NAMES,
  Cause,
  createSegment,
  Flag,
  pollAt,
  type Segment,
  Signal,
  State,
  type Tcb,
} from "@synfin/core/tcp";
import type { Errno } from "@synfin/sockets";
import type { Histogram } from "../stats/histogram.ts";
import type { Cell } from "./cell.ts";
import type { End } from "./connections.ts";
import type { Envelope } from "./flights.ts";
import type { BulkHost } from "./host.ts";
import type { Parts } from "./parts.ts";

/** An end's machine is to be called. The cell knows the other kinds of events. */
export const TIMER = 1;

/** What no connection sends is numbered apart from what connections do. */
const STRAY = 0x1_0000;

const BLANK: Readonly<Segment> = createSegment();

/** Acts on what the machine wants done after each step. */
export class Steps {
  readonly #parts: Parts;
  readonly #cell: Cell;
  readonly #connect: Histogram;
  #strays = 0;

  constructor(parts: Parts, cell: Cell) {
    this.#parts = parts;
    this.#cell = cell;
    this.#connect = parts.measures.histogram("connect");
  }

  /** The machine has worked on `tcb`, which stands in this row. */
  finish(end: End, host: BulkHost, tcb: Tcb): void {
    const { out, store, connections } = this.#parts;
    const cause = out.changeCount > 0 ? this.#recordChanges(end, host) : Cause.CLOSE;
    if (out.segmentCount > 0) this.#sendAll(end, host);
    const signals = out.signalCount > 0 ? this.#signals() : 0;
    if (tcb.state <= State.LISTEN) {
      store.clear(end);
      connections.arm(end, Number.POSITIVE_INFINITY);
      this.#over(end, host, tcb, signals, cause);
      return;
    }
    this.#arm(end, tcb);
    const passive = tcb.passive === 1;
    store.store(end, tcb, host.home, this.#parts.nowUs);
    if (signals !== 0) this.#tell(end, host, signals, passive);
  }

  /** The answer of a closed port or a listener, which no connection sends. */
  answerStray(host: BulkHost, { src, srcPort, dst, dstPort, flow }: Readonly<Envelope>): void {
    const { leaving, out } = this.#parts;
    const sender = -1;
    Object.assign(leaving, {
      src: dst,
      srcPort: dstPort,
      dst: src,
      dstPort: srcPort,
      flow,
      sender,
    });
    for (let index = 0; index < out.segmentCount; index += 1) {
      this.#strays += 1;
      this.#launch(host, index, STRAY + this.#strays);
    }
  }

  /** A segment that no machine made. */
  inject(host: BulkHost, envelope: Readonly<Envelope>, fields: Partial<Segment>): void {
    const { leaving, out } = this.#parts;
    Object.assign(leaving, envelope);
    out.segments[0] ??= createSegment();
    Object.assign(out.segments[0], BLANK, fields);
    this.#strays += 1;
    this.#launch(host, 0, STRAY + this.#strays);
  }

  #arm(end: End, tcb: Tcb): void {
    const { connections, queue, nowUs } = this.#parts;
    const dueUs = pollAt(tcb);
    if (dueUs === connections.armedUs(end)) return;
    connections.arm(end, dueUs);
    if (dueUs !== Number.POSITIVE_INFINITY) queue.push(TIMER, dueUs, nowUs, end, 0);
  }

  #signals(): number {
    const { out } = this.#parts;
    let signals = 0;
    for (let index = 0; index < out.signalCount; index += 1) {
      signals |= 1 << (out.signals[index] ?? 0);
    }
    return signals;
  }

  #recordChanges(end: End, host: BulkHost): Cause {
    const { out, digest, tally, nowUs } = this.#parts;
    let cause: Cause = Cause.CLOSE;
    for (let index = 0; index < out.changeCount; index += 1) {
      const change = out.changes[index];
      if (change === undefined) continue;
      cause = change.cause;
      digest.word((change.from << 16) | (change.to << 8) | cause);
      if (host.hasQueues && change.from === State.SYN_RECEIVED) this.#noLongerHalfOpen(end, host);
      tally.changed(end, host, change, nowUs);
    }
    tally.lastUs = nowUs;
    return cause;
  }

  #noLongerHalfOpen(end: End, host: BulkHost): void {
    const listener = host.listeners.get(this.#parts.connections.port(end));
    if (listener?.isBounded) listener.halfOpen.delete(end);
  }

  #sendAll(end: End, host: BulkHost): void {
    const { connections, leaving, out } = this.#parts;
    connections.fillEnvelope(end, leaving);
    for (let index = 0; index < out.segmentCount; index += 1) {
      this.#launch(host, index, connections.countSent(end));
    }
  }

  #launch(host: BulkHost, index: number, number: number): void {
    const { wire, nowUs, leaving, out } = this.#parts;
    host.counters.OutSegs += 1;
    if (((out.segments[index]?.flags ?? 0) & Flag.RST) !== 0) host.counters.OutRsts += 1;
    wire.send(nowUs, leaving, out.segments, index, number);
  }

  #tell(end: End, host: BulkHost, signals: number, passive: boolean): void {
    const { application } = host;
    if ((signals & (1 << Signal.CONNECTED)) !== 0) this.#connected(end, host, passive);
    if ((signals & (1 << Signal.PEER_CLOSED)) !== 0) application.peerClosed?.(this.#cell, end);
  }

  #connected(end: End, host: BulkHost, passive: boolean): void {
    const { connections, nowUs } = this.#parts;
    if (!passive) this.#connect.record(nowUs - connections.openedAtUs(end >>> 1));
    if (!passive || !host.hasQueues) {
      host.application.connected?.(this.#cell, end);
      return;
    }
    const port = connections.port(end);
    const listener = host.listeners.get(port);
    if (listener === undefined || !listener.acceptsByHand) {
      host.application.connected?.(this.#cell, end);
      return;
    }
    listener.waiting.add(end);
    host.application.acceptable?.(this.#cell, host, port);
  }

  /** An end without a TCB: its users hear of it, and its tuple is free if the other is, too. */
  #over(end: End, host: BulkHost, tcb: Tcb, signals: number, cause: Cause): void {
    const { connections, store } = this.#parts;
    const error = errorOf(signals);
    if (error !== undefined && !this.#isHalfOpen(tcb)) this.#failed(error, host, cause);
    const port = connections.port(end);
    if (host.hasQueues) host.listeners.get(port)?.waiting.delete(end);
    host.application.ended?.(this.#cell, end, error, cause);
    // Its user may have opened it again already.
    if (store.state(end) !== State.CLOSED) return;
    const other = end ^ 1;
    host.ports.release(connections.address(other), connections.port(other), port);
    connections.setFlow(end, 0);
    if (store.state(other) === State.CLOSED) connections.remove(end >>> 1);
  }

  /** Whether it ended in a listener's queue, where no user has it yet. */
  #isHalfOpen({ passive }: Tcb): boolean {
    const { out } = this.#parts;
    return passive === 1 && out.changes[out.changeCount - 1]?.from === State.SYN_RECEIVED;
  }

  #failed(error: Errno, host: BulkHost, cause: Cause): void {
    const { tally, measures, nowUs } = this.#parts;
    if (error === "ETIMEDOUT") host.counters.TCPAbortOnTimeout += 1;
    tally.fail(error, CAUSE_NAMES[cause]);
    measures.first(error, nowUs);
  }
}

function errorOf(signals: number): Errno | undefined {
  if ((signals & (1 << Signal.RESET)) !== 0) return "ECONNRESET";
  if ((signals & (1 << Signal.REFUSED)) !== 0) return "ECONNREFUSED";
  if ((signals & (1 << Signal.TIMED_OUT)) !== 0) return "ETIMEDOUT";
  return undefined;
}
