import type { Parameter } from "../../scenario.ts";

const SECOND_US = 1_000_000;

/** The link's delay, which nearly every scenario has. */
export function delayParameter(defaultUs: number, max: number = 10 * SECOND_US): Parameter {
  return {
    key: "delay",
    unit: "us",
    default: defaultUs,
    min: 0,
    max,
    doc: { en: "one-way delay of the link", ko: "링크의 편도 지연" },
  };
}

/** How many clients come in each second. */
export function rateParameter(perSecond: number): Parameter {
  return {
    key: "rate",
    unit: "per-second",
    default: perSecond,
    min: 1,
    max: 1_000_000,
    doc: { en: "connections that are opened in each second", ko: "초마다 여는 연결 수" },
  };
}

/** `listen`'s backlog. */
export function backlogParameter(backlog?: number): Parameter {
  return {
    key: "backlog",
    unit: "count",
    default: backlog ?? ((profile) => profile.backlog),
    min: 0,
    max: 65_535,
    doc: {
      en: "the backlog that `listen` was given, or somaxconn where that is less",
      ko: "`listen`에 준 backlog. somaxconn이 더 작으면 그 값",
    },
  };
}
