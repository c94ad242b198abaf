import { type Oracle, type Settings, settingOf } from "../scenario.ts";
import { crossingChance } from "./parts/crossing.oracle.ts";

/** The first of the choices of `closers`. */
export const BOTH = 0;

export function crossingCloseOracles(settings: Settings): readonly Oracle[] {
  const errorUs = settingOf(settings, "error");
  const isMutual = settingOf(settings, "closers") === BOTH;
  const chance = isMutual ? crossingChance(settingOf(settings, "delay"), errorUs) : 0;
  // Times are whole microseconds, so |Δ| = delay itself has a chance, too.
  const error = errorUs === 0 ? 0 : 1 / errorUs;
  return [
    {
      name: "crossed",
      claim: {
        en: "the FINs cross if the closes are less than a delay apart: 1 − e^(−delay / error)",
        ko: "두 close의 차이가 지연보다 작으면 FIN이 엇갈립니다: 1 − e^(−지연 / 오차)",
      },
      expected: chance,
      unit: "ratio",
      error,
      observe: ({ measures, connections }) =>
        (measures.counts.get("crossed") ?? 0) / (2 * connections.established),
    },
    {
      name: "time-waits",
      claim: {
        en: "then both ends pass through TIME-WAIT, otherwise one does: 1 + P(crossed)",
        ko: "엇갈리면 양쪽 모두, 아니면 한쪽만 TIME-WAIT을 거칩니다: 1 + P(엇갈림)",
      },
      expected: 1 + chance,
      unit: "ratio",
      error,
      observe: ({ counters, connections }) =>
        counters.reduce((sum, { TW }) => sum + TW, 0) / connections.established,
    },
  ];
}
