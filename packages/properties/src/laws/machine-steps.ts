import {
  Flag,
  isSynchronized,
  type Segment,
  Signal,
  State,
  segmentLength,
  seqAdd,
  seqDiff,
  seqLt,
  stateName,
  type Tcb,
} from "@synfin/core/tcp";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { firstDifference } from "../run/difference.ts";
import type { MachineStep } from "../run/machine-step.ts";
import { congestionWindowKeepsItsPace } from "./congestion-window.ts";

function has({ flags }: Readonly<Segment>, flag: number): boolean {
  return (flags & flag) !== 0;
}

/** Whether the peer's numbers are known, so that a segment can be in the window or not. */
function knowsPeer({ state }: Readonly<Tcb>): boolean {
  return state >= State.SYN_RECEIVED;
}

/** How far a number lies in the receive window; undefined outside. At a shut one RCV.NXT is in. */
function placeIn({ rcvNxt, rcvWnd }: Readonly<Tcb>, seq: number): number | undefined {
  const offset = seqDiff(seq, rcvNxt);
  return offset >= 0 && offset < Math.max(1, rcvWnd) ? offset : undefined;
}

/**
 * Whatever arrives, in whatever state, is survived: the machine's own
 * assertions hold, and every change of state is one of its table (RFC 9293
 * §3.10.7: each segment has its answer in each state; MUST-7 for options).
 */
export const anySegmentIsSurvived: Law<MachineStep> = defineLaw({
  name: "anySegmentIsSurvived",
  source: "RFC 9293 §3.3.2, §3.10.7",
  says: "Whatever arrives in whatever state, the machine's assertions hold.",
  premises: ["segment arrived", "timer ran out", "user called", "option of illegal length"],
  examine(step, notes) {
    const { move, thrown, before } = step;
    if (move.move === "segment") notes.met("segment arrived");
    else notes.met(move.move === "timeout" ? "timer ran out" : "user called");
    notes.met(`in ${stateName(before.state)}`);
    if (thrown !== undefined) notes.broken(`in ${stateName(before.state)}: ${thrown}`);
    else if (step.segment?.badOption === 1) checkBadOption(step, notes);
  },
});

/** MUST-7: it is dropped, unless the host was told to reset whoever sends such a thing. */
function checkBadOption({ before, after, params, sent }: MachineStep, notes: Notes): void {
  notes.met("option of illegal length");
  if (params.badOptionResets === 1) return;
  const difference = firstDifference(before, after);
  if (difference !== "") notes.broken(`an option of illegal length changes ${difference}`);
  if (sent.length > 0) notes.broken("an option of illegal length is answered");
}

/**
 * Only what lies in the window is taken: text from RCV.NXT on, once and in
 * order, as far as there is room; a RST from outside changes nothing at all
 * (RFC 9293 §3.4, §3.5.3, §3.10.7.4 Table 6). RFC 5961 §3 asks for the exact number.
 */
export const onlyTheWindowIsTaken: Law<MachineStep> = defineLaw({
  name: "onlyTheWindowIsTaken",
  source: "RFC 9293 §3.4, §3.5.3, §3.10.7.4; RFC 5961 §3",
  says: "Only text in the window is taken, and a RST from outside of it changes nothing.",
  premises: ["text taken", "text kept", "RST outside the window", "RST inside the window"],
  examine(step, notes) {
    const { before, segment } = step;
    if (segment === undefined || !knowsPeer(before) || step.thrown !== undefined) return;
    if (segment.badOption === 1) return;
    checkTaken(step, notes);
    if (has(segment, Flag.RST)) checkReset(step, segment, notes);
  },
});

function checkTaken(step: MachineStep, notes: Notes): void {
  const { before, after, taken, takenSeq, kept, keptSeq } = step;
  const room = before.rcvWnd;
  if (taken > 0) {
    notes.met("text taken");
    if (takenSeq !== before.rcvNxt || taken > room) {
      notes.broken(
        `takes ${taken} octets from ${takenSeq}; the window is ${room} from ${before.rcvNxt}`,
      );
    }
  }
  const end = seqDiff(seqAdd(keptSeq, kept), before.rcvNxt);
  if (kept > 0) {
    notes.met("text kept");
    if (seqLt(keptSeq, before.rcvNxt) || end > room) {
      notes.broken(
        `keeps ${kept} octets from ${keptSeq}; the window is ${room} from ${before.rcvNxt}`,
      );
    }
  }
  const gained = seqDiff(after.rcvNxt, before.rcvNxt);
  if (after.state <= State.LISTEN || gained === taken || gained === taken + 1) return;
  notes.broken(`RCV.NXT advances by ${gained}, and ${taken} octets are taken`);
}

