import type { TraceArrival, TraceSegment } from "@synfin/simulator";
import type { HostIndex } from "./end.ts";
import { Act, type Action } from "./space/action.ts";

/** A transmission whose arrivals are still being written down. */
export interface Sent extends TraceSegment {
  readonly arrivals: TraceArrival[];
}

interface Copy {
  readonly sent: Sent;
  /** The segment's number in the catalogue, by which what is held back is sorted. */
  readonly number: number;
  readonly verdict: TraceArrival["verdict"];
}

interface HeldCopy extends Copy {
  readonly leftUs: number;
}

/** What is under way while a path is told again: the same queues, of transmissions. */
export class Wire {
  readonly #lifetimeUs: number;
  readonly #queues: [Copy[], Copy[]] = [[], []];
  readonly #late: [HeldCopy[], HeldCopy[]] = [[], []];

  /** @param lifetimeUs how long a segment may be held back */
  constructor(lifetimeUs: number) {
    this.#lifetimeUs = lifetimeUs;
  }

  send(to: HostIndex, sent: Sent, number: number): void {
    this.#queues[to].push({ sent, number, verdict: "deliver" });
  }

  /** What held segments live to see; the others are gone. */
  wait(us: number, atUs: number): void {
    for (const host of [0, 1] as const) {
      const older = this.#late[host].map((copy) => ({ ...copy, leftUs: copy.leftUs - us }));
      for (const { leftUs, sent } of older) {
        if (leftUs < 0) sent.arrivals.push({ atUs, verdict: "drop" });
      }
      this.#late[host] = older.filter(({ leftUs }) => leftUs >= 0);
    }
  }

  /** Does what the network does in an action. @returns the transmission that arrives */
  act({ act, host, place }: Action, atUs: number): Sent | undefined {
    if (act === Act.ARRIVE_LATE) {
      const [copy] = this.#late[host].splice(place, 1);
      return arrive(copy, "reorder", atUs);
    }
    if (act < Act.ARRIVE) return undefined;
    const copy = this.#queues[host].shift();
    if (copy === undefined) throw new Error("synfin: nothing is under way");
    if (act === Act.ARRIVE) return arrive(copy, copy.verdict, atUs);
    if (act === Act.LOSE) copy.sent.arrivals.push({ atUs, verdict: "drop" });
    if (act === Act.DUPLICATE) this.#queues[host].unshift(copy, { ...copy, verdict: "duplicate" });
    if (act === Act.HOLD) this.#hold(host, copy);
    return undefined;
  }

  #hold(host: HostIndex, copy: Copy): void {
    const late = this.#late[host];
    late.push({ ...copy, leftUs: this.#lifetimeUs });
    late.sort((a, b) => a.number - b.number || a.leftUs - b.leftUs);
  }
}

function arrive(copy: Copy | undefined, verdict: TraceArrival["verdict"], atUs: number): Sent {
  if (copy === undefined) throw new Error("synfin: nothing is held back");
  copy.sent.arrivals.push({ atUs, verdict });
  return copy.sent;
}
