import { type Oracle, type Settings, settingOf } from "../scenario.ts";

const MILLION = 1_000_000;

/** Whether the copy comes while the client is in TIME-WAIT, and its text came before the close. */
function comesInTime(settings: Settings): boolean {
  const delayUs = settingOf(settings, "delay");
  const holdUs = settingOf(settings, "hold");
  const lateUs = settingOf(settings, "late");
  const { mslUs } = settings.profile.params;
  return holdUs > 2 * delayUs && lateUs > holdUs && lateUs + 2 * delayUs < holdUs + 2 * mslUs;
}

export function assassinationOracles(settings: Settings): readonly Oracle[] {
  if (!comesInTime(settings)) return [];
  const ignores = settingOf(settings, "rfc1337") === 1;
  const share = ignores ? 0 : settingOf(settings, "share") / MILLION;
  const delayUs = settingOf(settings, "delay");
  const fullUs = 2 * delayUs + 2 * settings.profile.params.mslUs;
  const cutUs = 4 * delayUs + settingOf(settings, "late") - settingOf(settings, "hold");
  return [
    {
      name: "assassinated",
      claim: {
        en: "each copy that comes in TIME-WAIT ends it by the reset that its ACK draws; none does where F1 ignores resets",
        ko: "TIME-WAIT 중에 온 복사본은 그 ACK이 부른 리셋으로 TIME-WAIT을 끝냅니다. F1이 리셋을 무시하면 하나도 끝나지 않습니다",
      },
      expected: share,
      unit: "ratio",
      observe: ({ measures: { counts } }) =>
        (counts.get("assassinated") ?? 0) / Math.max(1, counts.get("time-waits") ?? 0),
    },
    {
      name: "since-close",
      claim: {
        en: "the tuple is free a round trip after the copy, or 2MSL after the last FIN, on average by their shares",
        ko: "튜플은 복사본이 온 뒤 왕복 한 번, 또는 마지막 FIN 뒤 2MSL이면 풀립니다. 평균은 그 비율을 따릅니다",
      },
      expected: share * cutUs + (1 - share) * fullUs,
      unit: "us",
      observe: ({ measures }) => measures.histogram("since-close").mean,
    },
  ];
}