function checkReset(step: MachineStep, segment: Readonly<Segment>, notes: Notes): void {
  const { before, after, params, sent } = step;
  const place = placeIn(before, segment.seq);
  if (place === undefined) {
    notes.met("RST outside the window");
    const difference = firstDifference(before, after);
    if (difference !== "")
      notes.broken(`a RST at ${segment.seq}, outside the window, changes ${difference}`);
    if (sent.length > 0) notes.broken("a RST outside the window is answered");
    return;
  }
  notes.met("RST inside the window");
  const over = after.state <= State.LISTEN;
  const spared = before.state === State.TIME_WAIT && params.rfc1337 === 1;
  const exact = place === 0 || params.rfc5961 === 0;
  if (over === (exact && !spared)) return;
  notes.broken(
    `a RST ${place} octets into the window ${over ? "ends" : "does not end"} the connection`,
  );
}

/**
 * The send side follows the peer: SND.UNA goes to an acknowledgment of what is
 * outstanding and nowhere else; a window counts from the newest segment, as an
 * unsigned number, and may become less than what is out (RFC 9293 §3.1 MUST-1,
 * §3.8.6 MUST-34, SHLD-15, §3.10.7.4, fifth). What is sent then for the first
 * time lies within it, and what is out already goes again when its timer runs
 * out, however small the window has become (SHLD-16, SHLD-17, MUST-35).
 */
export const sendWindowIsKept: Law<MachineStep> = defineLaw({
  name: "sendWindowIsKept",
  source: "RFC 9293 §3.1 MUST-1, §3.8.6 MUST-34, MUST-35, SHLD-15 to SHLD-17, §3.10.7.4",
  says: "The window is what the peer said last; new text stays within it, old text goes again.",
  premises: [
    "something acknowledged",
    "window taken",
    "window shrank",
    "sent again",
    "new text sent",
  ],
  examine(step, notes) {
    if (step.thrown !== undefined || !knowsPeer(step.before)) return;
    if (step.segment?.badOption === 1) return;
    checkUna(step, notes);
    checkWindow(step, notes);
    checkNewText(step, notes);
    checkAgain(step, notes);
  },
});

function checkUna({ before, after, segment }: MachineStep, notes: Notes): void {
  const moved = seqDiff(after.sndUna, before.sndUna);
  if (moved === 0 || after.iss !== before.iss) return;
  notes.met("something acknowledged");
  const right =
    segment?.ack === after.sndUna && moved > 0 && moved <= seqDiff(before.sndNxt, before.sndUna);
  if (!right) notes.broken(`SND.UNA goes from ${before.sndUna} to ${after.sndUna}`);
}

/** SND.WL1 and SND.WL2 tell the newer segment from the older (§3.10.7.4). */
function checkWindow(step: MachineStep, notes: Notes): void {
  const { before, after, segment } = step;
  if (segment === undefined || !isSynchronized(before.state) || before.sndScale > 0) return;
  if (after.state <= State.LISTEN || !isTakenAck(before, segment)) return;
  const newer = seqLt(before.sndWl1, segment.seq);
  const same = before.sndWl1 === segment.seq && seqDiff(segment.ack, before.sndWl2) >= 0;
  if (!newer && !same) return;
  notes.met("window taken");
  const edge = seqDiff(seqAdd(segment.ack, segment.window), seqAdd(before.sndUna, before.sndWnd));
  if (edge < 0) notes.met("window shrank");
  if (after.sndWnd === segment.window) return;
  notes.broken(`the window is ${after.sndWnd}; the peer offers ${segment.window}`);
}

/** An acceptable segment with an acknowledgment of what is outstanding, and nothing against it. */
function isTakenAck(before: Readonly<Tcb>, segment: Readonly<Segment>): boolean {
  if (!has(segment, Flag.ACK) || has(segment, Flag.SYN | Flag.RST)) return false;
  if (before.rcvWnd === 0 || placeIn(before, segment.seq) === undefined) return false;
  const acked = seqDiff(segment.ack, before.sndUna);
  return acked >= 0 && acked <= seqDiff(before.sndNxt, before.sndUna);
}

function checkNewText({ before, after, sent, move }: MachineStep, notes: Notes): void {
  for (const segment of sent) {
    const fresh = segment.length > 0 && seqDiff(segment.seq, before.sndNxt) >= 0;
    if (!fresh || has(segment, Flag.RST | Flag.SYN)) continue;
    notes.met("new text sent");
    const over = seqDiff(
      seqAdd(segment.seq, segmentLength(segment)),
      seqAdd(after.sndUna, after.sndWnd),
    );
    const probe = move.move === "timeout" && over <= 1;
    if (over <= 0 || probe) continue;
    notes.broken(`new text goes ${over} octets past the window of ${after.sndWnd}`);
  }
}

