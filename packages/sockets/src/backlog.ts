import { SynQueueFull } from "@synfin/core/tcp";

/**
 * What a listener does where connections come faster than they are accepted
 * (RFC 4987). It keeps two queues: half-open connections, whose SYN,ACK is not
 * acknowledged yet, and those that wait for `accept`. One number, the backlog,
 * bounds both, as in Linux: of either there may be one more than it says.
 */
export interface BacklogPolicy {
  /** As `listen` was told it: 0 or more. */
  readonly backlog: number;
  /** See `TcpParams`. */
  readonly synQueueFull: number;
  readonly acceptOverflowResets: number;
}

/** How long the queues are. */
export interface BacklogCounts {
  readonly halfOpen: number;
  readonly waiting: number;
}

/** What becomes of a SYN: a record, nothing, the place of the oldest record, or a cookie. */
export type SynVerdict = "take" | "drop" | "replace" | "cookie";

/** What becomes of the ACK that would complete a handshake. */
export type AckVerdict = "establish" | "ignore" | "reset";

/**
 * A connection more than the backlog may wait, so that a backlog of 0 has room
 * for one: Linux compares with "greater than".
 */
function isAcceptQueueFull({ backlog }: BacklogPolicy, { waiting }: BacklogCounts): boolean {
  return waiting > backlog;
}

/** The same for handshakes under way: Linux since 6.14, and its older series since January 2025. */
function isSynQueueFull({ backlog }: BacklogPolicy, { halfOpen }: BacklogCounts): boolean {
  return halfOpen > backlog;
}

/**
 * A SYN has come for which there is no connection. While too many wait for
 * `accept`, nothing helps but that some are accepted; so it is dropped, and
 * its sender tries again.
 */
export function onSyn(policy: BacklogPolicy, counts: BacklogCounts): SynVerdict {
  if (isAcceptQueueFull(policy, counts)) return "drop";
  if (!isSynQueueFull(policy, counts)) return "take";
  switch (policy.synQueueFull) {
    case SynQueueFull.REPLACE:
      return "replace";
    case SynQueueFull.COOKIE:
      return "cookie";
    default:
      return "drop";
  }
}

/**
 * The ACK of our SYN,ACK has come, or of a cookie. Ignored, it is as if it
 * were lost: the connection stays half-open, its SYN,ACK goes out again, and
 * is answered again. (Linux; 1 for `acceptOverflowResets` is its
 * `tcp_abort_on_overflow`.)
 */
export function onHandshakeAck(policy: BacklogPolicy, counts: BacklogCounts): AckVerdict {
  if (!isAcceptQueueFull(policy, counts)) return "establish";
  return policy.acceptOverflowResets === 1 ? "reset" : "ignore";
}
