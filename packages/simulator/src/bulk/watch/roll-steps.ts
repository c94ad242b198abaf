import { State, type Tcb } from "@synfin/core/tcp";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { Parts } from "../parts.ts";
import { Steps } from "../steps.ts";
import type { CellRoll } from "./cell-roll.ts";

/** Steps that a roll is kept of, see `WatchedSteps`: most change no state, and cost nothing. */
export class RollSteps extends Steps {
  readonly #parts: Parts;
  readonly #roll: CellRoll;

  constructor(parts: Parts, cell: Cell, roll: CellRoll) {
    super(parts, cell);
    this.#parts = parts;
    this.#roll = roll;
  }

  override finish(end: End, host: BulkHost, tcb: Tcb): void {
    const { connections, out } = this.#parts;
    for (let index = 0; index < out.changeCount; index += 1) {
      const change = out.changes[index];
      if (change === undefined) continue;
      const flow = connections.flow(end);
      // It may open in the place of another that stood in TIME-WAIT (MAY-2).
      const isNew = change.from <= State.LISTEN || change.from === State.TIME_WAIT;
      if (isNew) this.#roll.opens(end, flow, host.index);
      this.#roll.came(flow, host.index, change);
      if (change.to <= State.LISTEN) this.#roll.ends(end);
    }
    super.finish(end, host, tcb);
  }
}
