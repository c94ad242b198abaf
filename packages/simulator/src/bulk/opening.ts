import {
  clearOutbox,
  mayTakeOver,
  open,
  State,
  seqAdd,
  type Tcb,
  takeOver,
} from "@synfin/core/tcp";
import type { Errno } from "@synfin/sockets";
import { draw, finish, mix, Purpose } from "../random/draw.ts";
import { addressOf, type End } from "./connections.ts";
import type { BulkHost } from "./host.ts";
import type { Parts } from "./parts.ts";
import type { Steps } from "./steps.ts";

/** How far above the old SND.NXT Linux opens in the place of a TIME-WAIT. */
const TAKE_OVER_STEP = 65_537;

export interface ConnectOptions {
  /** Which of the host's addresses; the first by default. */
  readonly nth?: number;
  /** Without it the host chooses an ephemeral port of its first address. */
  readonly localPort?: number;
  /** The initial sequence number; RFC 6528's by default. */
  readonly iss?: number;
  /** Where its timestamp clock starts; somewhere of the connection's own by default. */
  readonly tsOffset?: number;
}

const ANY_PORT: ConnectOptions = {};

/** How connections come to be: their ports, slots and initial sequence numbers. */
export class Opening {
  readonly #parts: Parts;
  readonly #steps: Steps;
  #flowsMade = 0;

  constructor(parts: Parts, steps: Steps) {
    this.#parts = parts;
    this.#steps = steps;
  }

  /** A number for one more connection of this cell, from 1. */
  nextFlow(): number {
    this.#flowsMade += 1;
    return this.#flowsMade;
  }

  /**
   * `connect`: sends a SYN.
   *
   * @returns the end, or the errno of a call that was refused
   */
  connect(
    host: BulkHost,
    remote: number,
    remotePort: number,
    options: ConnectOptions = ANY_PORT,
  ): End | Errno {
    const { connections, store, tally, out, nowUs, watch } = this.#parts;
    tally.opened += 1;
    const flow = this.nextFlow();
    const { nth = 0, localPort } = options;
    const port = localPort ?? this.#choosePort(host, remote, remotePort, flow);
    if (port < 0) return this.#refuse(host.ports.errno, host, flow);
    const end = this.#endFor(addressOf(host.index, nth), port, remote, remotePort, host);
    if (end < 0) return this.#refuse("EADDRINUSE", host, flow);
    if (localPort !== undefined && nth === 0) host.ports.mark(remote, remotePort, port);
    const takesOver = store.state(end) === State.TIME_WAIT;
    if (store.state(end ^ 1) === State.TIME_WAIT) tally.superseded(end ^ 1);
    if (takesOver) tally.superseded(end, nowUs - connections.openedAtUs(end >>> 1));
    connections.setFlow(end, flow);
    connections.opens(end >>> 1, nowUs);
    watch?.called(flow, { atUs: nowUs, host }, "connect");
    clearOutbox(out);
    const tcb = takesOver ? this.#takeOver(end, host) : this.#open(end, host, flow, options);
    host.counters.ActiveOpens += 1;
    this.#steps.finish(end, host, tcb);
    return end;
  }

  #open(end: End, host: BulkHost, flow: number, { iss, tsOffset }: ConnectOptions): Tcb {
    const tcb = this.fresh(end, host, flow);
    if (tsOffset !== undefined) tcb.tsOffset = tsOffset;
    open(tcb, iss ?? this.chooseIss(host, end), this.#parts.nowUs, host.params, this.#parts.out);
    return tcb;
  }

  #takeOver(end: End, host: BulkHost): Tcb {
    const tcb = this.#parts.store.load(end, host.home);
    takeOver(
      tcb,
      seqAdd(tcb.sndNxt, TAKE_OVER_STEP),
      this.#parts.nowUs,
      host.params,
      this.#parts.out,
    );
    host.counters.TWRecycled += 1;
    return tcb;
  }

  #choosePort(host: BulkHost, remote: number, remotePort: number, flow: number): number {
    const word = draw(this.#parts.key, Purpose.PORT, flow, host.index, 0);
    if (host.timeWaitReuseUs === Number.POSITIVE_INFINITY) {
      return host.ports.take(remote, remotePort, word);
    }
    const local = addressOf(host.index, 0);
    return host.ports.take(remote, remotePort, word, (port) => {
      const end = this.#parts.connections.find(local, port, remote, remotePort);
      return end >= 0 && this.#isOver(end, host);
    });
  }

  /** Whether a `connect` may have this tuple although TIME-WAIT stands in it. */
  #isOver(end: End, host: BulkHost): boolean {
    const { store, nowUs } = this.#parts;
    if (store.state(end) !== State.TIME_WAIT) return false;
    return mayTakeOver(store.load(end, host.home), nowUs, host.timeWaitReuseUs);
  }

  #refuse(errno: Errno, host: BulkHost, flow: number): Errno {
    const { tally, digest, measures, nowUs, watch, roll } = this.#parts;
    watch?.called(flow, { atUs: nowUs, host }, "connect", undefined, errno);
    roll?.refused(flow, host.index);
    tally.failed += 1;
    tally.fail(errno, "connect");
    measures.first(errno, nowUs);
    digest.word(errno.length);
    return errno;
  }

  /** The end of this tuple, made if need be; −1 where it is taken. */
  #endFor(local: number, port: number, remote: number, remotePort: number, host: BulkHost): End {
    const { connections, store } = this.#parts;
    const known = connections.find(local, port, remote, remotePort);
    if (known >= 0) {
      const isFree = store.state(known) === State.CLOSED || this.#isOver(known, host);
      return isFree ? known : -1;
    }
    const slot = connections.add(local, port, remote, remotePort);
    store.reserve(2 * connections.slots);
    return 2 * slot;
  }

  /** A TCB that is about to open. */
  fresh(end: End, host: BulkHost, flow: number): Tcb {
    const tcb = this.#parts.store.fresh(end);
    const stamped = host.params.timestamps === 1;
    tcb.tsOffset = stamped ? draw(this.#parts.key, Purpose.ISS, flow, host.index, 1) : 0;
    return tcb;
  }

  /** RFC 6528, M + F(tuple, key); nobody in here could compute F, so a plain hash does. */
  chooseIss(host: BulkHost, end: End): number {
    const { connections } = this.#parts;
    const other = end ^ 1;
    const ours = mix(mix(this.#parts.key, connections.address(end)), connections.port(end));
    const both = mix(mix(ours, connections.address(other)), connections.port(other));
    return seqAdd(Math.floor(this.#parts.nowUs / 4), finish(mix(both, host.index)));
  }
}
