import { emitResetFor } from "../emit.ts";
import type { Outbox } from "../outbox.ts";
import type { Segment } from "../segment.ts";

/**
 * §3.10.7.1, CLOSED: there is no TCB. A reset is discarded; anything else
 * draws a reset (§3.5.2, group 1).
 */
export function closedSegmentArrives(segment: Segment, out: Outbox): void {
  emitResetFor(segment, out);
}
