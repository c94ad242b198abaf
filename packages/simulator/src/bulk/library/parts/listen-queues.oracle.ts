import { SynQueueFull } from "@synfin/core/tcp";
import type { BulkResult } from "../../result.ts";
import { type Capacity, type Settings, settingOf } from "../../scenario.ts";
import { ACCEPT_QUEUE_FULL, SYN_QUEUE_FULL } from "./listen-queues.ts";

const SECOND_US = 1_000_000;
const SERVER = 1;

/**
 * How many each queue of a listener has room for: one more than the backlog,
 * because Linux turns the next one away where "greater than" the backlog are in
 * it: `sk_acceptq_is_full` and, from 6.14 on, `inet_csk_reqsk_queue_is_full`,
 * which said "at least" before ("tcp/dccp: allow a connection when
 * sk_max_ack_backlog is zero", January 2025, in the stable series, too).
 */
export function queueRoom(settings: Settings): number {
  return settingOf(settings, "backlog") + 1;
}

/**
 * What the accept queue can carry of a burst: `clients` that come evenly to one
 * worker. While they come it takes `service` in each second and has one in its
 * hands, and the others wait.
 */
function acceptQueueCapacity(settings: Settings): Capacity {
  const clients = settingOf(settings, "clients");
  const service = settingOf(settings, "service");
  const inHand = service > 0 ? 1 : 0;
  const tooMany = clients - queueRoom(settings) - inHand;
  return {
    resource: { en: "accept queue", ko: "accept 큐" },
    counter: "ListenOverflows",
    perSecond: tooMany <= 0 ? Number.POSITIVE_INFINITY : (clients * service) / tooMany,
    formula: {
      en: "clients × service / (clients − backlog − 2)",
      ko: "클라이언트 수 × 처리 속도 / (클라이언트 수 − backlog − 2)",
    },
    usedUpAtUs: ({ counters, measures }) =>
      counters[SERVER]?.ListenOverflows ? measures.firsts.get(ACCEPT_QUEUE_FULL) : undefined,
  };
}

/** What the queue of half-open connections can carry if each is in it for so long. */
export function synQueueCapacity(
  settings: Settings,
  placeHeldUs: number,
  formula: Capacity["formula"],
): Capacity {
  return {
    resource: { en: "SYN queue", ko: "SYN 큐" },
    counter: "ListenDrops",
    perSecond: (queueRoom(settings) * SECOND_US) / placeHeldUs,
    formula,
    usedUpAtUs: (result) =>
      synsDropped(result) > 0 ? result.measures.firsts.get(SYN_QUEUE_FULL) : undefined,
  };
}

/** `ListenOverflows` are those that found the accept queue full. */
function synsDropped({ counters }: BulkResult): number {
  const { ListenDrops = 0, ListenOverflows = 0 } = counters[SERVER] ?? {};
  return ListenDrops - ListenOverflows;
}

/** What both queues can carry of a burst of `clients` with this `delay`. */
export function burstCapacity(settings: Settings): readonly Capacity[] {
  const acceptQueue = acceptQueueCapacity(settings);
  const fits = settingOf(settings, "clients") <= queueRoom(settings);
  if (fits || settings.profile.params.synQueueFull !== SynQueueFull.DROP) return [acceptQueue];
  const roundTripUs = 2 * settingOf(settings, "delay");
  const formula = { en: "(backlog + 1) / round trip", ko: "(backlog + 1) / 왕복 시간" };
  return [acceptQueue, synQueueCapacity(settings, roundTripUs, formula)];
}