function checkAgain({ before, after, sent, move, nowUs }: MachineStep, notes: Notes): void {
  const ranOut = before.retransmitAtUs >= 0 && before.retransmitAtUs <= nowUs;
  const out = before.sndUna !== before.sndNxt;
  if (move.move !== "timeout" || !ranOut || !out || after.state <= State.LISTEN) return;
  notes.met("sent again");
  const again = sent.some((segment) => segment.seq === before.sndUna && segmentLength(segment) > 0);
  if (!again) notes.broken(`the timer ran out, and ${before.sndUna} is not sent again`);
}

/**
 * An end whose own window is shut still takes a RST at RCV.NXT, hears of urgent
 * text, and processes acknowledgments (RFC 9293 §3.4, §3.10.7.4: MUST-66): a
 * user who does not read must not keep the connection from being reset, or its
 * own text from being acknowledged.
 */
export const shutWindowStillListens: Law<MachineStep> = defineLaw({
  name: "shutWindowStillListens",
  source: "RFC 9293 §3.4, §3.10.7.4 MUST-66",
  says: "Where the own window is shut, RST, URG and ACK still count.",
  premises: ["RST at a shut window", "URG at a shut window", "ACK at a shut window"],
  examine(step, notes) {
    const { before, after, segment, signals } = step;
    if (segment === undefined || step.thrown !== undefined || !knowsPeer(before)) return;
    if (before.rcvWnd !== 0 || segment.seq !== before.rcvNxt || segment.badOption === 1) return;
    if (has(segment, Flag.RST)) {
      notes.met("RST at a shut window");
      if (after.state > State.LISTEN && step.params.rfc1337 === 0)
        notes.broken("a RST at RCV.NXT does not end it");
      return;
    }
    const acked = seqDiff(segment.ack, before.sndUna);
    const sane = acked >= 0 && acked <= seqDiff(before.sndNxt, before.sndUna);
    if (has(segment, Flag.SYN) || !has(segment, Flag.ACK) || !sane || !isSynchronized(before.state))
      return;
    notes.met("ACK at a shut window");
    if (after.state > State.LISTEN && after.sndUna !== segment.ack)
      notes.broken(`ACK ${segment.ack} is not taken`);
    checkUrgent(step, segment, signals, notes);
  },
});

function checkUrgent(
  { before, after }: MachineStep,
  segment: Readonly<Segment>,
  signals: readonly number[],
  notes: Notes,
): void {
  const takes: readonly State[] = [State.ESTABLISHED, State.FIN_WAIT_1, State.FIN_WAIT_2];
  const news = has(segment, Flag.URG) && segment.urgentPointer > 0 && before.rcvUrgent === 0;
  if (!news || !takes.includes(before.state) || after.state <= State.LISTEN) return;
  // Who has closed both ways resets whoever sends text.
  if (before.orphan === 1 || after.state === State.TIME_WAIT) return;
  notes.met("URG at a shut window");
  if (!signals.includes(Signal.URGENT))
    notes.broken("urgent text at RCV.NXT, and its user is not told");
}

/**
 * What a SYN says of the peer is believed, and what it leaves out is assumed:
 * 536 octets where there is no MSS option, and never more than the own link
 * takes (RFC 9293 §3.7.1: MUST-15, MUST-16).
 */
export const synSaysTheMss: Law<MachineStep> = defineLaw({
  name: "synSaysTheMss",
  source: "RFC 9293 §3.7.1 MUST-15, MUST-16",
  says: "The peer's MSS option limits a segment; without one 536 octets do.",
  premises: ["SYN with the option", "SYN without it"],
  examine(step, notes) {
    const { before, after, segment, params } = step;
    if (segment === undefined || step.thrown !== undefined || !has(segment, Flag.SYN)) return;
    if (segment.badOption === 1) return;
    const opens = before.state === State.CLOSED || before.state === State.SYN_SENT;
    if (!opens || !knowsPeer(after)) return;
    notes.met(segment.mss === 0 ? "SYN without it" : "SYN with the option");
    const offered = segment.mss === 0 ? 536 : Math.max(LEAST_MSS, segment.mss);
    const right = Math.min(offered, params.mss);
    if (after.sndMss !== right)
      notes.broken(`segments of ${after.sndMss} octets; ${right} would be right`);
  },
});

/** What is offered below this is not believed: options would leave no room for text. */
const LEAST_MSS = 64;

/** The laws of one step of our machine, from any state that it can be in. */
export const machineLaws: readonly Law<MachineStep>[] = [
  anySegmentIsSurvived,
  onlyTheWindowIsTaken,
  sendWindowIsKept,
  shutWindowStillListens,
  synSaysTheMss,
  congestionWindowKeepsItsPace,
];
