import { CAUSE_NAMES, Cause, seqAdd, seqDiff, type TcpParams } from "@synfin/core/tcp";
import type { TraceSegment, TraceTimer } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { callsOf } from "../run/calls.ts";
import type { End } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { endOf, has, placeOf } from "../run/sequence.ts";
import { timersOf } from "../run/timers.ts";

const SECOND = 1_000_000;

/** §3.8.4 and the parameters of RFC 9293 as synfin has them. */
const USUAL = {
  keepAliveIdleUs: 7200 * SECOND,
  keepAliveIntervalUs: 75 * SECOND,
  keepAliveProbes: 9,
} as const satisfies Partial<TcpParams>;

const TIMED_OUT = CAUSE_NAMES[Cause.KEEP_ALIVE_TIMEOUT];

/**
 * Keep-alive keeps to its times: no probe unless the user has asked for it
 * (MUST-25); the first one after the connection was idle for two hours, or for
 * what the host was given (MUST-27, MUST-28), with nothing outstanding
 * (MUST-26) and without text (SHLD-12); the next ones at their interval; and
 * only so many without an answer end the connection (MUST-29). RFC 2525 §2.9
 * and §2.11 tell of TCPs that asked every few seconds, or gave up at once.
 */
export const keepAliveKeepsItsTimes: Law<Run> = defineLaw({
  name: "keepAliveKeepsItsTimes",
  source: "RFC 9293 §3.8.4 MUST-24 to MUST-29, SHLD-12; RFC 2525 §2.9, §2.11",
  says: "Keep-alive asks only who is idle, when it is time, and gives up after so many probes.",
  premises: ["idle time begun", "probe sent", "given up", "probe answered"],
  examine(run, notes) {
    for (const end of run.ends) {
      const asked = askedAtUs(run, end);
      const probes = probesOf(end);
      for (const [index, probe] of probes.entries()) {
        checkProbe(run, end, probe, probes[index - 1], asked, notes);
      }
      checkTimers(run, end, probes, asked, notes);
      if (end.ending?.cause === TIMED_OUT) checkEnd(run, end, probes, notes);
    }
  },
});

function given(run: Run, host: string, name: keyof typeof USUAL): number {
  return run.givenTo(host)[name] ?? USUAL[name];
}

function askedAtUs(run: Run, end: End): number {
  const call = callsOf(run, end).find((one) => one.call === "keep-alive");
  return call?.atUs ?? Number.POSITIVE_INFINITY;
}

/** Bare segments one number before SND.NXT: not acceptable, so that they draw an ACK. */
function probesOf({ iss = 0, sent }: End): readonly TraceSegment[] {
  let furthest = iss;
  return sent.filter((segment) => {
    const bare = segment.length === 0 && segment.flags.join() === "ACK";
    const behind = segment.seq === seqAdd(furthest, -1);
    if (seqDiff(endOf(segment), furthest) > 0) furthest = endOf(segment);
    return bare && behind;
  });
}

function checkProbe(
  run: Run,
  end: End,
  probe: TraceSegment,
  before: TraceSegment | undefined,
  asked: number,
  notes: Notes,
): void {
  notes.met("probe sent");
  if (asked > probe.sentAtUs) notes.broken("a probe that no user has asked for", placeOf(probe));
  const acked = end.heard.some(({ atUs, segment }) => {
    return (
      atUs <= probe.sentAtUs &&
      has(segment, "ACK") &&
      seqDiff(segment.ack, seqAdd(probe.seq, 1)) >= 0
    );
  });
  if (!acked) notes.broken("a probe while something is outstanding", placeOf(probe));
  const answer = end.heard.find(({ atUs }) => atUs > probe.sentAtUs);
  if (answer !== undefined) notes.met("probe answered");
  // What comes may be refused; what is certain is how long no one has been asked.
  if (before === undefined) return;
  const waited = probe.sentAtUs - before.sentAtUs;
  const least = Math.min(
    given(run, end.host, "keepAliveIntervalUs"),
    given(run, end.host, "keepAliveIdleUs"),
  );
  if (waited >= least) return;
  notes.broken(`a probe ${waited} µs after the last one; ${least} would be right`, placeOf(probe));
}

