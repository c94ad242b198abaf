import type { StateChange } from "@synfin/core/tcp";
import type { End } from "../connections.ts";
import type { Roll } from "./roll.ts";

/** One cell's part of a roll: it knows connections by their number in the cell. */
export class CellRoll {
  readonly #roll: Roll;
  readonly #cell: number;
  /** The connections of the roll that have an end, by that end. */
  readonly #owners = new Map<End, number>();

  constructor(roll: Roll, cell: number) {
    this.#roll = roll;
    this.#cell = cell;
  }

  /** A connection has an end now; one that stood there in TIME-WAIT is over. */
  opens(end: End, flow: number, host: number): void {
    const before = this.#owners.get(end);
    if (before !== undefined && before !== flow) {
      this.#owners.delete(end);
      const place = this.#roll.placeOf(before, this.#cell);
      if (place >= 0) this.#roll.superseded(place, host);
    }
    if (this.#roll.placeOf(flow, this.#cell) >= 0) this.#owners.set(end, flow);
  }

  came(flow: number, host: number, change: Readonly<StateChange>): void {
    const place = this.#roll.placeOf(flow, this.#cell);
    if (place >= 0) this.#roll.came(place, host, change);
  }

  ends(end: End): void {
    this.#owners.delete(end);
  }

  /** `connect` was refused at once. */
  refused(flow: number, host: number): void {
    const place = this.#roll.placeOf(flow, this.#cell);
    if (place >= 0) this.#roll.failed(place, host);
  }
}
