import {
  Cause,
  type IsnSecret,
  initialSequenceNumber,
  NEVER,
  pollAt,
  type Signal,
  State,
  type StateChange,
  setKeepAlive,
  type TcpParams,
} from "@synfin/core/tcp";
import {
  type ConnectionEnds,
  type Datagram,
  type Outcome,
  type PortRange,
  type Socket,
  Stack,
  type StackListener,
} from "@synfin/sockets";
import { draw, Purpose } from "../random/draw.ts";
import type { Moment, Transmission } from "./observer.ts";
import { SentWatch } from "./sent-watch.ts";
import { TimerWatch } from "./timer-watch.ts";
import type { World } from "./world.ts";

const NO_BYTES = new Uint8Array(0);

/** What the host keeps beside a socket. */
interface Watched {
  readonly timers: TimerWatch;
  /** The one event that will call the machine; older ones are stale. */
  scheduledAtUs: number;
  readonly sent: SentWatch;
}

export interface HostSpec {
  readonly name: string;
  readonly address: string;
  readonly params: TcpParams;
  readonly isns?: readonly number[];
  readonly ephemeralPorts?: PortRange;
  /** `false`: the application reads only when `read` is called; otherwise at once. */
  readonly reads?: boolean;
}

/** One computer of the world: a TCP stack, and the world's eyes and hands on it. */
export class Host implements StackListener {
  readonly name: string;
  readonly index: number;
  readonly address: string;
  readonly stack: Stack;
  /** The connection that this host last opened or took, per flow. */
  private readonly current = new Map<number, Socket>();
  private readonly watched = new Map<Socket, Watched>();
  private readonly counters = new Map<number, { events: number; sent: number; isns: number }>();
  private readonly world: World;
  private readonly isns: readonly number[];
  private readonly readsAtOnce: boolean;
  private readonly secret: IsnSecret;
  private arrived: Transmission | undefined;
  /** See `TimerWatch.compare`. */
  private ranOutByUs = NEVER;

  constructor(world: World, index: number, spec: HostSpec) {
    this.world = world;
    this.index = index;
    this.name = spec.name;
    this.address = spec.address;
    this.isns = spec.isns ?? [];
    this.readsAtOnce = spec.reads ?? true;
    this.secret = {
      k0: draw(world.key, Purpose.ISS, 0, index, 0),
      k1: draw(world.key, Purpose.ISS, 0, index, 1),
    };
    const { address, params, ephemeralPorts } = spec;
    this.stack = new Stack({
      address,
      params,
      chooseIss: (flow, ends, nowUs) => this.chooseIss(flow, ends, nowUs),
      cookieSecret: {
        k0: draw(world.key, Purpose.ISS, 0, index, 2),
        k1: draw(world.key, Purpose.ISS, 0, index, 3),
      },
      listener: this,
      ...(ephemeralPorts === undefined ? {} : { ephemeralPorts }),
    });
  }

  /** The connection of this flow, as long as the host remembers it. */
  socket(flow: number): Socket | undefined {
    return this.current.get(flow);
  }

  listen(port: number, flow: number): Outcome<number> {
    const outcome = this.stack.listen(port);
    if (outcome.ok) {
      this.tellChanged(flow, { from: State.CLOSED, to: State.LISTEN, cause: Cause.PASSIVE_OPEN });
    }
    return outcome;
  }

  connect(to: Host, port: number, fromPort: number | undefined, flow: number): Outcome<Socket> {
    return this.stack.connect(to.address, port, fromPort, flow, this.world.nowUs);
  }

  /** Everything that this host knew is gone (§3.5.1). */
  reboot(flow: number): void {
    const listened = this.stack.isListeningAnywhere();
    for (const socket of this.stack.reboot()) {
      const from = socket.tcb.state;
      const watched = this.watch(socket);
      watched.scheduledAtUs = Number.POSITIVE_INFINITY;
      this.watched.delete(socket);
      this.tellChanged(socket.flow, { from, to: State.CLOSED, cause: Cause.REBOOT });
    }
    this.current.clear();
    if (listened) {
      this.tellChanged(flow, { from: State.LISTEN, to: State.CLOSED, cause: Cause.REBOOT });
    }
  }

  /** A copy of a transmission comes in from the link. */
  receive(transmission: Transmission, datagram: Datagram): void {
    this.arrived = transmission;
    this.stack.arrives(datagram, this.world.nowUs);
    this.arrived = undefined;
  }

  /** The next number in this connection's own history at this host. */
  nextOrder(flow: number): number {
    return this.counter(flow).events++;
  }

  nextTransmission(flow: number): number {
    return ++this.counter(flow).sent;
  }

