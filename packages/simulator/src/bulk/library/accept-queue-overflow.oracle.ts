import { type Oracle, type Settings, settingOf } from "../scenario.ts";

const SECOND_US = 1_000_000;

/** What the scenario measures: who came to the queue at once, and the shortest other wait. */
export const ADMITTED = "admitted";
export const RETRIED = "retried";

/** By this time every handshake is done that needed no second try. */
export function firstTryUs(settings: Settings): number {
  return settingOf(settings, "within") + 3 * settingOf(settings, "delay");
}

export function acceptQueueOverflowOracles(settings: Settings): readonly Oracle[] {
  const clients = settingOf(settings, "clients");
  const service = settingOf(settings, "service");
  const roundTripUs = 2 * settingOf(settings, "delay");
  const served = (service * settingOf(settings, "within")) / SECOND_US;
  const turnedAway = Math.max(0, clients - settingOf(settings, "backlog") - 1 - served);
  if (queueOfHalfOpenBinds(settings)) return [];
  const drops: Oracle = {
    name: "turned-away",
    claim: {
      en: "clients − backlog − 1 − service × burst do not get in at the first try",
      ko: "클라이언트 수 − backlog − 1 − 처리 속도 × 몰려오는 시간만큼은 처음에 들어가지 못합니다",
    },
    expected: turnedAway,
    unit: "count",
    // One in the worker's hands, one cut off by rounding; and what is served while ACKs travel.
    error: 2 + (service * roundTripUs) / SECOND_US,
    observe: ({ measures: { counts } }) => clients - (counts.get(ADMITTED) ?? 0),
  };
  if (turnedAway < 2 || service < 10) return [drops];
  return [drops, firstRetry(settings.profile.params.initialRtoUs + roundTripUs)];
}

/**
 * Where more than the backlog are half-open at once, their queue is full before
 * that of `accept`, and the formula is not this one.
 */
function queueOfHalfOpenBinds(settings: Settings): boolean {
  const { within, clients, delay, backlog } = settings.values;
  if (clients === undefined || delay === undefined || backlog === undefined) return true;
  return clients * 2 * delay > backlog * (within ?? 0);
}

function firstRetry(expected: number): Oracle {
  return {
    name: "first-retry",
    claim: {
      en: "whoever was turned away connects one initial timeout and a round trip later at the earliest",
      ko: "들어가지 못한 클라이언트는 빨라도 첫 타임아웃과 왕복 한 번 뒤에 연결됩니다",
    },
    expected,
    unit: "us",
    observe: ({ measures }) => measures.firsts.get(RETRIED) ?? 0,
  };
}
