import { CAUSE_NAMES, Cause, seqDiff } from "@synfin/core/tcp";
import type { TraceSegment, TraceState } from "@synfin/simulator";
import { defineLaw, type Law, Notes } from "../law.ts";
import { wasCalled } from "../run/calls.ts";
import { type End, formerOf, type Heard } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { acknowledges, describeSegment, endOf, has } from "../run/sequence.ts";

const RST = CAUSE_NAMES[Cause.RCV_RST];
const EXPIRED = CAUSE_NAMES[Cause.TIME_WAIT_TIMEOUT];

/**
 * TIME-WAIT lasts exactly 2MSL from the last FIN acknowledged: from its
 * beginning, or from a retransmitted FIN that came and was acknowledged since,
 * unless its own acknowledgment is too old to be believed (RFC 5961 §5).
 * It ends earlier only by an acceptable RST (where RFC 1337's rule is off), an
 * accepted SYN, ABORT, or a reboot. Where that SYN turns out to be an old
 * duplicate, TIME-WAIT is back, and its 2MSL have gone on all the while (MAY-2).
 *
 * TIME-WAIT keeps an old connection's segments out of a new one and is there
 * to acknowledge the peer's FIN once more (RFC 9293 §3.6.1); a microsecond
 * less breaks the first, a restart missed or made up breaks the second.
 */
export const timeWaitLasts2Msl: Law<Run> = defineLaw({
  name: "timeWaitLasts2Msl",
  source: "RFC 9293 §3.4.2, §3.6.1, §3.10.7.4, §3.10.8; RFC 1337",
  says: "TIME-WAIT lasts 2MSL from the last FIN acknowledged; little may end it earlier.",
  premises: ["TIME-WAIT reached", "TIME-WAIT restarted", "RST in TIME-WAIT"],
  examine(run, notes) {
    for (const end of run.ends) {
      const entry = end.states.find(({ to }) => to === "TIME-WAIT");
      if (entry !== undefined) checkStay(run, end, entry, notes);
    }
  },
});

function checkStay(run: Run, end: End, entry: TraceState, notes: Notes): void {
  notes.met("TIME-WAIT reached");
  const heard = end.heard.filter(({ atUs }) => atUs > entry.atUs);
  const resets = heard.filter(({ segment }) => has(segment, "RST"));
  notes.met("RST in TIME-WAIT", resets.length);
  const { ending, host } = end;
  const lastsUs = 2 * run.paramsOf(host).mslUs;
  const starts = startsOf(run, end, entry, heard, notes);
  const startedAtUs = starts.find((atUs) => atUs + lastsUs === ending?.atUs) ?? Math.max(...starts);
  const dueAtUs = startedAtUs + lastsUs;
  if (ending === undefined) {
    const overdue = dueAtUs < run.trace.endedAtUs;
    if (!run.cut || overdue) notes.broken(`did not end at ${dueAtUs} µs`, { atUs: dueAtUs, host });
  } else if (ending.cause === EXPIRED) {
    notes.met("TIME-WAIT to its end");
    if (ending.atUs === dueAtUs) return;
    const lasted = ending.atUs - startedAtUs;
    const what = `TIME-WAIT ended ${lasted} µs after the last FIN acknowledged at ${startedAtUs} µs; 2MSL is ${dueAtUs - startedAtUs} µs`;
    notes.broken(what, { atUs: ending.atUs, host });
  } else {
    checkEarlyEnd(run, end, ending, notes);
    if (ending.atUs > dueAtUs) notes.broken(`lasted past ${dueAtUs} µs`, { atUs: dueAtUs, host });
  }
}

/** When 2MSL began: with TIME-WAIT, or before a connection that gave it back. */
function firstStarts(run: Run, end: End, entry: TraceState, notes: Notes): readonly number[] {
  if (entry.from !== "SYN-RECEIVED") return [entry.atUs];
  notes.met("TIME-WAIT returned to");
  const former = formerOf(end, run.ends);
  const formerEntry = former?.states.find(({ to }) => to === "TIME-WAIT");
  if (former === undefined || formerEntry === undefined) {
    notes.broken("TIME-WAIT returned to, but it had not been left", entry);
    return [entry.atUs];
  }
  const heard = former.heard.filter(({ atUs }) => atUs > formerEntry.atUs);
  return startsOf(run, former, formerEntry, heard, notes);
}

