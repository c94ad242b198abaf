import { erlangB } from "../../stats/judge/erlang-b.ts";
import { type Oracle, type Settings, settingOf } from "../scenario.ts";

const SECOND_US = 1_000_000;

/** The first of the choices of `arrivals`. */
export const CONSTANT = 0;

/** How long a port is taken: two round trips, the hold, and TIME-WAIT. */
export function takenUs(settings: Settings): number {
  const { mslUs } = settings.profile.params;
  return 4 * settingOf(settings, "delay") + settingOf(settings, "hold") + 2 * mslUs;
}

export function portExhaustionOracles(settings: Settings): readonly Oracle[] {
  const rate = settingOf(settings, "rate");
  const ports = settingOf(settings, "ports");
  const offered = (rate * takenUs(settings)) / SECOND_US;
  const poisson = settingOf(settings, "arrivals") !== CONSTANT;
  const refused: Oracle = {
    name: "refused",
    claim: poisson
      ? {
          en: "the share of calls that are refused is Erlang's B(ports, rate × time a port is taken)",
          ko: "거절되는 호출의 비율은 얼랑 B(포트 수, 속도 × 포트가 쓰이는 시간)입니다",
        }
      : {
          en: "over whole periods, 1 − ports / (rate × time a port is taken) of all calls are refused",
          ko: "주기 전체에서 1 − 포트 수 / (속도 × 포트가 쓰이는 시간)만큼의 호출이 거절됩니다",
        },
    expected: poisson ? erlangB(ports, offered) : Math.max(0, 1 - ports / offered),
    unit: "ratio",
    observe: ({ measures: { counts } }) =>
      (counts.get("refused") ?? 0) / Math.max(1, counts.get("attempts") ?? 0),
  };
  if (poisson || offered <= ports) return [refused];
  const onset: Oracle = {
    name: "onset",
    claim: {
      en: "the first call is refused after ports / rate",
      ko: "포트 수 / 속도만큼 지나면 처음으로 거절됩니다",
    },
    expected: Math.floor((ports * SECOND_US) / rate),
    unit: "us",
    observe: ({ measures }) => measures.firsts.get("EADDRNOTAVAIL") ?? 0,
  };
  return [onset, refused];
}
