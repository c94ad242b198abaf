import type { Parameter } from "../../scenario.ts";
import { arrivalsParameter, CONSTANT } from "./arrivals.ts";
import { delayParameter } from "./parameters.ts";

const SECOND_US = 1_000_000;

const COUNTS: readonly Parameter[] = [
  {
    key: "rate",
    unit: "per-second",
    default: 500,
    min: 1,
    max: 1_000_000,
    doc: { en: "connections that are asked for in each second", ko: "초마다 요청하는 연결 수" },
  },
  arrivalsParameter(CONSTANT),
  {
    key: "ports",
    unit: "count",
    default: ({ ephemeralPorts: [first, last] }) => last - first + 1,
    min: 1,
    max: 65_535,
    doc: { en: "ephemeral ports", ko: "임시 포트 수" },
  },
  {
    key: "destinations",
    unit: "count",
    default: 1,
    min: 1,
    max: 1000,
    doc: {
      en: "addresses that the connections go to, all equally often",
      ko: "연결할 목적지 주소의 수. 모두 같은 빈도로 고릅니다",
    },
  },
];

const SWITCHES: readonly Parameter[] = [
  {
    key: "bind-before-connect",
    unit: "switch",
    default: 0,
    min: 0,
    max: 1,
    doc: {
      en: "bind to port 0 before connect, without IP_BIND_ADDRESS_NO_PORT: all destinations share one pool",
      ko: "IP_BIND_ADDRESS_NO_PORT 없이 connect 전에 포트 0에 bind합니다. 모든 목적지가 포트 풀 하나를 나눠 씁니다",
    },
  },
  {
    key: "tw-reuse",
    unit: "switch",
    default: 0,
    min: 0,
    max: 1,
    doc: {
      en: "net.ipv4.tcp_tw_reuse = 1: connect takes over a TIME-WAIT that is 1 s old, where both ends send timestamps; Linux without bind only",
      ko: "net.ipv4.tcp_tw_reuse = 1. 양쪽이 타임스탬프를 보내면 1초 지난 TIME-WAIT을 connect가 이어받습니다. bind하지 않는 리눅스에서만 됩니다",
    },
  },
];

const TIMES: readonly Parameter[] = [
  {
    key: "hold",
    unit: "us",
    default: 0,
    min: 0,
    max: 3600 * SECOND_US,
    doc: { en: "how long each is held", ko: "연결을 유지하는 시간" },
  },
  delayParameter(500),
  {
    key: "periods",
    unit: "count",
    default: 3,
    min: 2,
    max: 1000,
    doc: {
      en: "how many times the time that a port is taken the run lasts; the first is not counted",
      ko: "포트 하나가 쓰이는 시간의 몇 배 동안 실행할지. 첫 번째는 세지 않습니다",
    },
  },
];

/** What a client short of ports can be set to, with other defaults for some. */
export function portParameters(defaults: Readonly<Record<string, number>> = {}): Parameter[] {
  return [...COUNTS, ...SWITCHES, ...TIMES].map((parameter) => {
    const own = defaults[parameter.key];
    return own === undefined ? parameter : { ...parameter, default: own };
  });
}
