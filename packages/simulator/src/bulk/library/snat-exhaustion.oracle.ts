import { erlangB } from "../../stats/judge/erlang-b.ts";
import { type Capacity, type Oracle, type Settings, settingOf } from "../scenario.ts";
import { CONSTANT } from "./parts/arrivals.ts";

const SECOND_US = 1_000_000;
const MINUTE_US = 60 * SECOND_US;

/** What the scenario measures: when the NAT had no port for the first time, and who gave up. */
export const NO_PORT = "no-snat-port";
export const TIMED_OUT = "timed-out";

/** How long the NAT's port is taken: a round trip and a half, the hold, and the NAT's own wait. */
export function mappedUs(settings: Settings): number {
  return 3 * settingOf(settings, "delay") + settingOf(settings, "hold") + natHoldUs(settings);
}

function natHoldUs(settings: Settings): number {
  return settingOf(settings, "nat-hold");
}

export function snatExhaustionOracles(settings: Settings): readonly Oracle[] {
  // Who waits for the SYN to be sent again comes twice, and is no Poisson process any more.
  const retries = settingOf(settings, "give-up") >= settings.profile.params.initialRtoUs;
  if (retries) return [];
  const ports = settingOf(settings, "ports");
  const rate = settingOf(settings, "rate");
  const offered = (rate * mappedUs(settings)) / MINUTE_US;
  const isEven = settingOf(settings, "arrivals") === CONSTANT;
  const failed: Oracle = {
    name: "timed-out",
    claim: isEven
      ? {
          en: "over whole periods, 1 − ports / (rate × time a port of the NAT is taken) of all calls time out",
          ko: "주기 전체에서 1 − 포트 수 / (속도 × NAT의 포트가 쓰이는 시간)만큼의 호출이 시간을 넘깁니다",
        }
      : {
          en: "the share of calls that time out is Erlang's B(ports, rate × time a port of the NAT is taken)",
          ko: "시간을 넘기는 호출의 비율은 얼랑 B(포트 수, 속도 × NAT의 포트가 쓰이는 시간)입니다",
        },
    expected: isEven ? Math.max(0, 1 - ports / offered) : erlangB(ports, offered),
    unit: "ratio",
    ...(isEven ? { error: 1 / offered } : {}),
    observe: ({ measures: { counts } }) =>
      (counts.get(TIMED_OUT) ?? 0) / Math.max(1, counts.get("attempts") ?? 0),
  };
  return [failed];
}

/** At an even rate every port is free again when its turn comes, up to P/T calls a second. */
export function snatCapacity(settings: Settings): readonly Capacity[] {
  return [
    {
      resource: { en: "SNAT ports", ko: "SNAT 포트" },
      perSecond: (settingOf(settings, "ports") * SECOND_US) / mappedUs(settings),
      formula: {
        en: "ports / time that the NAT keeps each",
        ko: "포트 수 / NAT가 포트를 붙잡는 시간",
      },
      usedUpAtUs: ({ measures: { firsts } }) => firsts.get(NO_PORT),
    },
  ];
}
