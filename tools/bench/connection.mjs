import {
  clearOutbox,
  createSegment,
  Flag,
  open,
  RFC9293,
  State,
  segmentArrives,
} from "@synfin/core/tcp";

/** Beyond 2³¹, as half of all sequence numbers are: those are not the cheap ones. */
export const ISS = 3_000_000_000;
export const IRS = 4_000_000_000;

/** Some hours into a run, beyond 2³¹ as well. */
export const START_US = 10_000_000_000;

/**
 * OPEN, and the SYN,ACK that answers it.
 *
 * @param {import("@synfin/core/tcp").Tcb} tcb
 * @param {import("@synfin/core/tcp").Outbox} out
 */
export function established(tcb, out) {
  const segment = arriving(Flag.SYN | Flag.ACK, IRS, ISS + 1, 0);
  segment.mss = 1460;
  clearOutbox(out);
  tcb.state = State.CLOSED;
  open(tcb, ISS, START_US, RFC9293, out);
  segmentArrives(tcb, segment, START_US + 1, RFC9293, out);
  /** @type {number} */
  const reached = tcb.state;
  if (reached !== State.ESTABLISHED) throw new Error("the benchmark's handshake failed");
  return tcb;
}

/**
 * @param {number} flags
 * @param {number} seq
 * @param {number} ack
 * @param {number} length
 */
export function arriving(flags, seq, ack, length) {
  const segment = createSegment();
  return Object.assign(segment, { flags, seq, ack, length, window: 65535 });
}
