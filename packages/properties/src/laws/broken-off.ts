import { CAUSE_NAMES, Cause } from "@synfin/core/tcp";

/**
 * The causes that end a connection without the agreement of both ends: what
 * was not acknowledged by then never will be, and the peer may not know.
 */
export const BROKEN_OFF: readonly string[] = [
  Cause.RCV_RST,
  Cause.RCV_SYN_IN_WINDOW,
  Cause.ABORT,
  Cause.R2_TIMEOUT,
  Cause.USER_TIMEOUT,
  Cause.KEEP_ALIVE_TIMEOUT,
  Cause.TEXT_AFTER_CLOSE,
  Cause.ICMP,
  Cause.BAD_OPTION,
  Cause.REBOOT,
].map((cause) => CAUSE_NAMES[cause]);
