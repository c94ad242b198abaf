import { SynQueueFull } from "@synfin/core/tcp";
import { erlangB } from "../../stats/judge/erlang-b.ts";
import { type Capacity, type Oracle, type Settings, settingOf } from "../scenario.ts";
import { CONSTANT } from "./parts/arrivals.ts";
import { queueRoom, synQueueCapacity } from "./parts/listen-queues.oracle.ts";
import { retries } from "./parts/retries.ts";

const SECOND_US = 1_000_000;
const SERVER = 1;

/** What the scenario counts of its clients: who tried, and whom the server took. */
export const TRIED = "tried";
export const SERVED = "served";

/** How long a half-open connection that no one completes takes a place: up to R2 of the SYN,ACK. */
export function heldUs({ profile: { params } }: Settings): number {
  return retries(params, params.initialRtoUs, params.synAckR2Us).givenUpUs;
}

/** Half-open connections there would be if there were room for any number. */
function offered(settings: Settings): number {
  const flood = settingOf(settings, "flood") * heldUs(settings);
  const clients = settingOf(settings, "rate") * 2 * settingOf(settings, "delay");
  return (flood + clients) / SECOND_US;
}

/** SYNs a second that are enough to keep a queue with so much room full: room / 63 s on Linux. */
export function fillRate(room: number, placeHeldUs: number): number {
  return (room * SECOND_US) / placeHeldUs;
}

/** Cookies need no room; in the place of the oldest, a loss is a matter of chance at any rate. */
export function synFloodCapacity(settings: Settings): readonly Capacity[] {
  if (settingOf(settings, "policy") !== SynQueueFull.DROP) return [];
  const formula = {
    en: "(backlog + 1) / time that a SYN,ACK without an answer is sent again",
    ko: "(backlog + 1) / 응답 없는 SYN,ACK을 다시 보내는 시간",
  };
  return [synQueueCapacity(settings, heldUs(settings), formula)];
}

export function synFloodOracles(settings: Settings): readonly Oracle[] {
  const policy = settingOf(settings, "policy");
  const isEven = settingOf(settings, "arrivals") === CONSTANT;
  if (isEven) return policy === SynQueueFull.DROP ? [admitted(settings)] : [];
  // Nothing to count.
  if (settingOf(settings, "rate") === 0) return [];
  switch (policy) {
    case SynQueueFull.DROP:
      return [refused(dropClaim, erlangB(queueRoom(settings), offered(settings)))];
    case SynQueueFull.REPLACE:
      return replaced(settings);
    default:
      return [refused(cookieClaim, 0)];
  }
}

const dropClaim: Oracle["claim"] = {
  en: "the share of clients that find no place is Erlang's B(backlog + 1, flood × 63 s)",
  ko: "자리를 찾지 못하는 클라이언트의 비율은 얼랑 B(backlog + 1, 공격 속도 × 63초)입니다",
};

const cookieClaim: Oracle["claim"] = {
  en: "every client connects",
  ko: "모든 클라이언트가 연결됩니다",
};

const replaceClaim: Oracle["claim"] = {
  en: "a client is refused if backlog + 1 SYNs or more come within its round trip: a Poisson tail",
  ko: "왕복 시간 안에 backlog + 1개 이상의 SYN이 오면 클라이언트는 거절됩니다. 푸아송 분포의 꼬리입니다",
};

function refused(claim: Oracle["claim"], expected: number, error = 0): Oracle {
  return {
    name: "refused",
    claim,
    expected,
    unit: "ratio",
    error,
    observe: ({ measures: { counts } }) =>
      1 - (counts.get(SERVED) ?? 0) / Math.max(1, counts.get(TRIED) ?? 0),
  };
}

function replaced(settings: Settings): readonly Oracle[] {
  const room = queueRoom(settings);
  const [flood, rate] = [settingOf(settings, "flood"), settingOf(settings, "rate")];
  // The formula is for a queue that is always full.
  if (flood < 4 * fillRate(room, heldUs(settings))) return [];
  const mean = ((flood + rate) * 2 * settingOf(settings, "delay")) / SECOND_US;
  // A client that has just completed leaves a place, which the decisive SYN may fall into.
  const error = (rate / flood) * poisson(room, mean);
  return [refused(replaceClaim, poissonTail(room, mean), error)];
}

/** P(N = n) of a Poisson variable. */
function poisson(n: number, mean: number): number {
  let logarithm = -mean;
  for (let k = 1; k <= n; k += 1) logarithm += Math.log(mean / k);
  return Math.exp(logarithm);
}

/** P(N ≥ n). */
function poissonTail(n: number, mean: number): number {
  let below = 0;
  for (let k = 0; k < n; k += 1) below += poisson(k, mean);
  return Math.max(0, 1 - below);
}

function admitted(settings: Settings): Oracle {
  const room = queueRoom(settings);
  const perPeriod = (settingOf(settings, "flood") * heldUs(settings)) / SECOND_US;
  const periods = settingOf(settings, "periods");
  return {
    name: "admitted",
    claim: {
      en: "in each 63 s, backlog + 1 forged SYNs find a place, or all of them where that is fewer",
      ko: "63초마다 위조된 SYN이 backlog + 1개까지 자리를 얻습니다. 그보다 적으면 모두 얻습니다",
    },
    expected: Math.min(room, perPeriod) * periods,
    unit: "count",
    // A place is free again a moment before or after the next SYN; clients take one for a moment.
    error: periods * (1 + room / Math.max(1, perPeriod)),
    observe: ({ counters, measures }) =>
      (counters[SERVER]?.PassiveOpens ?? 0) - (measures.counts.get(SERVED) ?? 0),
  };
}
