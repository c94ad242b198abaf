import { draw, Purpose } from "../random/draw.ts";
import type { Application } from "./application.ts";
import type { Cell } from "./cell.ts";
import type { BulkHost } from "./host.ts";
import type { BulkPlan } from "./plan.ts";
import type { CellSpec } from "./spec.ts";

/** Connections that a host has already when a run begins, as `ss -s` counts them. */
export interface Start {
  /** Open, and so for the whole run. */
  readonly established: number;
  /** In TIME-WAIT; their ends come evenly over the next 2 MSL. */
  readonly timeWait: number;
}

/** Above what any application asks to be told of. */
const FREE_ONE = 0x7fff;

/**
 * The same plan from a host that is not fresh: the first host of each cell has
 * ports taken from the start, by its share of these connections. Nothing else
 * is known of them, so they send nothing and stand in no census; and they are
 * all taken to go where the first `connect` goes, which is the worst case.
 */
export function startingFrom(plan: BulkPlan, start: Start): BulkPlan {
  const share = (count: number, index: number): number =>
    Math.max(0, Math.ceil((count - index) / plan.cells));
  return {
    ...plan,
    cell: (index) =>
      begun(plan.cell(index), {
        established: share(start.established, index),
        timeWait: share(start.timeWait, index),
      }),
  };
}

function begun(spec: CellSpec, start: Start): CellSpec {
  const [first, ...rest] = spec.hosts;
  if (first === undefined) return spec;
  const occupied = new Occupied(start, 2 * first.params.mslUs);
  return {
    ...spec,
    hosts: [{ ...first, application: occupied.around(first.application) }, ...rest],
  };
}

/** The ports of one host that others have. */
class Occupied {
  readonly #start: Start;
  readonly #timeWaitUs: number;
  #remote = -1;
  #remotePort = 0;

  constructor(start: Start, timeWaitUs: number) {
    this.#start = start;
    this.#timeWaitUs = timeWaitUs;
  }

  /**
   * An application that sees to the ports, and leaves the rest to another. All
   * that the other one can do goes through, whatever it is made of.
   */
  around(application: Application): Application {
    const own: Application = {
      begin: (cell, host) => {
        application.begin?.(cell, host);
        this.#take(cell, host);
      },
      hostDue: (cell, host, what, tag) => {
        if (what === FREE_ONE) {
          host.ports.release(this.#remote, this.#remotePort, tag);
          return;
        }
        application.hostDue?.(cell, host, what, tag);
        this.#take(cell, host);
      },
    };
    return new Proxy(application, {
      get: (target, name: keyof Application) => {
        const found = own[name] ?? target[name];
        return typeof found === "function" ? found.bind(target) : found;
      },
    });
  }

  /** Where its users connect to is known once they have done so. */
  #take(cell: Cell, host: BulkHost): void {
    if (this.#remote >= 0 || cell.connections.used === 0) return;
    this.#remote = cell.connections.address(1);
    this.#remotePort = cell.connections.port(1);
    const { established, timeWait } = this.#start;
    const passing: number[] = [];
    for (let nth = 0; nth < established + timeWait; nth += 1) {
      const word = draw(cell.key, Purpose.PORT, 0, host.index, nth);
      const taken = host.ports.take(this.#remote, this.#remotePort, word);
      // There can be more than ports: those go elsewhere, and free none here.
      if (taken < 0) break;
      if (nth < timeWait) passing.push(taken);
    }
    for (const [nth, port] of passing.entries()) {
      const leftUs = Math.ceil(((nth + 1) * this.#timeWaitUs) / passing.length);
      cell.laterHost(host, leftUs, FREE_ONE, port);
    }
  }
}
