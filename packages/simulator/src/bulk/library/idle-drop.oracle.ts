import { type Oracle, type Settings, settingOf } from "../scenario.ts";
import { dataGivenUpUs, firstRtoUs } from "./parts/retries.ts";

/** The first of the choices of `forgotten`. */
export const SILENCE = 0;

/** The box hears the client last when it acknowledges the answer, maybe with a delay. */
function lostChance(settings: Settings): number {
  const keepAliveUs = settingOf(settings, "keepalive");
  const timeoutUs = settingOf(settings, "timeout");
  if (keepAliveUs > 0 && keepAliveUs <= timeoutUs) return 0;
  const { delayedAckUs } = settings.profile.params;
  return Math.exp(-(timeoutUs + delayedAckUs) / settingOf(settings, "gap"));
}

/** How long a request waits before its sender hears that the flow is gone. */
export function heard(settings: Settings): { readonly expected: number; readonly error: number } {
  const { params } = settings.profile;
  const delayUs = settingOf(settings, "delay");
  if (settingOf(settings, "forgotten") !== SILENCE) return { expected: delayUs, error: 0 };
  const expected = dataGivenUpUs(params, firstRtoUs(params, 2 * delayUs));
  // With every further sample RTTVAR comes nearer to 0.
  const leastRtoUs = Math.max(params.minRtoUs, 2 * delayUs + params.clockGranularityUs);
  return { expected, error: Math.abs(expected - dataGivenUpUs(params, leastRtoUs)) };
}

export function idleDropOracles(settings: Settings): readonly Oracle[] {
  const chance = lostChance(settings);
  const lost: Oracle = {
    name: "lost",
    claim: {
      en: "a gap costs its connection with P = e^(−rT), and never where keep-alive comes before T",
      ko: "유휴 간격이 연결을 잃을 확률은 e^(−rT)이며, keep-alive가 T보다 짧으면 0입니다",
    },
    expected: chance,
    unit: "ratio",
    error: chance === 0 ? 0 : 1 / settingOf(settings, "gap"),
    observe: ({ measures: { counts } }) => (counts.get("lost") ?? 0) / (counts.get("gaps") ?? 0),
  };
  // A late probe may have told of it just after the request was sent.
  if (settingOf(settings, "keepalive") > 0) return [lost];
  return [
    lost,
    {
      name: "heard",
      claim: {
        en: "the request's sender hears of it after R2, or at once where the box answers with a reset",
        ko: "보낸 쪽은 R2가 지나서야, 또는 장비가 RST로 응답하면 곧바로 알게 됩니다",
      },
      ...heard(settings),
      unit: "us",
      observe: ({ measures }) => measures.histogram("heard").mean,
    },
  ];
}
