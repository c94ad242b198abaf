import {
  Cause,
  NEVER,
  type Outbox,
  type Segment,
  type Signal,
  State,
  type StateChange,
  type Tcb,
} from "@synfin/core/tcp";
import { buildPacket, formatAddress } from "@synfin/core/wire";
import { DigestObserver } from "../../digest/digest-observer.ts";
import { Recorder } from "../../trace/recorder.ts";
import type { Verdict } from "../../trace/trace.ts";
import type { Copy, Moment, Observer, Transmission } from "../../world/observer.ts";
import { SentWatch } from "../../world/sent-watch.ts";
import { TimerWatch } from "../../world/timer-watch.ts";
import { type End, hostOf } from "../connections.ts";
import type { Envelope } from "../flights.ts";
import type { BulkHost } from "../host.ts";

/** When something happened, and at which host. */
export interface Place {
  readonly atUs: number;
  readonly host: BulkHost;
}

/** One end of the connection, as it is remembered from step to step. */
interface WatchedEnd {
  readonly timers: TimerWatch;
  readonly sent: SentWatch;
  transmissions: number;
  /** Its number in the cell while it has a TCB, or −1. */
  end: End;
}

type Growing = Omit<Transmission, "copies"> & { readonly copies: Copy[] };

/** Calls after which a change of state is the user's doing, and no segment's. */
const CALLED: readonly Cause[] = [
  Cause.ACTIVE_OPEN,
  Cause.PASSIVE_OPEN,
  Cause.CLOSE,
  Cause.ABORT,
  Cause.TIME_WAIT_TIMEOUT,
  Cause.R2_TIMEOUT,
  Cause.USER_TIMEOUT,
  Cause.KEEP_ALIVE_TIMEOUT,
  Cause.FIN_WAIT_2_TIMEOUT,
  Cause.RECYCLED,
];

/**
 * Writes down one connection of a cell as `traceScenario` writes down its
 * only one. It sees what passes by and changes nothing, so the run with it is
 * the run without it. The end that opened is the first host of the trace.
 */
export class ConnectionWatch {
  readonly flow: number;
  readonly names: [string, string] = ["client", "server"];
  readonly recorder: Recorder = new Recorder(this.names);
  readonly digest: DigestObserver;
  /** When it was last seen to do something. */
  lastUs = 0;
  readonly #observers: readonly Observer[];
  readonly #ends: readonly [WatchedEnd, WatchedEnd] = [watchedEnd(), watchedEnd()];
  /** The number of the host that opened it; −1 before that. */
  #opener = -1;
  /** What is under way of it, by the number of the flight. */
  readonly #flights = new Map<number, Transmission>();
  #leaving: Growing | undefined;
  #arrived: Transmission | undefined;
  #isArriving = false;
  #isCalling = false;

  /** @param flow the connection's number in its cell, from 1 in the order of `connect` */
  constructor(flow: number, scenario: string, seed: number) {
    this.flow = flow;
    this.digest = new DigestObserver(scenario, seed);
    this.#observers = [this.recorder, this.digest];
  }

  get isOpened(): boolean {
    return this.#opener >= 0;
  }

  /** Neither end is left, and nothing of it is under way. */
  get isOver(): boolean {
    const isAlive = this.#ends.some(({ end }) => end >= 0);
    return this.isOpened && !isAlive && this.#flights.size === 0;
  }

  /** A user calls. The first call of all is the `connect` that opens it. */
  called(flow: number, place: Place, call: string, length?: number, error?: string): void {
    this.#isCalling = true;
    if (flow !== this.flow) return;
    if (!this.isOpened) this.#opener = place.host.index;
    const moment = this.#moment(place);
    this.#tell(moment.atUs, (observer) => observer.called?.(moment, call, length, error));
  }

