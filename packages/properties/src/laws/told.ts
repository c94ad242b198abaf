import { CAUSE_NAMES, Cause, SIGNAL_NAMES, Signal, type StateName } from "@synfin/core/tcp";
import type { TraceState } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import type { End } from "../run/end.ts";
import type { Run } from "../run/run.ts";

const RST = CAUSE_NAMES[Cause.RCV_RST];
const SILENCE: readonly string[] = [
  Cause.R2_TIMEOUT,
  Cause.USER_TIMEOUT,
  Cause.KEEP_ALIVE_TIMEOUT,
].map((cause) => CAUSE_NAMES[cause]);

/** Where a RST is "connection reset" to the user; in the last three states it is no news. */
const OPEN: readonly StateName[] = ["ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT"];

/**
 * The user is told what happened, by its right name and in that moment: that
 * the connection is there, that the peer has closed, that it was refused,
 * reset, or given up. And no one is told that the peer has closed unless its
 * FIN was taken: whether the peer closed or aborted is for the application to
 * know (RFC 9293 §3.6, MUST-12; §3.9.1.8; §3.10.7).
 */
export const userIsTold: Law<Run> = defineLaw({
  name: "userIsTold",
  source: "RFC 9293 §3.6 MUST-12, §3.8.3, §3.9.1.8, §3.10.7",
  says: "The user is told what becomes of the connection: closed, reset, refused or given up.",
  premises: ["connected", "peer closed", "connection reset", "connection refused", "timed out"],
  examine(run, notes) {
    for (const end of run.ends) {
      for (const change of end.states) checkTold(run, change, end, notes);
    }
    checkMadeUp(run, notes);
  },
});

/** What a change of state is to a user, by the name of its signal; undefined: it is no news. */
function newsOf({ from, to, cause }: TraceState, end: End): string | undefined {
  if (to === "ESTABLISHED") return SIGNAL_NAMES[Signal.CONNECTED];
  if (cause === CAUSE_NAMES[Cause.RCV_FIN]) return SIGNAL_NAMES[Signal.PEER_CLOSED];
  if (SILENCE.includes(cause)) return SIGNAL_NAMES[Signal.TIMED_OUT];
  if (cause !== RST || to !== "CLOSED") return undefined;
  if (OPEN.includes(from)) return SIGNAL_NAMES[Signal.RESET];
  const active = end.states[0]?.to === "SYN-SENT";
  const opening = from === "SYN-SENT" || from === "SYN-RECEIVED";
  return active && opening ? SIGNAL_NAMES[Signal.REFUSED] : undefined;
}

function checkTold(run: Run, change: TraceState, end: End, notes: Notes): void {
  const news = newsOf(change, end);
  if (news === undefined) return;
  notes.met(news);
  if (signalsAt(run, change.host, change.atUs).includes(news)) return;
  const what = `${change.from} to ${change.to} by ${change.cause}: its user is not told "${news}"`;
  notes.broken(what, { atUs: change.atUs, host: change.host });
}

function signalsAt({ trace }: Run, host: string, at: number): string[] {
  return trace.events.flatMap((event) => {
    return event.type === "signal" && event.host === host && event.atUs === at
      ? [event.signal]
      : [];
  });
}

/** "Peer closed" without a FIN that was taken is a lie. */
function checkMadeUp({ trace }: Run, notes: Notes): void {
  const took = trace.states.filter(({ cause }) => cause === CAUSE_NAMES[Cause.RCV_FIN]);
  for (const event of trace.events) {
    if (event.type !== "signal" || event.signal !== SIGNAL_NAMES[Signal.PEER_CLOSED]) continue;
    const { atUs, host } = event;
    if (took.some((change) => change.host === host && change.atUs === atUs)) continue;
    notes.broken("its user is told that the peer has closed, and no FIN was taken", { atUs, host });
  }
}
