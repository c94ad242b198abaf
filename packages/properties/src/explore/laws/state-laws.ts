import { CAUSE_NAMES, Cause, isSynchronized, State, seqAdd, seqDiff } from "@synfin/core/tcp";
import { BROKEN_OFF } from "../../laws/broken-off.ts";
import { type End, isAlive, knowsPeer, NOT_ENDED, octetsGiven, shownState } from "../end.ts";
import type { Settings } from "../options.ts";
import type { Broken } from "./step-laws.ts";

/** A law of one direction: what `sender` has sent, and what `receiver` made of it. */
type DirectionLaw = (sender: End, receiver: End, settings: Settings) => string;

/** Whether the receiver has taken this connection's SYN of the sender. */
function hears(sender: End, receiver: End): boolean {
  return knowsPeer(receiver) && receiver.tcb.irs === sender.tcb.iss;
}

/** Whether both have taken each other's SYN. */
function areOneConnection(sender: End, receiver: End): boolean {
  return hears(sender, receiver) && hears(receiver, sender);
}

/** §3.4: SND.UNA =< the peer's RCV.NXT =< SND.NXT. */
function spacesAgree(sender: End, receiver: End): string {
  if (!hears(sender, receiver)) return "";
  const { sndUna, sndNxt } = sender.tcb;
  const { rcvNxt } = receiver.tcb;
  if (seqDiff(rcvNxt, sndNxt) > 0) return `RCV.NXT ${rcvNxt} is past the peer's SND.NXT ${sndNxt}`;
  if (!areOneConnection(sender, receiver) || seqDiff(sndUna, rcvNxt) <= 0) return "";
  return `SND.UNA ${sndUna} is past the peer's RCV.NXT ${rcvNxt}`;
}

/** §2.2, §3.10.7.4: nothing is delivered that was not sent, and no FIN taken that no user meant. */
function nothingOutOfNothing(sender: End, receiver: End, settings: Settings): string {
  if (!hears(sender, receiver)) return "";
  const given = octetsGiven(sender, settings);
  if (receiver.delivered > given) return `${receiver.delivered} octets delivered, ${given} given`;
  if (receiver.finTaken === 0) return "";
  if (sender.userClosed === 0) return "a FIN was taken, and the peer's user has not closed";
  const most = seqAdd(sender.tcb.iss, 1 + given + 1);
  if (receiver.tcb.rcvNxt !== most) {
    return `RCV.NXT is ${receiver.tcb.rcvNxt} after the FIN; SYN, text and FIN end at ${most}`;
  }
  return receiver.delivered === given
    ? ""
    : `the FIN was taken after ${receiver.delivered} of ${given} octets`;
}

/** §3.6, §3.10.7.4: whose FIN counts as acknowledged, all of its text was delivered. */
function closedMeansDelivered(sender: End, receiver: End, settings: Settings): string {
  const { sndUna, sndNxt, finSent } = sender.tcb;
  const believes = finSent === 1 && sndUna === sndNxt;
  if (!believes || !areOneConnection(sender, receiver)) return "";
  const given = octetsGiven(sender, settings);
  if (receiver.finTaken === 1 && receiver.delivered === given) return "";
  return `its FIN counts as acknowledged; the peer has ${receiver.delivered} of ${given} octets and ${receiver.finTaken === 1 ? "the" : "no"} FIN`;
}

/** §3.8.6: nothing is outstanding that the receiver would have no room for, a probe aside. */
function nothingPastTheWindow(sender: End, receiver: End): string {
  if (!areOneConnection(sender, receiver) || !isAlive(receiver) || !isAlive(sender)) return "";
  const edge = seqAdd(receiver.tcb.rcvNxt, receiver.tcb.rcvWnd);
  // What is past the peer's FIN is no text, and needs no room.
  const over = seqDiff(sender.tcb.sndNxt, edge);
  return over <= 1 ? "" : `SND.NXT ${sender.tcb.sndNxt} is ${over} past the right edge ${edge}`;
}

