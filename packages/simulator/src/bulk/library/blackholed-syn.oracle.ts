import type { Oracle, Settings } from "../scenario.ts";
import { type Retries, retries } from "./parts/retries.ts";

/** When a SYN that nobody answers is sent and given up, by the profile's values. */
export function synRetries({ profile: { params } }: Settings): Retries {
  const deadlineUs = params.synR2Exact === 1 ? params.synR2Us : Number.POSITIVE_INFINITY;
  const whole = retries(params, params.initialRtoUs, params.synR2Us, {
    linear: params.synLinear,
    deadlineUs,
  });
  const userTimeoutUs = params.userTimeoutUs || Number.POSITIVE_INFINITY;
  return {
    sentUs: whole.sentUs.filter((atUs) => atUs < userTimeoutUs),
    givenUpUs: Math.min(whole.givenUpUs, userTimeoutUs),
  };
}

export function blackholedSynOracles(settings: Settings): readonly Oracle[] {
  const { sentUs, givenUpUs } = synRetries(settings);
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
