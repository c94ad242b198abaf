import { State, type StateChange } from "@synfin/core/tcp";
import type { Outcome } from "@synfin/sockets";
import type { Host } from "../world/host.ts";
import type { Moment, Observer } from "../world/observer.ts";
import type { World } from "../world/world.ts";
import type { LoadSpec } from "./spec.ts";

const SECOND = 1_000_000;
const SERVER_PORT = 80;
/** The listener's own place in the order of events; connections count from 1. */
const LISTENER_FLOW = 0;
/** Ports of one client address: each connection has a 4-tuple of its own, once. */
const FIRST_PORT = 10_000;
const PORTS = 50_000;

/** The order of a connection's own calls within its history. */
const Call = { CONNECT: 0, CLIENT_CLOSE: 1, SERVER_CLOSE: 2 } as const;

/** How many client addresses so many connections need. */
export function clientCount(connections: number): number {
  return Math.ceil(connections / PORTS);
}

/**
 * The users of both ends. Clients connect one after the other at an even
 * rate, hold the connection, and close it; the server closes when it hears
 * that its peer has. It watches the run, and each call is an event of its own.
 */
export class Workload implements Observer {
  readonly #spec: LoadSpec;
  #world: World | undefined;

  constructor(spec: LoadSpec) {
    this.#spec = spec;
  }

  /** The server is the world's first host; the clients follow. */
  start(world: World): void {
    this.#world = world;
    const server = this.#host(0);
    this.#at(0, server, LISTENER_FLOW, Call.CONNECT, "listen", () =>
      server.listen(SERVER_PORT, LISTENER_FLOW),
    );
    this.#scheduleConnect(0);
  }

  changed(moment: Moment, change: Readonly<StateChange>): void {
    const { host, flow, atUs } = moment;
    const isServer = host === 0;
    if (!isServer && change.to === State.ESTABLISHED) {
      this.#scheduleClose(atUs + this.#spec.holdUs, this.#host(host), flow, Call.CLIENT_CLOSE);
    }
    if (isServer && change.to === State.CLOSE_WAIT) {
      this.#scheduleClose(atUs, this.#host(host), flow, Call.SERVER_CLOSE);
    }
  }

  /** Each connection schedules the next, so that the queue holds one of them and not all. */
  #scheduleConnect(nth: number): void {
    const { connections, ratePerSecond } = this.#spec;
    if (nth === connections) return;
    const atUs = Math.floor((nth * SECOND) / ratePerSecond);
    const client = this.#host(1 + Math.floor(nth / PORTS));
    const flow = nth + 1;
    this.#at(atUs, client, flow, Call.CONNECT, "connect", () => {
      this.#scheduleConnect(nth + 1);
      return client.connect(this.#host(0), SERVER_PORT, FIRST_PORT + (nth % PORTS), flow);
    });
  }

  #scheduleClose(atUs: number, host: Host, flow: number, order: number): void {
    this.#at(atUs, host, flow, order, "close", () => {
      const socket = host.socket(flow);
      if (socket === undefined) return { ok: false, errno: "ENOTCONN" };
      return host.stack.close(socket, this.#live().nowUs);
    });
  }

  #at(
    atUs: number,
    host: Host,
    flow: number,
    order: number,
    name: string,
    call: () => Outcome<unknown>,
  ): void {
    const world = this.#live();
    world.schedule({
      atUs,
      host: host.index,
      flow,
      origin: -1,
      order,
      run: () => {
        const moment = host.moment(flow);
        world.reportAfterwards(call, (outcome) => {
          const errno = outcome.ok ? undefined : outcome.errno;
          world.tell((observer) => observer.called?.(moment, name, undefined, errno));
        });
        return true;
      },
    });
  }

  #host(index: number): Host {
    const host = this.#live().hosts[index];
    if (host === undefined) throw new Error(`synfin: the world has no host ${index}`);
    return host;
  }

  #live(): World {
    if (this.#world === undefined) throw new Error("synfin: the workload has not been started");
    return this.#world;
  }
}
