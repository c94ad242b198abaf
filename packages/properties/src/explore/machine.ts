import {
  abort,
  close,
  closedSegmentArrives,
  listenSegmentArrives,
  open,
  receive,
  segmentArrives,
  send,
  timeouts,
} from "@synfin/core/tcp";

/**
 * The functions of RFC 9293 §3.10 that the explorer steps a connection with:
 * user calls, segment arrives, timeouts. A test gives it some of its own, with
 * a fault planted in them. Whatever they do depends on their arguments alone: the
 * explorer takes each step of an end once.
 */
export interface Machine {
  readonly open: typeof open;
  readonly send: typeof send;
  readonly receive: typeof receive;
  readonly close: typeof close;
  readonly abort: typeof abort;
  readonly segmentArrives: typeof segmentArrives;
  readonly listenSegmentArrives: typeof listenSegmentArrives;
  readonly closedSegmentArrives: typeof closedSegmentArrives;
  readonly timeouts: typeof timeouts;
}

/** The one machine, that of `@synfin/core/tcp`. */
export const ONE_MACHINE: Machine = {
  open,
  send,
  receive,
  close,
  abort,
  segmentArrives,
  listenSegmentArrives,
  closedSegmentArrives,
  timeouts,
};
