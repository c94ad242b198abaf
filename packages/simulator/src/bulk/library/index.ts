import type { BulkScenario } from "../scenario.ts";
import { blackholedSyn } from "./blackholed-syn.ts";
import { conntrackHalfClose } from "./conntrack-half-close.ts";
import { crossingClose } from "./crossing-close.ts";
import { deadPeer } from "./dead-peer.ts";
import { holePunch } from "./hole-punch.ts";
import { idleDrop } from "./idle-drop.ts";
import { keepaliveRace } from "./keepalive-race.ts";
import { lastAckLost } from "./last-ack-lost.ts";
import { portExhaustion } from "./port-exhaustion.ts";
import { resetOnClose } from "./reset-on-close.ts";
import { steady } from "./steady.ts";

/** Every load scenario, in the order in which lists show them. */
export const BULK_SCENARIOS: readonly BulkScenario[] = [
  steady,
  portExhaustion,
  keepaliveRace,
  idleDrop,
  deadPeer,
  blackholedSyn,
  conntrackHalfClose,
  resetOnClose,
  holePunch,
  lastAckLost,
  crossingClose,
];

/** The scenario of this name, if there is one. */
export function findBulkScenario(name: string): BulkScenario | undefined {
  return BULK_SCENARIOS.find((scenario) => scenario.name === name);
}
