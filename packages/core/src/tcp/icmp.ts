import { checkTcb } from "./invariants.ts";
import { enter, type Outbox, Signal, signal } from "./outbox.ts";
import type { TcpParams } from "./params.ts";
import { seqLe, seqLt } from "./seq.ts";
import { isSynchronized, State } from "./state.ts";
import type { Tcb } from "./tcb.ts";
import { stopAllTimers } from "./timers.ts";
import { Cause } from "./transitions.ts";

/** What an ICMP error means to TCP, §3.9.2.2. */
export const IcmpKind = {
  /** Destination unreachable 0, 1, 5; time exceeded; parameter problem. */
  SOFT: 0,
  /** Destination unreachable 2 to 4: protocol, port, fragmentation needed. */
  HARD: 1,
  /** Source quench, and what is no error. */
  IGNORED: 2,
} as const;

export type IcmpKind = (typeof IcmpKind)[keyof typeof IcmpKind];

const UNREACHABLE = 3;
const V6_UNREACHABLE = 1;
const V6_TIME_EXCEEDED = 3;
const V6_PARAMETER_PROBLEM = 4;
const SOURCE_QUENCH = 4;
const TIME_EXCEEDED = 11;
const PARAMETER_PROBLEM = 12;
const HARD_CODES: readonly number[] = [2, 3, 4];
/** Port unreachable, which is the code 3 of IPv4 (RFC 4443 §3.1). */
const V6_HARD_CODE = 4;

/** Sorts an ICMPv4 message by its type and code. Source quench is dropped in silence (MUST-55). */
export function icmpKind(type: number, code: number): IcmpKind {
  if (type === SOURCE_QUENCH) return IcmpKind.IGNORED;
  if (type === UNREACHABLE) return HARD_CODES.includes(code) ? IcmpKind.HARD : IcmpKind.SOFT;
  if (type === TIME_EXCEEDED || type === PARAMETER_PROBLEM) return IcmpKind.SOFT;
  return IcmpKind.IGNORED;
}

/**
 * Sorts an ICMPv6 message. §3.9.2.2 names soft ones only; port unreachable is
 * as hard as over IPv4. "Packet too big" is for path MTU discovery, which we
 * have none of.
 */
export function icmpV6Kind(type: number, code: number): IcmpKind {
  if (type === V6_UNREACHABLE) return code === V6_HARD_CODE ? IcmpKind.HARD : IcmpKind.SOFT;
  const soft = type === V6_TIME_EXCEEDED || type === V6_PARAMETER_PROBLEM;
  return soft ? IcmpKind.SOFT : IcmpKind.IGNORED;
}

/**
 * An ICMP error that quotes a segment of this connection (MUST-54). It counts
 * only if it quotes something that is outstanding: SND.UNA =< SEG.SEQ <
 * SND.NXT (RFC 5927 §4.1). A soft error never aborts (MUST-56), and the user
 * can see it (SHLD-25); a hard one does (SHLD-26), but in a synchronized state
 * only where the parameters say so.
 */
export function icmpArrives(
  tcb: Tcb,
  kind: IcmpKind,
  quotedSeq: number,
  params: TcpParams,
  out: Outbox,
): void {
  if (kind === IcmpKind.IGNORED || tcb.state <= State.LISTEN) return;
  if (!seqLe(tcb.sndUna, quotedSeq) || !seqLt(quotedSeq, tcb.sndNxt)) return;
  const aborts = !isSynchronized(tcb.state) || params.icmpHardAborts === 1;
  if (kind === IcmpKind.SOFT || !aborts) {
    signal(out, Signal.SOFT_ERROR);
    return;
  }
  signal(out, Signal.UNREACHABLE);
  enter(tcb, State.CLOSED, Cause.ICMP, out);
  stopAllTimers(tcb);
  checkTcb(tcb);
}
