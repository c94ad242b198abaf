import { type Oracle, type Settings, settingOf } from "../scenario.ts";

/** The FIN's acknowledgment, which may be delayed, is the last that the box sees. */
export function conntrackHalfCloseOracles(settings: Settings): readonly Oracle[] {
  const { delayedAckUs } = settings.profile.params;
  const quietUs = settingOf(settings, "timeout") + delayedAckUs;
  const halfCloses = settingOf(settings, "half-close") === 1;
  const pauseUs = settingOf(settings, "pause");
  const expected = halfCloses ? Math.exp(-quietUs / pauseUs) : 0;
  return [
    {
      name: "lost",
      claim: {
        en: "the answer is lost if the server thinks for longer than the timeout: e^(−timeout / pause)",
        ko: "서버가 시간 제한보다 오래 생각하면 응답을 잃습니다: e^(−시간 제한 / 평균 시간)",
      },
      expected,
      unit: "ratio",
      error: expected === 0 ? 0 : 1 / pauseUs,
      observe: ({ failures, connections }) => (failures.get("ETIMEDOUT") ?? 0) / connections.opened,
    },
  ];
}