/** §3.4.1, §3.5.1: two ends whose SYNs count as acknowledged are of one connection, no old one. */
function bothMeanOneConnection(sender: End, receiver: End): string {
  const both = isOpenTo(sender) && isOpenTo(receiver);
  if (!both || hears(sender, receiver)) return "";
  return `both are open, but the peer's IRS ${receiver.tcb.irs} is not its ISS ${sender.tcb.iss}`;
}

/** CLOSE makes FIN-WAIT-1 of SYN-RECEIVED, and the SYN is not acknowledged yet (§3.10.4). */
function isOpenTo({ tcb }: End): boolean {
  return isSynchronized(tcb.state) && tcb.synAcked === 1;
}

/**
 * §3.8.3: R2 and the user timeout are for a peer that is silent. Whatever was sent
 * in vain, or its answer, must have been lost or held back each time.
 *
 * Where an old duplicate SYN has made a connection that is no one's, and its user
 * closes in SYN-RECEIVED, both ends may talk past each other until R2: what comes
 * acknowledges what was never sent, which draws a reset in SYN-RECEIVED, and by
 * the letter of §3.10.7.4 none in FIN-WAIT-1.
 */
function givesUpOnSilenceOnly(end: End, peer: End, { loss, reorder }: Settings): string {
  if (end.inVain <= loss + reorder) return "";
  const strangers = knowsPeer(end) && knowsPeer(peer) && !areOneConnection(end, peer);
  if (strangers) return "";
  const most = `the network loses or holds back ${loss + reorder} at most`;
  return `gives up by ${causeName(end)} after sending ${end.inVain} times; ${most}`;
}

const DIRECTION_LAWS: readonly (readonly [name: string, law: DirectionLaw])[] = [
  ["spacesAgree", spacesAgree],
  ["nothingOutOfNothing", nothingOutOfNothing],
  ["closedMeansDelivered", closedMeansDelivered],
  ["nothingPastTheWindow", nothingPastTheWindow],
  ["bothMeanOneConnection", bothMeanOneConnection],
  ["givesUpOnSilenceOnly", givesUpOnSilenceOnly],
];

/** The first law that two ends break together, whatever is under way between them. */
export function brokenByState(ends: readonly [End, End], settings: Settings): Broken | undefined {
  for (const [law, check] of DIRECTION_LAWS) {
    for (const [sender, receiver] of [ends, [ends[1], ends[0]]] as const) {
      const message = check(sender, receiver, settings);
      if (message !== "") {
        return { law, message: `${sender.host === 0 ? "client" : "server"}: ${message}` };
      }
    }
  }
  return undefined;
}

const GRACEFUL: readonly number[] = [Cause.RCV_ACK_OF_FIN, Cause.TIME_WAIT_TIMEOUT];

/**
 * Nothing can happen any more: no segment is under way, no timer runs, no user
 * has anything left to do. Then each end is CLOSED, or waits in FIN-WAIT-2 for
 * a peer that is gone without a word (§3.6: it may, for ever).
 */
export function brokenAtRest(ends: readonly [End, End]): Broken | undefined {
  for (const [end, peer] of [ends, [ends[1], ends[0]]] as const) {
    if (!isAlive(end)) continue;
    const gone = !isAlive(peer) && BROKEN_OFF.includes(causeName(peer));
    if (end.tcb.state === State.FIN_WAIT_2 && gone) continue;
    const name = end.host === 0 ? "client" : "server";
    const message = `${name}: stays in ${shownState(end)} for ever; nothing is under way, and no timer runs`;
    return { law: "noDeadlock", message };
  }
  return undefined;
}

/** How it ended, of both ends, in a word or two for each. */
export function outcomeOf(ends: readonly [End, End]): string {
  const words = ends.map((end) => {
    if (isAlive(end)) return `waits in ${shownState(end)}`;
    if (end.endedBy === NOT_ENDED) return "never opened";
    return GRACEFUL.includes(end.endedBy) ? "closed" : causeName(end);
  });
  return words[0] === words[1] ? `both ${words[0]}` : `client ${words[0]}, server ${words[1]}`;
}

function causeName({ endedBy }: End): string {
  return CAUSE_NAMES[endedBy] ?? "";
}