  moment(flow: number): Moment {
    return { atUs: this.world.nowUs, host: this.index, flow, arrived: this.arrived };
  }

  sent(datagram: Datagram, socket: Socket | undefined): void {
    if (socket !== undefined) this.current.set(datagram.flow, socket);
    const again = socket !== undefined && this.watch(socket).sent.isAgain(datagram.segment);
    this.world.send(this, datagram, again, false);
  }

  changed(socket: Socket, change: Readonly<StateChange>): void {
    this.current.set(socket.flow, socket);
    this.tellChanged(socket.flow, change);
  }

  signalled(socket: Socket, signal: Signal): void {
    this.world.tell((observer) => observer.signalled?.(this.moment(socket.flow), signal));
  }

  /** The application reads what there is, up to `length` octets; what it gets is on the record. */
  read(socket: Socket, length: number = Number.POSITIVE_INFINITY): Outcome<number> {
    const outcome = this.stack.recv(socket, length, this.world.nowUs);
    if (!outcome.ok) return outcome;
    const bytes = outcome.value;
    const moment = this.moment(socket.flow);
    this.world.tell((observer) => observer.delivered?.(moment, bytes.length, bytes));
    return { ok: true, value: bytes.length };
  }

  /** Turns keep-alive on, as a user does with SO_KEEPALIVE (§3.8.4). */
  keepAlive(socket: Socket): void {
    setKeepAlive(socket.tcb, true, this.world.nowUs, socket.params);
    this.stepped(socket);
  }

  /** The application reads at once, unless it was made not to; what it is told is on the record. */
  delivered(socket: Socket, length: number): void {
    if (!this.readsAtOnce) return;
    const moment = this.moment(socket.flow);
    this.world.reportAfterwards(
      () => this.stack.recv(socket, length, this.world.nowUs),
      (outcome) => {
        const bytes = outcome.ok ? outcome.value : NO_BYTES;
        this.world.tell((observer) => observer.delivered?.(moment, length, bytes));
      },
    );
  }

  stepped(socket: Socket): void {
    const watched = this.watch(socket);
    watched.timers.compare(socket.tcb, this.ranOutByUs, (timer, action, deadlineUs) => {
      const moment = this.moment(socket.flow);
      this.world.tell((observer) => observer.timer?.(moment, timer, action, deadlineUs));
    });
    this.reschedule(socket, watched);
    if (socket.tcb.state <= State.LISTEN) this.watched.delete(socket);
  }

  private reschedule(socket: Socket, watched: Watched): void {
    const atUs = pollAt(socket.tcb);
    if (atUs === watched.scheduledAtUs) return;
    watched.scheduledAtUs = atUs;
    if (atUs === Number.POSITIVE_INFINITY) return;
    const order = this.nextOrder(socket.flow);
    const run = () => this.timerDue(socket, watched, atUs);
    const { index: host } = this;
    this.world.schedule({ atUs, host, flow: socket.flow, origin: host, order, run });
  }

  private timerDue(socket: Socket, watched: Watched, atUs: number): boolean {
    if (watched.scheduledAtUs !== atUs) return false;
    watched.scheduledAtUs = Number.POSITIVE_INFINITY;
    this.ranOutByUs = this.world.nowUs;
    this.stack.timeouts(socket, this.world.nowUs);
    this.ranOutByUs = NEVER;
    return true;
  }

  private watch(socket: Socket): Watched {
    let watched = this.watched.get(socket);
    if (watched === undefined) {
      watched = {
        timers: new TimerWatch(),
        scheduledAtUs: Number.POSITIVE_INFINITY,
        sent: new SentWatch(),
      };
      this.watched.set(socket, watched);
    }
    return watched;
  }

  /** RFC 6528, with a secret that the seed gives, unless the scenario names the number. */
  private chooseIss(flow: number, ends: ConnectionEnds, nowUs: number): number {
    const counter = this.counter(flow);
    const named = this.isns[counter.isns++];
    if (named !== undefined) return named;
    const tuple = {
      localAddress: this.world.addressOf(ends.localAddress),
      localPort: ends.localPort,
      remoteAddress: this.world.addressOf(ends.remoteAddress),
      remotePort: ends.remotePort,
    };
    return initialSequenceNumber(nowUs, tuple, this.secret);
  }

  private counter(flow: number): { events: number; sent: number; isns: number } {
    let counter = this.counters.get(flow);
    if (counter === undefined) {
      counter = { events: 0, sent: 0, isns: 0 };
      this.counters.set(flow, counter);
    }
    return counter;
  }

  private tellChanged(flow: number, change: Readonly<StateChange>): void {
    const moment = this.moment(flow);
    this.world.tell((observer) => observer.changed?.(moment, change));
  }
}
