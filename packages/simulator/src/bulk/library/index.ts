import type { BulkScenario } from "../scenario.ts";
import { blackholedSyn } from "./blackholed-syn.ts";
import { crossingClose } from "./crossing-close.ts";
import { deadPeer } from "./dead-peer.ts";
import { lastAckLost } from "./last-ack-lost.ts";
import { portExhaustion } from "./port-exhaustion.ts";
import { steady } from "./steady.ts";

/** Every load scenario, in the order in which lists show them. */
export const BULK_SCENARIOS: readonly BulkScenario[] = [
  steady,
  portExhaustion,
  deadPeer,
  blackholedSyn,
  lastAckLost,
  crossingClose,
];

/** The scenario of this name, if there is one. */
export function findBulkScenario(name: string): BulkScenario | undefined {
  return BULK_SCENARIOS.find((scenario) => scenario.name === name);
}