/**
 * When 2MSL began to run for the last time; every FIN that comes must be acknowledged. There
 * are several such times where PAWS may have refused a FIN: it is acknowledged all the same.
 */
function startsOf(
  run: Run,
  end: End,
  entry: TraceState,
  heard: readonly Heard[],
  notes: Notes,
): readonly number[] {
  let starts = firstStarts(run, end, entry, notes);
  const finEnd = endOfPeersFin(run, end);
  for (const { atUs, segment } of heard) {
    if (!isOldFin(segment, finEnd) || atUs === end.endedAtUs) continue;
    if (isDiscarded(run, end, { atUs, segment })) continue;
    const answer = end.sent.find((sent) => sent.sentAtUs === atUs);
    if (answer === undefined || finEnd === undefined || !acknowledges(answer, finEnd)) {
      const what = `${describeSegment(segment)} came again in TIME-WAIT and was not acknowledged`;
      notes.broken(what, { atUs, host: end.host, segment: segment.id });
    }
    notes.met("TIME-WAIT restarted");
    if (run.paramsOf(end.host).oldFinRestartsTimeWait === 0) continue;
    starts = mayBeRefused(end, { atUs, segment }) ? [...starts, atUs] : [atUs];
  }
  return starts;
}

/** PAWS (RFC 7323 §5.3): whether a later stamp was heard before. It need not be TS.Recent. */
function mayBeRefused(end: End, { atUs, segment }: Heard): boolean {
  const stamp = stampOf(segment);
  if (stamp === undefined) return false;
  return end.heard.some((other) => {
    const before = other.atUs <= atUs ? stampOf(other.segment) : undefined;
    return before !== undefined && seqDiff(before, stamp) > 0;
  });
}

function stampOf(segment: TraceSegment): number | undefined {
  return segment.options.find(({ name }) => name === "timestamps")?.value;
}

/**
 * One past the peer's FIN, from the segment whose FIN this end took. A FIN that
 * came early is held, and taken when another segment has filled the gap.
 */
function endOfPeersFin(run: Run, end: End): number | undefined {
  const taken = end.states.find(({ cause }) => cause === CAUSE_NAMES[Cause.RCV_FIN]);
  if (taken === undefined) {
    const former = formerOf(end, run.ends);
    return former === undefined ? undefined : endOfPeersFin(run, former);
  }
  const segment = run.trace.segments.find(({ id }) => id === taken.segment);
  if (segment !== undefined && has(segment, "FIN")) return endOf(segment);
  const held = end.heard.findLast((heard) => {
    return heard.atUs <= taken.atUs && has(heard.segment, "FIN");
  });
  return held === undefined ? undefined : endOf(held.segment);
}

function isOldFin(segment: TraceSegment, finEnd: number | undefined): boolean {
  if (has(segment, "SYN") || has(segment, "RST") || !has(segment, "ACK")) return false;
  return has(segment, "FIN") && endOf(segment) === finEnd;
}

/**
 * RFC 5961 §5: what acknowledges less than SND.UNA − MAX.SND.WND is discarded.
 * In TIME-WAIT all is acknowledged that this end has sent, its FIN the last.
 */
function isDiscarded(run: Run, end: End, { atUs, segment }: Heard): boolean {
  const fin = end.sent.find((sent) => has(sent, "FIN"));
  if (fin === undefined || run.paramsOf(end.host).rfc5961 === 0) return false;
  const offers = end.heard
    .filter((heard) => heard.atUs <= atUs)
    .map((heard) => heard.segment.window * (has(heard.segment, "SYN") ? 1 : end.heardScale));
  return seqDiff(endOf(fin), segment.ack) > Math.max(...offers);
}

function checkEarlyEnd(run: Run, end: End, ending: TraceState, notes: Notes): void {
  const { host } = end;
  const segment = end.heard.find((heard) => heard.segment.id === ending.segment)?.segment;
  const why = whyNotEarly(run, end, ending, segment);
  if (why === "") {
    notes.met(`TIME-WAIT cut short: ${ending.cause}`);
    return;
  }
  const place = { atUs: ending.atUs, host };
  notes.broken(why, segment === undefined ? place : { ...place, segment: segment.id });
}

