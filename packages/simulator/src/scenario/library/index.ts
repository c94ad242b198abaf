import type { Scenario } from "../scenario.ts";
import {
  fourWayClose,
  halfClose,
  lostFin,
  lostLastAck,
  simultaneousClose,
  threeSegmentClose,
  timeWait,
} from "./closing.ts";
import { lostDataSack } from "./loss.ts";
import {
  lostAck,
  lostSyn,
  lostSynAck,
  oldDuplicateSyn,
  oldDuplicateSynListen,
  simultaneousOpen,
  threeWayHandshake,
} from "./opening.ts";
import { rstAbort, rstClosedPort, rstHalfOpen, rstHalfOpenData } from "./resets.ts";
import { stuckInCloseWait, stuckInFinWait1, stuckInFinWait2 } from "./stuck.ts";
import { challengeAck, keepAlive } from "./trust.ts";
import { windowScale, zeroWindow } from "./windows.ts";

/** The scenarios that ship, in the order in which a reader may want to meet them. */
export const scenarios: readonly Scenario[] = [
  threeWayHandshake,
  fourWayClose,
  threeSegmentClose,
  halfClose,
  simultaneousOpen,
  simultaneousClose,
  lostSyn,
  lostSynAck,
  lostAck,
  lostFin,
  lostLastAck,
  lostDataSack,
  windowScale,
  zeroWindow,
  rstClosedPort,
  rstAbort,
  rstHalfOpen,
  rstHalfOpenData,
  oldDuplicateSyn,
  oldDuplicateSynListen,
  challengeAck,
  keepAlive,
  timeWait,
  stuckInCloseWait,
  stuckInFinWait1,
  stuckInFinWait2,
];

/** The scenario of this name, if one ships. */
export function findScenario(name: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.name === name);
}
