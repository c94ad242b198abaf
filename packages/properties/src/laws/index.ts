import type { Law } from "../law.ts";
import type { Run } from "../run/run.ts";
import { acknowledgmentsAreGathered, textIsAcknowledgedInTime } from "./acknowledging.ts";
import { textGoesOutAtOnce } from "./at-once.ts";
import { halfClosedStillReceives, whoClosesFirstWaits } from "./closing.ts";
import { flightFitsTheNetwork } from "./congestion.ts";
import { copiesAddUp } from "./copies.ts";
import { everyFinAcknowledged } from "./fin-acknowledged.ts";
import { finGoesOutAtOnce, lostTextIsReset } from "./finishing.ts";
import { keepAliveKeepsItsTimes } from "./keep-alive.ts";
import { lastTextIsPushed, urgentTextIsMarked } from "./marks.ts";
import { segmentsFitTheMss } from "./mss.ts";
import { isnFollowsTheClock } from "./numbers.ts";
import { everyOpenIsResolved, oldSynOpensNothing } from "./opens.ts";
import { packetsHoldTheirSegments } from "./packets.ts";
import { noResetAnswersReset, resetOutsideChangesNothing } from "./resets.ts";
import { retransmissionFollowsSchedule } from "./schedule.ts";
import { noDataAfterFin, synAndFinTakeOneNumber } from "./sequence-space.ts";
import { windowsAreNotSilly } from "./silly-windows.ts";
import { deliveredIsPrefixOfSent } from "./stream.ts";
import { refusedGoesBackToTimeWait, timeWaitLasts2Msl } from "./time-wait.ts";
import { outstandingIsTimed } from "./timed.ts";
import { userIsTold } from "./told.ts";
import { onlyPermittedTransitions } from "./transitions.ts";
import { everyWaitIsPermitted } from "./waiting.ts";
import { nothingPastTheWindow, receiveSpaceNeverGoesBack } from "./windows.ts";

/** Every law that a single run can be held to. */
export const runLaws: readonly Law<Run>[] = [
  everyFinAcknowledged,
  timeWaitLasts2Msl,
  onlyPermittedTransitions,
  packetsHoldTheirSegments,
  deliveredIsPrefixOfSent,
  noDataAfterFin,
  synAndFinTakeOneNumber,
  nothingPastTheWindow,
  receiveSpaceNeverGoesBack,
  noResetAnswersReset,
  copiesAddUp,
  everyWaitIsPermitted,
  outstandingIsTimed,
  textIsAcknowledgedInTime,
  acknowledgmentsAreGathered,
  textGoesOutAtOnce,
  halfClosedStillReceives,
  whoClosesFirstWaits,
  flightFitsTheNetwork,
  finGoesOutAtOnce,
  lostTextIsReset,
  keepAliveKeepsItsTimes,
  lastTextIsPushed,
  urgentTextIsMarked,
  segmentsFitTheMss,
  isnFollowsTheClock,
  everyOpenIsResolved,
  oldSynOpensNothing,
  retransmissionFollowsSchedule,
  windowsAreNotSilly,
  userIsTold,
  resetOutsideChangesNothing,
  refusedGoesBackToTimeWait,
];
