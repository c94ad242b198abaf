import { Flag, type Segment } from "@synfin/core/tcp";
import type { Envelope } from "../flights.ts";
import type { Box } from "../wire.ts";
import { FlowTable, type Tracked } from "./flow-table.ts";

/**
 * A load balancer, a NAT gateway or a firewall that forgets a flow when nothing
 * has passed for a while: 350 s (AWS), 4 minutes (Azure). What comes later
 * belongs to no flow: it is dropped in silence, or answered with a reset.
 */
export class IdleTimer implements Box {
  readonly resets: boolean;
  readonly #idleUs: number;
  readonly #flows = new FlowTable<Tracked>();

  /** @param resets whether what belongs to no flow draws a reset */
  constructor(idleUs: number, resets: boolean) {
    this.#idleUs = idleUs;
    this.resets = resets;
  }

  pass(nowUs: number, envelope: Envelope, { flags }: Readonly<Segment>): boolean {
    const known = this.#flows.find(nowUs, envelope);
    const expiresUs = nowUs + this.#idleUs;
    if (known !== undefined) known.expiresUs = expiresUs;
    else if ((flags & (Flag.SYN | Flag.ACK | Flag.RST)) !== Flag.SYN) return false;
    else this.#flows.add(nowUs, envelope, { expiresUs });
    if ((flags & Flag.RST) !== 0) this.#flows.remove(envelope);
    return true;
  }
}
