import { type Oracle, type Settings, settingOf } from "../scenario.ts";

/**
 * A gap is fatal if the request is sent before the FIN arrives, which is after
 * `timeout`, and arrives after the server has closed, which it does a round
 * trip later than a gap of `timeout` − RTT.
 */
function raceChance(settings: Settings): number {
  const gapUs = settingOf(settings, "gap");
  const timeoutUs = settingOf(settings, "timeout");
  const retireUs = settingOf(settings, "client-timeout") || Number.POSITIVE_INFINITY;
  const fromUs = Math.max(0, timeoutUs - 2 * settingOf(settings, "delay"));
  const toUs = Math.min(timeoutUs, retireUs);
  return Math.max(0, Math.exp(-fromUs / gapUs) - Math.exp(-toUs / gapUs));
}

export function keepaliveRaceOracles(settings: Settings): readonly Oracle[] {
  const expected = raceChance(settings);
  return [
    {
      name: "reset",
      claim: {
        en: "a gap ends in ECONNRESET with P = e^(−rT) (e^(r·RTT) − 1), about r·RTT·e^(−rT)",
        ko: "유휴 간격이 ECONNRESET으로 끝날 확률은 e^(−rT) (e^(r·RTT) − 1), 대략 r·RTT·e^(−rT)입니다",
      },
      expected,
      unit: "ratio",
      // A request may come in the very microsecond of the close.
      error: expected === 0 ? 0 : 1 / settingOf(settings, "gap"),
      observe: ({ failures, measures }) =>
        (failures.get("ECONNRESET") ?? 0) / (measures.counts.get("gaps") ?? 0),
    },
  ];
}
