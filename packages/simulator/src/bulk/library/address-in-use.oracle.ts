import { type Oracle, type Settings, settingOf } from "../scenario.ts";

export const SERVER_CLOSES = 0;

/** When the last TIME-WAIT of the old server ends, counted from its end. */
export function lastTimeWaitUs(settings: Settings): number {
  const closesFirst = settingOf(settings, "closes-first") === SERVER_CLOSES;
  if (!closesFirst) return 0;
  return 2 * settingOf(settings, "delay") + 2 * settings.profile.params.mslUs;
}

export function addressInUseOracles(settings: Settings): readonly Oracle[] {
  const reuses = settingOf(settings, "reuse-address") === 1;
  const everyUs = settingOf(settings, "retry");
  const waitsUs = reuses ? 0 : lastTimeWaitUs(settings);
  return [
    {
      name: "down",
      claim: {
        en: "bind fails until the last TIME-WAIT is over, a round trip and 2MSL after the close, and succeeds at the first try after it; at once with SO_REUSEADDR, or where the clients had closed before",
        ko: "bind는 마지막 TIME-WAIT이 끝날 때(닫은 뒤 왕복 한 번과 2MSL)까지 실패하고 그다음 시도에서 성공합니다. SO_REUSEADDR를 쓰거나 클라이언트가 먼저 닫았다면 바로 성공합니다",
      },
      // At the very end, the timer and the try are one moment: either may come first.
      expected: Math.ceil(waitsUs / everyUs) * everyUs,
      unit: "us",
      ...(waitsUs > 0 && waitsUs % everyUs === 0 ? { error: everyUs } : {}),
      observe: ({ measures }) => measures.histogram("down").mean,
    },
  ];
}
