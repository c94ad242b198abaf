import { type Oracle, type Settings, settingOf } from "../scenario.ts";

/** The choices of `how`, in order. */
export const LINGER = 0;
export const UNREAD = 1;
export const READ = 2;

export function resetOnCloseOracles(settings: Settings): readonly Oracle[] {
  const how = settingOf(settings, "how");
  const gapUs = settingOf(settings, "gap");
  const holdUs = settingOf(settings, "hold");
  const roundTripUs = 2 * settingOf(settings, "delay");
  const written = (settingOf(settings, "octets") * holdUs) / gapUs;
  // A write that comes after the close draws a reset, too, until the writer has the FIN.
  const quietUs = how === UNREAD ? holdUs + roundTripUs : roundTripUs;
  return [
    {
      name: "unread",
      claim: {
        en: "what was acknowledged and is never read: octets × hold / gap, or nothing where it is read",
        ko: "확인 응답까지 받았으나 읽히지 않은 데이터: 옥텟 × 유지 시간 / 간격, 읽으면 0",
      },
      expected: how === READ ? 0 : written,
      unit: "octets",
      observe: ({ measures, connections }) =>
        (measures.counts.get("unread") ?? 0) / connections.established,
    },
    {
      name: "time-waits",
      claim: {
        en: "a reset leaves no TIME-WAIT; without one, all that comes until the FIN is there: e^(−t / gap)",
        ko: "RST는 TIME-WAIT을 남기지 않습니다. RST 없이 닫힐 확률은 e^(−t / 간격)입니다",
      },
      expected: how === LINGER ? 0 : Math.exp(-quietUs / gapUs),
      unit: "ratio",
      error: how === LINGER ? 0 : 1 / gapUs,
      observe: ({ counters, connections }) =>
        counters.reduce((sum, { TW }) => sum + TW, 0) / connections.established,
    },
  ];
}
