import { type Capacity, type Oracle, type Settings, settingOf } from "../scenario.ts";

const SECOND_US = 1_000_000;
const MILLION = 1_000_000;

/** What the scenario measures: CLOSE-WAIT half-way to EMFILE, when clients stop, and at the end. */
export const HALF_WAY = "close-wait-half-way";
export const BEFORE = "close-wait-before";
export const AFTER = "close-wait-after";
export const EMFILE = "EMFILE";

/** Leaks in a second. */
function leaks(settings: Settings): number {
  return (settingOf(settings, "rate") * settingOf(settings, "leak")) / MILLION;
}

/** Descriptors that connections in use take at any time: rate × hold. */
function inUse(settings: Settings): number {
  return (settingOf(settings, "rate") * settingOf(settings, "hold")) / SECOND_US;
}

/**
 * A server that forgets none holds each descriptor for as long as its client
 * holds the connection. One that forgets some runs out at any rate, only later.
 */
export function descriptorCapacity(settings: Settings): readonly Capacity[] {
  const room = settingOf(settings, "limit") - settingOf(settings, "base");
  const isLeaking = leaks(settings) > 0;
  const holdUs = settingOf(settings, "hold");
  return [
    {
      resource: { en: "file descriptors", ko: "파일 디스크립터" },
      errno: EMFILE,
      perSecond: isLeaking || room <= 0 ? 0 : (room * SECOND_US) / holdUs,
      formula: isLeaking
        ? {
            en: "what is forgotten is never given back",
            ko: "잊은 디스크립터는 돌아오지 않습니다",
          }
        : { en: "(limit − base) / hold", ko: "(한도 − 기본) / 유지 시간" },
      usedUpAtUs: ({ measures: { firsts } }) => firsts.get(EMFILE),
    },
  ];
}

/** When `accept` fails for the first time, on average; a minute for a server that leaks nothing. */
function emfileUs(settings: Settings): number {
  if (leaks(settings) === 0) return 60 * SECOND_US;
  const left = settingOf(settings, "limit") - settingOf(settings, "base") - inUse(settings);
  const leakingUs = (Math.max(0, left) / leaks(settings)) * SECOND_US;
  return Math.ceil(leakingUs) + settingOf(settings, "hold") + 3 * settingOf(settings, "delay");
}

/** Half-way there. */
export function halfWayUs(settings: Settings): number {
  return Math.ceil(emfileUs(settings) / 2);
}

/** So long that an unlucky run has seen EMFILE, too: eight standard deviations more. */
export function stopUs(settings: Settings): number {
  const left = settingOf(settings, "limit") - settingOf(settings, "base");
  return Math.ceil(emfileUs(settings) * (1 + 8 / Math.sqrt(Math.max(1, left))));
}

export function closeWaitLeakOracles(settings: Settings): readonly Oracle[] {
  // A connection is a leak once its client has closed it: handshake, hold, FIN.
  const agoUs = settingOf(settings, "hold") + 4 * settingOf(settings, "delay");
  const growth: Oracle = {
    name: "close-wait",
    claim: {
      en: "half-way to EMFILE, rate × leak × time stand in CLOSE-WAIT",
      ko: "EMFILE까지의 절반에서 속도 × 누수 비율 × 시간만큼 CLOSE-WAIT에 있습니다",
    },
    expected: (leaks(settings) * (halfWayUs(settings) - agoUs)) / SECOND_US,
    unit: "count",
    // An even rate comes in whole connections.
    error: 1,
    observe: ({ measures: { counts } }) => counts.get(HALF_WAY) ?? 0,
  };
  if (leaks(settings) === 0) return [growth];
  const emfile: Oracle = {
    name: "emfile",
    claim: {
      en: "accept fails with EMFILE once (limit − base − those in use) / (rate × leak) have passed, on average",
      ko: "평균적으로 (한도 − 기본 − 사용 중) / (속도 × 누수 비율)이 지나면 accept가 EMFILE로 실패합니다",
    },
    expected: emfileUs(settings),
    unit: "us",
    error: (2 * SECOND_US) / settingOf(settings, "rate"),
    observe: ({ measures }) => measures.firsts.get(EMFILE) ?? 0,
  };
  // Keep-alive ends them once the clients have forgotten theirs.
  if (settingOf(settings, "keep-alive") === 1) return [growth, emfile];
  return [
    growth,
    emfile,
    {
      name: "for-ever",
      claim: {
        en: "the share of CLOSE-WAIT that is still there after the quiet time is 1: no timer ends it",
        ko: "조용한 시간이 지난 뒤에도 남아 있는 CLOSE-WAIT의 비율은 1입니다. 끝내는 타이머가 없습니다",
      },
      expected: 1,
      unit: "ratio",
      observe: ({ measures: { counts } }) =>
        (counts.get(AFTER) ?? 0) / Math.max(1, counts.get(BEFORE) ?? 0),
    },
  ];
}