/** The timer is set to the idle time, or after a probe to the interval; running out it asks. */
function checkTimers(
  run: Run,
  end: End,
  probes: readonly TraceSegment[],
  asked: number,
  notes: Notes,
): void {
  const idle = given(run, end.host, "keepAliveIdleUs");
  const interval = given(run, end.host, "keepAliveIntervalUs");
  const timers = timersOf(run, end, ["keep-alive"]);
  if (run.paramsOf(end.host).advertisedUserTimeout > 0) return;
  for (const { action, atUs, deadlineUs = 0 } of timers) {
    const place = { atUs, host: end.host };
    if (action === "stop") continue;
    if (action === "expire") {
      checkAsks(run, end, probes, atUs, notes);
      continue;
    }
    notes.met("idle time begun");
    if (asked > atUs) notes.broken("the idle time runs, and no user has asked for it", place);
    const probed = probes.some(({ sentAtUs }) => sentAtUs === atUs);
    const length = deadlineUs - atUs;
    if (length === idle || (probed && length === interval)) continue;
    const what = `the next probe is due in ${length} µs, not ${probed ? interval : idle}`;
    notes.broken(what, place);
  }
  checkHeard(run, end, asked, idle, notes);
}

function checkAsks(
  run: Run,
  end: End,
  probes: readonly TraceSegment[],
  atUs: number,
  notes: Notes,
): void {
  if (atUs >= end.endedAtUs || probes.some(({ sentAtUs }) => sentAtUs === atUs)) return;
  // While something is outstanding the retransmission timer watches (MUST-26).
  if (isRunning(run, end, "retransmission", atUs) || isRunning(run, end, "persist", atUs)) return;
  notes.broken("the idle time is over, and no bare probe goes out", { atUs, host: end.host });
}

function isRunning(run: Run, end: End, name: TraceTimer["timer"], atUs: number): boolean {
  const last = timersOf(run, end, [name]).findLast((timer) => timer.atUs <= atUs);
  return last?.action === "start" || last?.action === "restart" || last?.atUs === atUs;
}

/** Whatever the peer sends in its place begins the idle time again. */
function checkHeard(run: Run, end: End, asked: number, idle: number, notes: Notes): void {
  const timers = timersOf(run, end, ["keep-alive"]);
  for (const { atUs, segment } of end.heard) {
    if (atUs <= asked || atUs >= end.endedAtUs || has(segment, "RST") || has(segment, "SYN"))
      continue;
    const said = end.sent.findLast((sent) => sent.sentAtUs < atUs && has(sent, "ACK"));
    const stamped = segment.options.some(({ name }) => name === "timestamps");
    const state = end.states.findLast((change) => change.atUs <= atUs)?.to;
    if (state !== "ESTABLISHED" || stamped || segment.seq !== said?.ack || said.window === 0)
      continue;
    const between = end.heard.some((other) => {
      return other.segment.length > 0 && other.atUs >= said.sentAtUs && other.atUs < atUs;
    });
    if (between) continue;
    const set = timers.some((timer) => timer.atUs === atUs && timer.deadlineUs === atUs + idle);
    if (set) continue;
    notes.broken("the peer was heard, and the idle time does not begin again", {
      ...{ atUs, host: end.host, segment: segment.id },
    });
  }
}

function checkEnd(run: Run, end: End, probes: readonly TraceSegment[], notes: Notes): void {
  notes.met("given up");
  const probed = probes.map(({ sentAtUs }) => sentAtUs);
  // What was not acceptable does not count as heard, and sets no timer.
  const fresh = timersOf(run, end, ["keep-alive"]).filter(({ action, atUs }) => {
    return (action === "start" || action === "restart") && !probed.includes(atUs);
  });
  const vain = probes.filter(({ sentAtUs }) => sentAtUs > (fresh.at(-1)?.atUs ?? end.bornAtUs));
  const wanted = given(run, end.host, "keepAliveProbes");
  const since = end.endedAtUs - (vain.at(-1)?.sentAtUs ?? end.bornAtUs);
  if (vain.length >= wanted && since >= given(run, end.host, "keepAliveIntervalUs")) return;
  const what = `given up ${since} µs after probe ${vain.length} in vain; ${wanted} would be right`;
  notes.broken(what, { atUs: end.endedAtUs, host: end.host });
}
