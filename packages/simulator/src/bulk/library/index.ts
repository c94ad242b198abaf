import type { BulkScenario } from "../scenario.ts";
import { acceptQueueOverflow } from "./accept-queue-overflow.ts";
import { addressInUse } from "./address-in-use.ts";
import { blackholedSyn } from "./blackholed-syn.ts";
import { challengeAckSideChannel } from "./challenge-ack-side-channel.ts";
import { closeWaitLeak } from "./close-wait-leak.ts";
import { conntrackHalfClose } from "./conntrack-half-close.ts";
import { crossingClose } from "./crossing-close.ts";
import { deadPeer } from "./dead-peer.ts";
import { finWait1Orphans } from "./fin-wait-1-orphans.ts";
import { finWait2PileUp } from "./fin-wait-2-pile-up.ts";
import { holePunch } from "./hole-punch.ts";
import { idleDrop } from "./idle-drop.ts";
import { keepaliveRace } from "./keepalive-race.ts";
import { lastAckLost } from "./last-ack-lost.ts";
import { mythBindFirst } from "./myth-bind-first.ts";
import { mythFinTimeout } from "./myth-fin-timeout.ts";
import { mythPerHost } from "./myth-per-host.ts";
import { portExhaustion } from "./port-exhaustion.ts";
import { reconnectStampede } from "./reconnect-stampede.ts";
import { resetOnClose } from "./reset-on-close.ts";
import { selfConnect } from "./self-connect.ts";
import { snatExhaustion } from "./snat-exhaustion.ts";
import { steady } from "./steady.ts";
import { synFlood } from "./syn-flood.ts";
import { timeWaitAssassination } from "./time-wait-assassination.ts";
import { tupleReuse } from "./tuple-reuse.ts";

/** Every load scenario, in the order in which lists show them. */
export const BULK_SCENARIOS: readonly BulkScenario[] = [
  steady,
  portExhaustion,
  mythPerHost,
  mythBindFirst,
  snatExhaustion,
  addressInUse,
  timeWaitAssassination,
  selfConnect,
  tupleReuse,
  mythFinTimeout,
  closeWaitLeak,
  acceptQueueOverflow,
  reconnectStampede,
  synFlood,
  finWait2PileUp,
  finWait1Orphans,
  challengeAckSideChannel,
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
