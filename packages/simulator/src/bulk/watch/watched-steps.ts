import type { Tcb } from "@synfin/core/tcp";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { Parts } from "../parts.ts";
import { Steps } from "../steps.ts";
import type { ConnectionWatch } from "./connection-watch.ts";

/** Steps that someone looks on at; a cell without a watch has plain ones, and pays nothing. */
export class WatchedSteps extends Steps {
  readonly #parts: Parts;
  readonly #watch: ConnectionWatch;

  constructor(parts: Parts, cell: Cell, watch: ConnectionWatch) {
    super(parts, cell);
    this.#parts = parts;
    this.#watch = watch;
  }

  override finish(end: End, host: BulkHost, tcb: Tcb): void {
    const { connections, nowUs, out } = this.#parts;
    this.#watch.stepped(connections.flow(end), end, { atUs: nowUs, host }, tcb, out);
    super.finish(end, host, tcb);
  }
}
