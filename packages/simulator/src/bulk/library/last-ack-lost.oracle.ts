import { type Oracle, type Settings, settingOf } from "../scenario.ts";
import { firstRtoUs, retries } from "./parts/retries.ts";

/** Later rounds than this have no weight left. */
const MOST_ROUNDS = 64;

/** When the server sends its FIN, counted from the first time, if no answer comes. */
function finSentUs(settings: Settings): readonly number[] {
  const { params } = settings.profile;
  const rtoUs = firstRtoUs(params, 2 * settingOf(settings, "delay"));
  return retries(params, rtoUs, params.r2Us).sentUs.slice(0, MOST_ROUNDS);
}

/** Rounds until a FIN and its answer both come through; the last one ends it in any case. */
export function meanRounds(loss: number, rounds: number): number {
  const success = (1 - loss) ** 2;
  return (1 - (1 - success) ** rounds) / success;
}

/**
 * From the first FIN that comes through to the last one that finds TIME-WAIT:
 * each whose answer is lost may be followed by another.
 */
export function meanExtensionUs(
  sentUs: readonly number[],
  loss: number,
  timeWaitUs: number,
): number {
  const at = (round: number) => sentUs[round] ?? Number.POSITIVE_INFINITY;
  const known = new Map<number, number>();
  /** What is still to come: `last` has arrived, its answer is lost, and `next` is sent. */
  const more = (last: number, next: number): number => {
    const gapUs = at(next) - at(last);
    if (next >= sentUs.length || gapUs > timeWaitUs) return 0;
    const key = last * MOST_ROUNDS + next;
    const before = known.get(key);
    if (before !== undefined) return before;
    const arrives = (1 - loss) * (gapUs + loss * more(next, next + 1));
    const value = arrives + loss * more(last, next + 1);
    known.set(key, value);
    return value;
  };
  let mean = 0;
  let weight = 0;
  sentUs.forEach((_, first) => {
    const chance = loss ** first * (1 - loss);
    mean += chance * loss * more(first, first + 1);
    weight += chance;
  });
  return mean / weight;
}

export function lastAckLostOracles(settings: Settings): readonly Oracle[] {
  const loss = settingOf(settings, "loss") / 1_000_000;
  const timeWaitUs = 2 * settings.profile.params.mslUs;
  const sentUs = finSentUs(settings);
  return [
    {
      name: "fins",
      claim: {
        en: "the second FIN is sent until it and its answer come through: 1 / (1 − p)² times",
        ko: "두 번째 FIN은 그것과 응답이 모두 도착할 때까지 전송됩니다: 1 / (1 − p)² 번",
      },
      expected: meanRounds(loss, sentUs.length),
      unit: "count",
      observe: ({ counters, connections }) =>
        1 + (counters[1]?.RetransSegs ?? 0) / connections.opened,
    },
    {
      name: "time-wait",
      claim: {
        en: "TIME-WAIT lasts 2MSL from the last FIN that came, so it grows by the mean of its retransmissions",
        ko: "TIME-WAIT은 마지막으로 도착한 FIN부터 2MSL이므로 재전송 시간의 평균만큼 늘어납니다",
      },
      expected: timeWaitUs + meanExtensionUs(sentUs, loss, timeWaitUs),
      unit: "us",
      // Times are whole microseconds, and a FIN may come in the one in which 2MSL end.
      error: 1,
      observe: ({ measures }) => measures.histogram("time-wait").mean,
    },
  ];
}
