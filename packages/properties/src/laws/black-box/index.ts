import type { Law } from "../../law.ts";
import type { Run } from "../../run/run.ts";
import { noResetAnswersReset } from "../resets.ts";
import { noDataAfterFin, synAndFinTakeOneNumber } from "../sequence-space.ts";
import { deliveredIsPrefixOfSent } from "../stream.ts";
import { nothingPastTheWindow, receiveSpaceNeverGoesBack } from "../windows.ts";
import { acknowledgesWhatArrived } from "./acknowledges.ts";
import { everyCloseSendsFin } from "./closes.ts";
import { acknowledgedIsDelivered } from "./delivers.ts";
import { everyFinIsAnswered, timeWaitAcknowledgesFin } from "./fins.ts";
import { unansweredIsSentAgain } from "./sent-again.ts";

/**
 * The laws that a black box can be held to: segments, user calls and time are
 * enough to judge them. In the order in which a connection comes to them.
 */
export const blackBoxLaws: readonly Law<Run>[] = [
  synAndFinTakeOneNumber,
  acknowledgesWhatArrived,
  receiveSpaceNeverGoesBack,
  nothingPastTheWindow,
  deliveredIsPrefixOfSent,
  acknowledgedIsDelivered,
  noDataAfterFin,
  everyCloseSendsFin,
  everyFinIsAnswered,
  timeWaitAcknowledgesFin,
  unansweredIsSentAgain,
  noResetAnswersReset,
];
