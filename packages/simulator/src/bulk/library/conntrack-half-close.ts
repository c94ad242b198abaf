import { Purpose } from "../../random/draw.ts";
import type { Application } from "../application.ts";
import { CONNTRACK_TIMEOUTS_US, Conntrack, Track } from "../boxes/conntrack.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { conntrackHalfCloseOracles } from "./conntrack-half-close.oracle.ts";
import { crowd, crowdParameters, opensEvenly, PORT, SECOND_US } from "./parts/crowd.ts";
import { exponentialDraws } from "./parts/draws.ts";
import { delayParameter } from "./parts/parameters.ts";

const ANSWER = 0;
const OCTETS = 100;

/** A half-close through a NAT that takes it for the end (§3.6). */
export const conntrackHalfClose: BulkScenario = {
  name: "conntrack-half-close",
  title: { en: "A half-close behind a NAT", ko: "NAT 뒤의 반닫기" },
  explanation: {
    en: "A client sends its request and closes its half (shutdown(SHUT_WR): `nc -N`, many proxies), and waits for the answer, as TCP allows for any time. Linux's connection tracking sees a FIN and its ACK, takes the flow to be in CLOSE_WAIT, and forgets it after 60 s without a segment, where an ESTABLISHED one has five days. A server that thinks for longer finds that its answer is dropped: it retransmits until ETIMEDOUT, and the client stays in FIN-WAIT-2 for as long as its program waits. Look at `conntrack -L` and at `insert_failed` and `invalid` in `conntrack -S`; raise nf_conntrack_tcp_timeout_close_wait, or do not half-close. Keep-alive of less than 60 s helps, too.",
    ko: "클라이언트가 요청을 보내고 자기 쪽만 닫은 뒤(shutdown(SHUT_WR)) 응답을 기다립니다. TCP는 얼마든지 기다리게 합니다. 그러나 리눅스의 연결 추적은 FIN과 그 ACK을 보고 흐름을 CLOSE_WAIT로 여겨 60초 동안 세그먼트가 없으면 잊습니다. ESTABLISHED라면 5일입니다. 더 오래 생각한 서버의 응답은 버려져 ETIMEDOUT까지 재전송하고, 클라이언트는 FIN-WAIT-2에 남습니다. `conntrack -L`과 `conntrack -S`를 보고, nf_conntrack_tcp_timeout_close_wait를 늘리거나 반닫기를 피하십시오.",
  },
  leavesOut: {
    en: "The box reads flags only: no sequence numbers, no shorter timeout for what is retransmitted or unacknowledged, and nothing is picked up in the middle (nf_conntrack_tcp_loose), as a NAT could not translate it. Addresses stay as they are.",
    ko: "장비는 플래그만 봅니다. 순서 번호, 재전송이나 확인되지 않은 데이터의 짧은 시간 제한, 중간부터의 추적(nf_conntrack_tcp_loose)은 없습니다. 주소는 바꾸지 않습니다.",
  },
  profile: "linux",
  parameters: [
    ...crowdParameters(10_000, 100),
    delayParameter(20_000),
    {
      key: "pause",
      unit: "us",
      default: 60 * SECOND_US,
      min: 1,
      max: 86_400 * SECOND_US,
      doc: {
        en: "how long the server thinks on average, exponentially",
        ko: "서버가 생각하는 평균 시간(지수 분포)",
      },
    },
    {
      key: "timeout",
      unit: "us",
      default: 60 * SECOND_US,
      min: SECOND_US,
      max: 432_000 * SECOND_US,
      doc: {
        en: "nf_conntrack_tcp_timeout_close_wait",
        ko: "nf_conntrack_tcp_timeout_close_wait",
      },
    },
    {
      key: "half-close",
      unit: "switch",
      default: 1,
      min: 0,
      max: 1,
      doc: {
        en: "whether the client closes its half once it has asked",
        ko: "클라이언트가 요청 뒤에 자기 쪽을 닫는지",
      },
    },
  ],
  plan,
  oracles: conntrackHalfCloseOracles,
};

function plan(settings: Settings): BulkPlan {
  const { params, ephemeralPorts } = settings.profile;
  const halfCloses = settingOf(settings, "half-close") === 1;
  const pauseUs = settingOf(settings, "pause");
  const timeouts = CONNTRACK_TIMEOUTS_US.map((afterUs, track) => {
    return track === Track.CLOSE_WAIT ? settingOf(settings, "timeout") : afterUs;
  });
  return crowd(settings, pauseUs + params.r2Us, (opening) => ({
    hosts: [
      {
        name: "client",
        params,
        ephemeralPorts,
        application: { ...client(halfCloses), ...opensEvenly(opening) },
      },
      { name: "server", params, ephemeralPorts, application: server(halfCloses, pauseUs) },
    ],
    link: { delayUs: settingOf(settings, "delay") },
    box: new Conntrack(timeouts),
  }));
}

function client(halfCloses: boolean): Application {
  return {
    connected(cell: Cell, end: End): void {
      cell.send(end, OCTETS);
      if (halfCloses) cell.shutdown(end);
    },
    received(cell: Cell): void {
      cell.measures.count("answered");
    },
    peerClosed(cell: Cell, end: End): void {
      cell.close(end);
    },
  };
}

/** Thinks once it has the whole question, and closes after its answer. */
function server(halfClosed: boolean, meanPauseUs: number): Application {
  const pauseUs = exponentialDraws(Purpose.THINK, meanPauseUs);
  const think = (cell: Cell, end: End) => cell.later(end, pauseUs(cell, end), ANSWER);
  return {
    begin(cell: Cell, host: BulkHost): void {
      cell.listen(host, PORT);
    },
    ...(halfClosed ? { peerClosed: think } : { received: think }),
    due(cell: Cell, end: End): void {
      cell.send(end, OCTETS);
      cell.close(end);
    },
  };
}
