import type { Trace } from "@synfin/simulator";
import type { Law } from "../../law.ts";
import { portRunOf } from "../../port/port-run.ts";
import type { Run } from "../../run/run.ts";
import { noDataAfterFin, synAndFinTakeOneNumber } from "../sequence-space.ts";
import { nothingPastTheWindow, receiveSpaceNeverGoesBack } from "../windows.ts";
import { acknowledgesWhatArrived } from "./acknowledges.ts";
import { everyFinIsAnswered } from "./fins.ts";
import { sentAgainIsTheSame } from "./same-octets.ts";
import { unansweredIsSentAgain } from "./sent-again.ts";

/**
 * The laws that a capture shows wherever on the way it was made: what permits
 * a segment has passed there before the segment did. They need all of a
 * connection's packets from its SYNs on, in both directions.
 */
export const captureLaws: readonly Law<Run>[] = [
  synAndFinTakeOneNumber,
  acknowledgesWhatArrived,
  nothingPastTheWindow,
  noDataAfterFin,
  sentAgainIsTheSame,
];

/**
 * The laws that a capture shows of the host at which it was made, and of no
 * other: elsewhere segments may have changed their order, and what was lost
 * on the way is not seen.
 */
export const captureHostLaws: readonly Law<Run>[] = [
  receiveSpaceNeverGoesBack,
  everyFinIsAnswered,
  unansweredIsSentAgain,
];

/**
 * Makes one captured connection ready for the laws. The trace has its packets
 * as segments that arrive when they are seen, each at a microsecond of its
 * own; there are neither states nor calls, and it may have gone on.
 *
 * @param at the name of the host at which it was captured; undefined to judge both ends
 */
export function captureRunOf(trace: Trace, at?: string): Run {
  return { ...portRunOf(trace, at, { cut: true }), hasCalls: false };
}
