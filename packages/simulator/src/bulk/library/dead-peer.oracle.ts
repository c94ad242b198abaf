import { type Oracle, type Settings, settingOf } from "../scenario.ts";
import { dataGivenUpUs, firstRtoUs } from "./parts/retries.ts";

/** How long data waits for an answer before its sender hears ETIMEDOUT. */
export function stuckUs(settings: Settings): number {
  const { params } = settings.profile;
  return dataGivenUpUs(params, firstRtoUs(params, 2 * settingOf(settings, "delay")));
}

/** How long keep-alive takes to find that nobody is there. */
export function foundUs(settings: Settings): number {
  const { keepAliveIntervalUs, keepAliveProbes } = settings.profile.params;
  return settingOf(settings, "keepalive") + keepAliveProbes * keepAliveIntervalUs;
}

export function deadPeerOracles(settings: Settings): readonly Oracle[] {
  const writers = settingOf(settings, "writers");
  const stuck: Oracle = {
    name: "stuck",
    claim: {
      en: "what is written is given up after R2, keep-alive or not (MUST-26)",
      ko: "쓴 데이터는 keep-alive와 관계없이 R2가 지나야 포기됩니다 (MUST-26)",
    },
    expected: stuckUs(settings),
    unit: "us",
    observe: ({ measures }) => measures.histogram("stuck").mean,
  };
  const found: Oracle = {
    name: "found",
    claim: {
      en: "an idle connection is found dead after the idle time and all probes",
      ko: "유휴 연결은 유휴 시간과 모든 프로브가 지나면 끊어진 것으로 드러납니다",
    },
    expected: foundUs(settings),
    unit: "us",
    observe: ({ measures }) => measures.histogram("found").mean,
  };
  const unaware: Oracle = {
    name: "unaware",
    claim: {
      en: "an idle connection without keep-alive never learns that its peer is gone",
      ko: "keep-alive가 없는 유휴 연결은 상대가 사라진 것을 영영 모릅니다",
    },
    expected: 0,
    unit: "us",
    observe: ({ measures }) => measures.histogram("found").count,
  };
  const idle = settingOf(settings, "keepalive") > 0 ? found : unaware;
  return [...(writers > 0 ? [stuck] : []), ...(writers < 1_000_000 ? [idle] : [])];
}
