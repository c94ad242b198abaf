import { type Oracle, type Settings, settingOf } from "../scenario.ts";
import { crossingChance } from "./parts/crossing.oracle.ts";

/** The first of the choices of `unsolicited`. */
export const SILENCE = 0;

export function holePunchOracles(settings: Settings): readonly Oracle[] {
  const pairs = settingOf(settings, "connections");
  const errorUs = settingOf(settings, "error");
  const chance = crossingChance(settingOf(settings, "delay"), errorUs);
  const isSilent = settingOf(settings, "unsolicited") === SILENCE;
  const { initialRtoUs } = settings.profile.params;
  // Whole microseconds; and who is later than an RTO may meet the second SYN of the other.
  const error = errorUs === 0 ? 0 : 1 / errorUs + Math.exp(-initialRtoUs / errorUs);
  return [
    {
      name: "crossed",
      claim: {
        en: "the SYNs cross if both dial less than a delay apart: 1 − e^(−delay / error)",
        ko: "두 연결 시도의 차이가 지연보다 작으면 SYN이 엇갈립니다: 1 − e^(−지연 / 오차)",
      },
      expected: chance,
      unit: "ratio",
      error,
      observe: ({ measures }) => (measures.counts.get("crossed") ?? 0) / pairs,
    },
    {
      name: "connected",
      claim: {
        en: "a silent box lets the later SYN open the connection; where boxes reset, only crossing does",
        ko: "조용한 장비에서는 늦은 SYN이 연결을 엽니다. RST를 보내는 장비에서는 엇갈려야만 열립니다",
      },
      expected: isSilent ? 1 : chance,
      unit: "ratio",
      error: isSilent ? 0 : error,
      observe: ({ connections }) => connections.established / pairs,
    },
  ];
}
