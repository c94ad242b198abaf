import { emitResetFor } from "../emit.ts";
import { Flag } from "../flags.ts";
import { checkTcb } from "../invariants.ts";
import { enter, type Outbox } from "../outbox.ts";
import type { TcpParams } from "../params.ts";
import type { Segment } from "../segment.ts";
import { State } from "../state.ts";
import type { Tcb } from "../tcb.ts";
import { Cause } from "../transitions.ts";
import { sendSyn } from "../transmit.ts";
import { initialise } from "../user-calls.ts";
import { takePeerSyn, takeUserTimeout } from "./peer-syn.ts";
import { holdSynText } from "./text.ts";

/**
 * §3.10.7.2, LISTEN. The listener is the host's record; a SYN that it accepts
 * makes a connection in `tcb`, a fresh one, with the ISS given.
 *
 * @returns whether `tcb` now holds a connection, in SYN-RECEIVED.
 */
export function listenSegmentArrives(
  tcb: Tcb,
  segment: Segment,
  iss: number,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): boolean {
  // First, check for a RST: it cannot be an answer to anything of ours.
  if ((segment.flags & Flag.RST) !== 0) return false;
  // Second, check for an ACK: nothing has been sent that it could acknowledge.
  if ((segment.flags & Flag.ACK) !== 0) {
    const silent = params.listenDropsSynAck === 1 && (segment.flags & Flag.SYN) !== 0;
    if (!silent) emitResetFor(segment, out);
    return false;
  }
  // Third, check for a SYN. Fourth, other data or control: drop it.
  if ((segment.flags & Flag.SYN) === 0) return false;
  if (segment.badOption === 1) {
    if (params.badOptionResets === 1) emitResetFor(segment, out);
    return false;
  }
  initialise(tcb, iss, params);
  tcb.state = State.LISTEN;
  openPassively(tcb, segment, nowUs, params, out);
  return true;
}

/**
 * A SYN takes a TCB that has been initialised on to SYN-RECEIVED: from LISTEN,
 * or from TIME-WAIT where a new connection follows the old one (MAY-2).
 */
export function openPassively(
  tcb: Tcb,
  segment: Segment,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  tcb.passive = 1;
  takePeerSyn(tcb, segment, nowUs, params);
  enter(tcb, State.SYN_RECEIVED, Cause.RCV_SYN, out);
  sendSyn(tcb, nowUs, params, out);
  if (params.listenKeepsText === 1) holdSynText(tcb, segment, params, out);
  // After the timer of our SYN has started: it applies from ESTABLISHED on (RFC 5482 §3.3).
  if (segment.userTimeout >= 0) takeUserTimeout(tcb, segment, params);
  checkTcb(tcb);
}
