import { type Oracle, type Settings, settingOf } from "../scenario.ts";

export function finTimeoutOracles(settings: Settings): readonly Oracle[] {
  const timeWait: Oracle = {
    name: "time-wait",
    claim: {
      en: "TIME-WAIT lasts 2MSL, whatever tcp_fin_timeout says",
      ko: "tcp_fin_timeout이 얼마든 TIME-WAIT은 2MSL 동안 계속됩니다",
    },
    expected: 2 * settings.profile.params.mslUs,
    unit: "us",
    observe: ({ measures }) => measures.histogram("time-wait").mean,
  };
  if (settingOf(settings, "connections") < 2) return [timeWait];
  const finWait2: Oracle = {
    name: "fin-wait-2",
    claim: {
      en: "an orphan whose peer does not close leaves FIN-WAIT-2 after tcp_fin_timeout",
      ko: "상대가 닫지 않는 고아 연결은 tcp_fin_timeout이 지나면 FIN-WAIT-2를 떠납니다",
    },
    expected: settingOf(settings, "fin-timeout"),
    unit: "us",
    observe: ({ measures }) => measures.histogram("fin-wait-2").mean,
  };
  return [timeWait, finWait2];
}
