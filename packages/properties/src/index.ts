export { bothWaysTrial } from "./arbitraries/both-ways-trial.ts";
export { faultText } from "./arbitraries/fault.ts";
export { givenUpTrial } from "./arbitraries/given-up-trial.ts";
export * from "./arbitraries/isn.ts";
export { link } from "./arbitraries/link.ts";
export { machineTrial } from "./arbitraries/machine-trial.ts";
export { describePortTrial, type PortTrial, portTrial } from "./arbitraries/port-trial.ts";
export { reopenedTrial } from "./arbitraries/reopened-trial.ts";
export * from "./arbitraries/scenario.ts";
export { anySegment, type SegmentShape, shapeSegment } from "./arbitraries/segment-shape.ts";
export * from "./arbitraries/tcp-segment.ts";
export * from "./arbitraries/trial.ts";
export * from "./arbitraries/twin.ts";
export { urgentTrial } from "./arbitraries/urgent-trial.ts";
export {
  assertLaws,
  checkLaws,
  formatCoverage,
  type LawReport,
  type LawTrials,
  SKIPPED,
} from "./check-laws.ts";
export { checkPort, PORT_LEAST, type PortTrials } from "./check-port.ts";
export { Coverage, type CoverageCounts } from "./coverage.ts";
export * from "./describe.ts";
export {
  type Breach,
  defineLaw,
  type Findings,
  formatBreach,
  type Law,
  type LawParts,
  Notes,
  type Place,
} from "./law.ts";
export { acknowledgmentsAreGathered, textIsAcknowledgedInTime } from "./laws/acknowledging.ts";
export { textGoesOutAtOnce } from "./laws/at-once.ts";
export { acknowledgesWhatArrived } from "./laws/black-box/acknowledges.ts";
export { captureHostLaws, captureLaws, captureRunOf } from "./laws/black-box/capture.ts";
export { everyCloseSendsFin } from "./laws/black-box/closes.ts";
export { acknowledgedIsDelivered } from "./laws/black-box/delivers.ts";
export { everyFinIsAnswered, timeWaitAcknowledgesFin } from "./laws/black-box/fins.ts";
export { blackBoxLaws } from "./laws/black-box/index.ts";
export { sentAgainIsTheSame } from "./laws/black-box/same-octets.ts";
export { unansweredIsSentAgain } from "./laws/black-box/sent-again.ts";
export { halfClosedStillReceives, whoClosesFirstWaits } from "./laws/closing.ts";
export { type Codec, encodeDecodeIdentity, encodeDecodeIdentityOf } from "./laws/codec.ts";
export { flightFitsTheNetwork } from "./laws/congestion.ts";
export { congestionWindowKeepsItsPace } from "./laws/congestion-window.ts";
export { copiesAddUp } from "./laws/copies.ts";
export { everyFinAcknowledged } from "./laws/fin-acknowledged.ts";
export { finGoesOutAtOnce, lostTextIsReset } from "./laws/finishing.ts";
export { runLaws } from "./laws/index.ts";
export { keepAliveKeepsItsTimes } from "./laws/keep-alive.ts";
export {
  anySegmentIsSurvived,
  machineLaws,
  onlyTheWindowIsTaken,
  sendWindowIsKept,
  shutWindowStillListens,
  synSaysTheMss,
} from "./laws/machine-steps.ts";
export { lastTextIsPushed, urgentTextIsMarked } from "./laws/marks.ts";
export { segmentsFitTheMss } from "./laws/mss.ts";
export { isnFollowsTheClock } from "./laws/numbers.ts";
export { everyOpenIsResolved, oldSynOpensNothing } from "./laws/opens.ts";
export { packetsHoldTheirSegments } from "./laws/packets.ts";
export { badOptionsDoNoHarm, readersAgree } from "./laws/readers.ts";
export { noResetAnswersReset, resetOutsideChangesNothing } from "./laws/resets.ts";
export { type Replay, sameSeedSameDigest } from "./laws/same-seed.ts";
export { retransmissionFollowsSchedule } from "./laws/schedule.ts";
export { isnIsSecret, type SeedPair } from "./laws/secret-numbers.ts";
export { noDataAfterFin, synAndFinTakeOneNumber } from "./laws/sequence-space.ts";
export { windowsAreNotSilly } from "./laws/silly-windows.ts";
export { deliveredIsPrefixOfSent } from "./laws/stream.ts";
export { refusedGoesBackToTimeWait, timeWaitLasts2Msl } from "./laws/time-wait.ts";
export { outstandingIsTimed } from "./laws/timed.ts";
export { userIsTold } from "./laws/told.ts";
export { onlyPermittedTransitions, PERMITTED_ROWS } from "./laws/transitions.ts";
export { shiftedNumbersChangeNothing, swappedEndsMirrorTheRun } from "./laws/twins.ts";
export { everyWaitIsPermitted } from "./laws/waiting.ts";
export { nothingPastTheWindow, receiveSpaceNeverGoesBack } from "./laws/windows.ts";
export { machinePort } from "./port/machine-port.ts";
export { PortFailure, playPort } from "./port/play-port.ts";
export * from "./port/port.ts";
export {
  type PlainSegment,
  type PortReport,
  type PortTcp,
  portOf,
  type Refusal,
} from "./port/port-of.ts";
export { portRunOf } from "./port/port-run.ts";
export { PortError } from "./port/read-output.ts";
export type { End, Heard } from "./run/end.ts";
export { type MachineStep, type MachineTrial, type Move, stepMachine } from "./run/machine-step.ts";
export { play, playUnlessStorm } from "./run/play.ts";
export * from "./run/run.ts";
export { type HostNumbers, mirroredTwin, shiftedTwin, type Twin } from "./run/twins.ts";
export { EndlessRun, MOST_TRANSMISSIONS, Watcher } from "./run/watcher.ts";
