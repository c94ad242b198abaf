import { type Oracle, type Settings, settingOf } from "../scenario.ts";

/** What the scenario counts: guesses that were right and wrong, and those that looked right. */
export const RIGHT = "guesses-right";
export const WRONG = "guesses-wrong";
export const RIGHT_SEEN = "guesses-right-seen";
export const WRONG_SEEN = "guesses-wrong-seen";

/** The first of the choices of `limit-of`. */
export const HOST_WIDE = 0;

export function challengeAckSideChannelOracles(settings: Settings): readonly Oracle[] {
  const leaks = settingOf(settings, "limit-of") === HOST_WIDE;
  return [
    {
      name: "advantage",
      claim: leaks
        ? {
            en: "P(says right | is right) − P(says right | is wrong) = 1: the attacker always knows",
            ko: "P(맞다고 봄 | 맞음) − P(맞다고 봄 | 틀림) = 1. 공격자는 언제나 압니다",
          }
        : {
            en: "P(says right | is right) − P(says right | is wrong) = 0: no better than chance",
            ko: "P(맞다고 봄 | 맞음) − P(맞다고 봄 | 틀림) = 0. 우연보다 낫지 않습니다",
          },
      expected: leaks ? 1 : 0,
      unit: "ratio",
      observe: ({ measures: { counts } }) => {
        const share = (seen: string, all: string): number =>
          (counts.get(seen) ?? 0) / Math.max(1, counts.get(all) ?? 0);
        return share(RIGHT_SEEN, RIGHT) - share(WRONG_SEEN, WRONG);
      },
    },
  ];
}
