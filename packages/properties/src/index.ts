export * from "./arbitraries/isn.ts";
export * from "./arbitraries/scenario.ts";
export * from "./arbitraries/tcp-segment.ts";
export * from "./arbitraries/trial.ts";
export * from "./check-laws.ts";
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
export { type Codec, encodeDecodeIdentity, encodeDecodeIdentityOf } from "./laws/codec.ts";
export { copiesAddUp } from "./laws/copies.ts";
export { everyFinAcknowledged } from "./laws/fin-acknowledged.ts";
export { runLaws } from "./laws/index.ts";
export { packetsHoldTheirSegments } from "./laws/packets.ts";
export { noResetAnswersReset } from "./laws/resets.ts";
export { type Replay, sameSeedSameDigest } from "./laws/same-seed.ts";
export { noDataAfterFin, synAndFinTakeOneNumber } from "./laws/sequence-space.ts";
export { deliveredIsPrefixOfSent } from "./laws/stream.ts";
export { timeWaitLasts2Msl } from "./laws/time-wait.ts";
export { outstandingIsTimed } from "./laws/timed.ts";
export { onlyPermittedTransitions, PERMITTED_ROWS } from "./laws/transitions.ts";
export { everyWaitIsPermitted } from "./laws/waiting.ts";
export { nothingPastTheWindow, receiveSpaceNeverGoesBack } from "./laws/windows.ts";
export type { End, Heard } from "./run/end.ts";
export { play, playUnlessStorm } from "./run/play.ts";
export * from "./run/run.ts";
export { EndlessRun, MOST_TRANSMISSIONS, Watcher } from "./run/watcher.ts";
