import { type Oracle, type Settings, settingOf } from "../scenario.ts";

const SECOND_US = 1_000_000;

/** What the scenario measures: first tries that came through, and when each client was served. */
export const ADMITTED = "admitted";
export const SERVED = "served-again";

/** From the restart until every first try has come through, or has not. */
export function firstTryUs(settings: Settings): number {
  return settingOf(settings, "jitter") + 4 * settingOf(settings, "delay");
}

/** Opening is at half of what the server can do, so all are connected by now. */
export function restartUs(settings: Settings): number {
  const { clients = 0, service = 1 } = settings.values;
  return Math.ceil((2 * clients) / service + 1) * SECOND_US;
}

/** The least jitter at which the server keeps up: J = N/μ. */
function enoughUs(settings: Settings): number {
  return (settingOf(settings, "clients") * SECOND_US) / settingOf(settings, "service");
}

export function reconnectStampedeOracles(settings: Settings): readonly Oracle[] {
  const clients = settingOf(settings, "clients");
  const backlog = settingOf(settings, "backlog");
  const jitterUs = settingOf(settings, "jitter");
  const keepsUp = jitterUs >= enoughUs(settings);
  const served = (settingOf(settings, "service") * jitterUs) / SECOND_US;
  const turnedAway = keepsUp ? 0 : Math.max(0, clients - backlog - 1 - served);
  // Close to J = N/μ the queue walks at random, by about √N; a small one may then be full.
  const isCritical = keepsUp && backlog < 4 * Math.sqrt(clients);
  // Second tries mix with first ones.
  const isLong = turnedAway > 0 && firstTryUs(settings) >= settings.profile.params.initialRtoUs;
  if (isCritical || isLong || queueOfHalfOpenBinds(settings)) return [];
  const away = turnedAwayOracle(settings, turnedAway);
  return turnedAway > 0 ? [away] : [away, lastServedOracle(settings)];
}

/** Where more than the backlog are half-open at once, their queue is the one that is full. */
function queueOfHalfOpenBinds(settings: Settings): boolean {
  const atOnce = settingOf(settings, "clients") * 2 * settingOf(settings, "delay");
  return 2 * atOnce > settingOf(settings, "backlog") * settingOf(settings, "jitter");
}

function turnedAwayOracle(settings: Settings, expected: number): Oracle {
  const clients = settingOf(settings, "clients");
  const service = settingOf(settings, "service");
  const idle = service / Math.max(1, (clients * SECOND_US) / settingOf(settings, "jitter"));
  return {
    name: "turned-away",
    claim: {
      en: "clients − backlog − 1 − service × jitter do not get in at the first try; none if jitter ≥ clients / service",
      ko: "클라이언트 수 − backlog − 1 − 처리 속도 × 지터만큼은 처음에 들어가지 못합니다. 지터 ≥ 클라이언트 수 / 처리 속도면 모두 들어갑니다",
    },
    expected,
    unit: "count",
    // One in the worker's hands, one cut off, what is served while segments
    // travel, and the moments at the start when the worker has nothing to do.
    error:
      expected === 0
        ? 0
        : 2 +
          (service * 4 * settingOf(settings, "delay")) / SECOND_US +
          1 / Math.max(1e-9, 1 - idle),
    observe: ({ measures: { counts } }) => clients - (counts.get(ADMITTED) ?? 0),
  };
}

function lastServedOracle(settings: Settings): Oracle {
  const clients = settingOf(settings, "clients");
  const jitterUs = settingOf(settings, "jitter");
  const enough = enoughUs(settings);
  const gapUs = jitterUs / (clients + 1);
  return {
    name: "recovered",
    claim: {
      en: "the last client is served max(jitter, clients / service) after the restart",
      ko: "마지막 클라이언트는 재시작 뒤 max(지터, 클라이언트 수 / 처리 속도)에 처리됩니다",
    },
    expected: Math.max(jitterUs, enough),
    unit: "us",
    // At J = N/μ a queue of about √N is left at the end of the jitter.
    error: 4 * settingOf(settings, "delay") + 3 * gapUs + enough / Math.sqrt(clients),
    observe: ({ measures }) => measures.histogram(SERVED).max,
  };
}
