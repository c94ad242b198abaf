import type { Law } from "../law.ts";
import type { Run } from "../run/run.ts";
import { copiesAddUp } from "./copies.ts";
import { everyFinAcknowledged } from "./fin-acknowledged.ts";
import { packetsHoldTheirSegments } from "./packets.ts";
import { noResetAnswersReset } from "./resets.ts";
import { noDataAfterFin, synAndFinTakeOneNumber } from "./sequence-space.ts";
import { deliveredIsPrefixOfSent } from "./stream.ts";
import { timeWaitLasts2Msl } from "./time-wait.ts";
import { outstandingIsTimed } from "./timed.ts";
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
];
