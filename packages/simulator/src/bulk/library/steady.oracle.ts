import { type Oracle, type Settings, settingOf } from "../scenario.ts";

/** How long a port is taken: handshake, hold, FIN and its answers, 2MSL. */
export function lifeUs(settings: Settings): number {
  const roundTripUs = 2 * settingOf(settings, "delay");
  return 2 * roundTripUs + settingOf(settings, "hold") + 2 * settings.profile.params.mslUs;
}

export function steadyOracles(settings: Settings): readonly Oracle[] {
  const connections = settingOf(settings, "connections");
  // Who may wait with an ACK lets the FIN carry it, since the server closes at once.
  const waits = settings.profile.params.delayedAckUs > 0;
  const withoutLoss: Oracle[] =
    settingOf(settings, "loss") > 0
      ? []
      : [
          {
            name: "segments",
            claim: waits
              ? {
                  en: "six segments for each connection: SYN, SYN-ACK, ACK, FIN, FIN-ACK, ACK",
                  ko: "연결마다 세그먼트 여섯 개: SYN, SYN-ACK, ACK, FIN, FIN-ACK, ACK",
                }
              : {
                  en: "seven segments for each connection: SYN, SYN-ACK, ACK, FIN, ACK, FIN, ACK",
                  ko: "연결마다 세그먼트 일곱 개: SYN, SYN-ACK, ACK, FIN, ACK, FIN, ACK",
                },
            expected: (waits ? 6 : 7) * connections,
            unit: "count",
            observe: ({ segments }) => segments,
          },
          {
            name: "lifetime",
            claim: {
              en: "each lives for two round trips, the time it is held, and 2MSL",
              ko: "연결마다 왕복 두 번, 유지 시간, 2MSL만큼 삽니다",
            },
            expected: lifeUs(settings),
            unit: "us",
            observe: ({ measures }) => measures.histogram("lifetime").mean,
          },
        ];
  return [
    {
      name: "closed",
      claim: { en: "every connection ends well", ko: "모든 연결이 잘 끝납니다" },
      expected: connections,
      unit: "count",
      observe: (result) => result.connections.closed,
    },
    ...withoutLoss,
  ];
}