/** MAY-2: its number is past the last one received, or its clock has ticked (RFC 6191). */
function whyNoNewSyn(run: Run, end: End, segment: TraceSegment | undefined): string {
  if (segment === undefined || !has(segment, "SYN")) return "no SYN came that was accepted";
  const stamped = segment.options.some(({ name }) => name === "timestamps");
  const rcvNxt = endOfPeersFin(run, end);
  if (stamped || rcvNxt === undefined || seqDiff(segment.seq, rcvNxt) >= 0) return "";
  return `${describeSegment(segment)} is an old SYN: RCV.NXT is ${rcvNxt}`;
}

/** Why this cause may not end TIME-WAIT here; empty where it may. */
function whyNotEarly(
  run: Run,
  end: End,
  ending: TraceState,
  segment: TraceSegment | undefined,
): string {
  const params = run.paramsOf(end.host);
  switch (ending.cause) {
    case CAUSE_NAMES[Cause.RCV_RST]: {
      if (params.rfc1337 === 1) return "a RST ended TIME-WAIT in spite of rfc1337";
      const rcvNxt = endOfPeersFin(run, end);
      if (segment === undefined || rcvNxt === undefined || !has(segment, "RST")) {
        return "no RST came that could have ended TIME-WAIT";
      }
      const offset = seqDiff(segment.seq, rcvNxt);
      const room = params.rfc5961 === 1 ? 1 : params.receiveBuffer;
      if (offset >= 0 && offset < room) return "";
      return `${describeSegment(segment)} is not an acceptable RST: RCV.NXT is ${rcvNxt}`;
    }
    case CAUSE_NAMES[Cause.RCV_SYN]:
      return whyNoNewSyn(run, end, segment);
    case CAUSE_NAMES[Cause.RCV_SYN_IN_WINDOW]:
      return params.rfc5961 === 0 ? "" : "a SYN ended TIME-WAIT in spite of rfc5961";
    case CAUSE_NAMES[Cause.ABORT]:
      // Closing with text unread is an ABORT, too (SHLD-3).
      return ["abort", "close"].some((call) => wasCalled(run, end.host, ending.atUs, call))
        ? ""
        : "ended by ABORT, but no one called it";
    case CAUSE_NAMES[Cause.REBOOT]:
      return wasCalled(run, end.host, ending.atUs, "reboot")
        ? ""
        : "ended by a reboot that did not happen";
    default:
      return `${ending.cause} may not end TIME-WAIT`;
  }
}

/**
 * A connection that took the place of one in TIME-WAIT, and is refused while it
 * opens, goes back there as long as 2MSL have not run out: the SYN was an old
 * duplicate, and the old connection is owed the rest of its quiet time (RFC 9293
 * §3.6.1, MAY-2); and not once they have.
 */
export const refusedGoesBackToTimeWait: Law<Run> = defineLaw({
  name: "refusedGoesBackToTimeWait",
  source: "RFC 9293 §3.6.1 MAY-2",
  says: "Where an old SYN took TIME-WAIT's place, a RST brings it back, within 2MSL.",
  premises: ["refused within 2MSL", "refused after 2MSL"],
  examine(run, notes) {
    for (const end of run.ends) {
      const former = formerOf(end, run.ends);
      const entered = former?.states.find(({ to }) => to === "TIME-WAIT");
      const refused = end.states.find(
        ({ from, cause }) => from === "SYN-RECEIVED" && cause === RST,
      );
      if (former === undefined || entered === undefined || refused === undefined) continue;
      const heard = former.heard.filter(({ atUs }) => atUs > entered.atUs);
      const starts = startsOf(run, former, entered, heard, new Notes(notes.law));
      const since = Math.max(...starts);
      if (since !== Math.min(...starts)) continue;
      const over = refused.atUs >= since + 2 * run.paramsOf(end.host).mslUs;
      notes.met(over ? "refused after 2MSL" : "refused within 2MSL");
      if ((refused.to === "TIME-WAIT") !== over) continue;
      const what = `refused ${over ? "after" : "within"} 2MSL, it goes to ${refused.to}`;
      notes.broken(what, { atUs: refused.atUs, host: end.host });
    }
  },
});