  /** The machine has worked on one of its ends, or on any other. */
  stepped(flow: number, end: End, place: Place, tcb: Tcb, out: Outbox): void {
    const isTimeout = !this.#isArriving && !this.#isCalling;
    this.#isCalling = false;
    if (flow !== this.flow) {
      this.#isSuperseded(end);
      return;
    }
    const { atUs, host } = place;
    this.#ends[this.#side(host.index)].end = tcb.state > State.LISTEN ? end : -1;
    this.names[this.#side(host.index)] = host.name;
    for (const change of out.changes.slice(0, out.changeCount)) this.#changed(place, change);
    for (const signal of out.signals.slice(0, out.signalCount)) this.#signalled(place, signal);
    const isRead = host.application.reads !== false;
    if (isRead && out.takenLength > 0) this.#delivered(place, out.takenLength);
    const { timers } = this.#ends[this.#side(host.index)];
    const moment = this.#moment(place);
    timers.compare(tcb, isTimeout ? atUs : NEVER, (timer, action, deadlineUs) => {
      this.#tell(atUs, (observer) => observer.timer?.(moment, timer, action, deadlineUs));
    });
  }

  /** A segment leaves a host. `flies` and `lost` say what becomes of it, `left` that all is. */
  leaves(atUs: number, envelope: Readonly<Envelope>, segment: Readonly<Segment>): void {
    if (envelope.flow !== this.flow) return;
    const host = this.#side(hostOf(envelope.src));
    const end = this.#ends[host];
    end.transmissions += 1;
    const { srcPort, dstPort, flow } = envelope;
    const [src, dst] = [addressOf(host), addressOf(1 - host)];
    const copy = { ...segment };
    this.#leaving = {
      id: `${this.names[host]}-${end.transmissions}`,
      host,
      number: end.transmissions,
      datagram: {
        src: formatAddress(src),
        dst: formatAddress(dst),
        ...{ srcPort, dstPort, flow, segment: copy },
        payload: new Uint8Array(segment.length),
      },
      sentAtUs: atUs,
      retransmission: end.sent.isAgain(segment),
      injected: false,
      copies: [],
      packet: buildPacket({ src, dst, srcPort, dstPort, segment }),
    };
  }

  flies(flight: number, atUs: number, verdict: Verdict): void {
    if (this.#leaving === undefined) return;
    this.#leaving.copies.push({ atUs, verdict });
    this.#flights.set(flight, this.#leaving);
  }

  lost(atUs: number, verdict: Verdict): void {
    this.#leaving?.copies.push({ atUs, verdict });
  }

  left(): void {
    const transmission = this.#leaving;
    if (transmission === undefined) return;
    this.#leaving = undefined;
    this.#tell(transmission.sentAtUs, (observer) => observer.sent?.(transmission));
  }

  /** A flight has come to its end, of this connection or of any other. */
  arrives(flight: number, atUs: number): void {
    this.#isArriving = true;
    this.#arrived = this.#flights.get(flight);
    if (!this.#flights.delete(flight)) return;
    this.lastUs = Math.max(this.lastUs, atUs);
  }

  arrivalIsOver(): void {
    this.#isArriving = false;
    this.#arrived = undefined;
  }

  /** A new connection has opened in the place of our TIME-WAIT (MAY-2). */
  #isSuperseded(end: End): void {
    for (const ours of this.#ends) if (ours.end === end) ours.end = -1;
  }

  #changed(place: Place, { from, to, cause }: Readonly<StateChange>): void {
    const change = { from, to, cause };
    const { arrived, ...rest } = this.#moment(place);
    const moment = { ...rest, arrived: CALLED.includes(cause) ? undefined : arrived };
    this.#tell(place.atUs, (observer) => observer.changed?.(moment, change));
  }

  #signalled(place: Place, signal: Signal): void {
    const moment = this.#moment(place);
    this.#tell(place.atUs, (observer) => observer.signalled?.(moment, signal));
  }

  #delivered(place: Place, length: number): void {
    const moment = this.#moment(place);
    const bytes = new Uint8Array(length);
    this.#tell(place.atUs, (observer) => observer.delivered?.(moment, length, bytes));
  }

  #tell(atUs: number, what: (observer: Observer) => void): void {
    this.lastUs = Math.max(this.lastUs, atUs);
    for (const observer of this.#observers) what(observer);
  }

  #moment({ atUs, host }: Place): Moment {
    return { atUs, host: this.#side(host.index), flow: this.flow, arrived: this.#arrived };
  }

  /** 0 for the end that opened, 1 for its peer. */
  #side(host: number): 0 | 1 {
    return host === this.#opener ? 0 : 1;
  }
}

function watchedEnd(): WatchedEnd {
  return { timers: new TimerWatch(), sent: new SentWatch(), transmissions: 0, end: -1 };
}

/** Addresses of documentation (RFC 5737), whatever those of the cell are. */
export function addressOf(side: number): Uint8Array {
  return Uint8Array.of(192, 0, 2, 1 + side);
}
