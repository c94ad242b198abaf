import type { Oracle, Settings } from "../scenario.ts";
import { type Retries, synRetries } from "./parts/retries.ts";

/** When a connect that nobody answers sends its SYN and is given up, by its user's timeout, too. */
export function connectRetries({ profile: { params } }: Settings): Retries {
  const whole = synRetries(params);
  const userTimeoutUs = params.userTimeoutUs || Number.POSITIVE_INFINITY;
  return {
    sentUs: whole.sentUs.filter((atUs) => atUs < userTimeoutUs),
    givenUpUs: Math.min(whole.givenUpUs, userTimeoutUs),
  };
}

export function blackholedSynOracles(settings: Settings): readonly Oracle[] {
  const { sentUs, givenUpUs } = connectRetries(settings);
  return [
    {
      name: "given-up",
      claim: {
        en: "connect fails with ETIMEDOUT at the end of the profile's SYN schedule",
        ko: "connect는 프로필의 SYN 재전송 일정이 끝날 때 ETIMEDOUT으로 실패합니다",
      },
      expected: givenUpUs,
      unit: "us",
      observe: ({ measures }) => measures.histogram("given-up").mean,
    },
    {
      name: "syns",
      claim: {
        en: "each has sent its SYN so many times by then",
        ko: "그때까지 연결마다 이만큼의 SYN을 보냅니다",
      },
      expected: sentUs.length,
      unit: "count",
      observe: ({ counters, connections }) => (counters[0]?.OutSegs ?? 0) / connections.opened,
    },
  ];
}
