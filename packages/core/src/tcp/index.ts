export { closedSegmentArrives } from "./arrives/closed.ts";
export { completesHandshake, recycle } from "./arrives/half-open.ts";
export { listenSegmentArrives } from "./arrives/listen.ts";
export { openFromCookie } from "./arrives/open-from-cookie.ts";
export {
  mayTakeOver,
  reopen,
  returnToTimeWait,
  takeOver,
  timeWaitTakes,
} from "./arrives/time-wait.ts";
export { emitSynCookie } from "./emit.ts";
export * from "./flags.ts";
export { IcmpKind, icmpArrives, icmpKind, icmpV6Kind } from "./icmp.ts";
export { checkTcb } from "./invariants.ts";
export { type FourTuple, halfSipHash, type IsnSecret, initialSequenceNumber } from "./isn.ts";
export {
  clearOutbox,
  createOutbox,
  type Outbox,
  SIGNAL_NAMES,
  Signal,
  type StateChange,
} from "./outbox.ts";
export * from "./params.ts";
export { PROFILE_SOURCES, type Source, type Sources } from "./profile-sources.ts";
export * from "./profiles.ts";
export * from "./segment.ts";
export { segmentArrives } from "./segment-arrives.ts";
export * from "./seq.ts";
export * from "./state.ts";
export { COOKIE_LIFETIME_US, cookieMss, synCookie } from "./syn-cookie.ts";
export { createTcb, NEVER, type Tcb } from "./tcb.ts";
export { timeouts } from "./timeouts.ts";
export { pollAt } from "./timers.ts";
export * from "./transitions.ts";
export {
  abort,
  type CallResult,
  close,
  closeBoth,
  open,
  receive,
  send,
  setKeepAlive,
  urgentAhead,
} from "./user-calls.ts";
