import { State, type StateChange } from "@synfin/core/tcp";
import { isGoodEnd } from "../tally.ts";

/** What a roll says of a connection at one host, beside the states that hold one. */
export const ROLL = {
  /** Not opened yet, or not of this host. */
  NONE: 0,
  /** Over as its users meant it. */
  CLOSED: 11,
  /** Refused at once, given up before it was open, or lost. */
  FAILED: 12,
} as const;

/** The roll at one moment: plain data, so that a frame can carry it. */
export interface RollCall {
  /** It has the connections 1, 1 + `every`, 1 + 2 · `every` and so on. */
  readonly every: number;
  /** One octet for each at the first host, then for each at the second: a `State`, or of `ROLL`. */
  readonly codes: Uint8Array<ArrayBuffer>;
}

/** How a run's connections are numbered, as `SampleOptions.nth` counts them. */
export interface Numbering {
  readonly cells: number;
  readonly hosts: number;
  /** How many there will be, if that is known. */
  readonly connections: number | undefined;
}

/**
 * Knows of connections one by one what state they are in: of every one, or of
 * every second, third … where there are more than there is room for. Which ones
 * is decided by their numbers alone, so it is a fair sample, and the same in
 * every run.
 */
export class Roll {
  readonly #cells: number;
  readonly #hosts: number;
  readonly #room: number;
  readonly #codes: Uint8Array;
  #every: number;
  #used = 0;

  /** @param room how many connections it has at most */
  constructor({ cells, hosts, connections = 1 }: Numbering, room: number) {
    this.#cells = cells;
    this.#hosts = hosts;
    this.#room = room;
    this.#codes = new Uint8Array(hosts * room);
    this.#every = Math.max(1, Math.ceil(connections / room));
  }

  /** As it stands. */
  call(): RollCall {
    const used = this.#used;
    const codes = new Uint8Array(this.#hosts * used);
    for (let host = 0; host < this.#hosts; host += 1) {
      const from = host * this.#room;
      codes.set(this.#codes.subarray(from, from + used), host * used);
    }
    return { every: this.#every, codes };
  }

  /** The place of a cell's connection in the roll; −1 where it is not in it. */
  placeOf(flow: number, cell: number): number {
    const before = (flow - 1) * this.#cells + cell;
    while (before >= this.#every * this.#room) this.#thin();
    if (before % this.#every !== 0) return -1;
    const place = before / this.#every;
    if (place >= this.#used) this.#used = place + 1;
    return place;
  }

  /** A connection of the roll has come to a state at one host, and by which cause. */
  came(place: number, host: number, change: Readonly<StateChange>): void {
    if (change.to > State.LISTEN) this.#write(place, host, change.to);
    else if (isGoodEnd(change)) this.#ended(place, host);
    else this.failed(place, host);
  }

  /** It failed at one host. Another end that was over is no good end any more. */
  failed(place: number, host: number): void {
    this.#write(place, host, ROLL.FAILED);
    for (let other = 0; other < this.#hosts; other += 1) {
      if (this.#read(place, other) === ROLL.CLOSED) this.#write(place, other, ROLL.FAILED);
    }
  }

  /** A new connection has taken the place of one that stood in TIME-WAIT at this host. */
  superseded(place: number, host: number): void {
    if (this.#read(place, host) < ROLL.CLOSED) this.#ended(place, host);
  }

  #ended(place: number, host: number): void {
    this.#write(place, host, this.#hasFailed(place) ? ROLL.FAILED : ROLL.CLOSED);
  }

  #hasFailed(place: number): boolean {
    for (let host = 0; host < this.#hosts; host += 1) {
      if (this.#read(place, host) === ROLL.FAILED) return true;
    }
    return false;
  }

  #read(place: number, host: number): number {
    return this.#codes[host * this.#room + place] ?? 0;
  }

  #write(place: number, host: number, code: number): void {
    this.#codes[host * this.#room + place] = code;
  }

  /** Every second one goes. */
  #thin(): void {
    this.#every *= 2;
    this.#used = Math.ceil(this.#used / 2);
    for (let host = 0; host < this.#hosts; host += 1) {
      for (let place = 0; place < this.#room; place += 1) {
        const code = place < this.#used ? this.#read(2 * place, host) : 0;
        this.#write(place, host, code);
      }
    }
  }
}
