import { State } from "@synfin/core/tcp";
import { Purpose } from "../../random/draw.ts";
import type { Application } from "../application.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { BOTH, crossingCloseOracles } from "./crossing-close.oracle.ts";
import { crowd, crowdParameters, opensEvenly, PORT, SECOND_US } from "./parts/crowd.ts";
import { exponentialDraws } from "./parts/draws.ts";
import { delayParameter } from "./parts/parameters.ts";

const CLOSE = 0;

/** Both ends decide to close at about the same time (§3.6, Figure 13). */
export const crossingClose: BulkScenario = {
  name: "crossing-close",
  title: { en: "Closes that cross", ko: "엇갈리는 close" },
  explanation: {
    en: "Two programs that agree when to stop, by a message or by the same idle limit, both close. If they do so less than a one-way delay apart, their FINs cross: each end goes from FIN-WAIT-1 to CLOSING, and both keep TIME-WAIT. Otherwise the later one is in CLOSE-WAIT when it closes, and only the earlier one pays with a TIME-WAIT. See it with `ss -tan state closing` and in TcpExtTW of both hosts. A server that should keep no TIME-WAIT has to wait for its client's FIN by more than the delay.",
    ko: "언제 끝낼지 합의한 두 프로그램은 메시지나 같은 유휴 시간 제한에 따라 양쪽 다 닫습니다. 그 차이가 편도 지연보다 작으면 FIN이 엇갈려, 양쪽이 FIN-WAIT-1에서 CLOSING으로 가고 둘 다 TIME-WAIT을 가집니다. 아니면 늦은 쪽은 CLOSE-WAIT에서 닫고, 먼저 닫은 쪽만 TIME-WAIT을 치릅니다. `ss -tan state closing`과 양쪽 호스트의 TcpExtTW로 볼 수 있습니다.",
  },
  leavesOut: {
    en: "No data is in flight when the ends close, and none of the segments is lost.",
    ko: "닫을 때 오가는 데이터가 없으며, 세그먼트는 사라지지 않습니다.",
  },
  profile: "linux",
  parameters: [
    ...crowdParameters(10_000, 1000),
    delayParameter(20_000),
    {
      key: "hold",
      unit: "us",
      default: SECOND_US,
      min: 0,
      max: 3600 * SECOND_US,
      doc: { en: "when both mean to close", ko: "양쪽이 닫기로 한 시각" },
    },
    {
      key: "error",
      unit: "us",
      default: 20_000,
      min: 0,
      max: 3600 * SECOND_US,
      doc: {
        en: "how late each of them is on average, exponentially",
        ko: "각자 평균적으로 얼마나 늦는지(지수 분포)",
      },
    },
    {
      key: "closers",
      unit: "choice",
      default: BOTH,
      min: 0,
      max: 1,
      choices: ["both", "client"],
      doc: {
        en: "who closes by itself; the server follows its client otherwise",
        ko: "누가 스스로 닫는지. 아니면 서버는 클라이언트를 따라 닫습니다",
      },
    },
  ],
  plan,
  oracles: crossingCloseOracles,
};

function plan(settings: Settings): BulkPlan {
  const { params, ephemeralPorts } = settings.profile;
  const delayUs = settingOf(settings, "delay");
  const holdUs = settingOf(settings, "hold");
  const errorUs = settingOf(settings, "error");
  const isMutual = settingOf(settings, "closers") === BOTH;
  return crowd(settings, holdUs + 2 * params.mslUs, (opening) => ({
    hosts: [
      {
        name: "client",
        params,
        ephemeralPorts,
        // The server hears one delay later that the connection stands.
        application: { ...closer(holdUs + delayUs, errorUs), ...opensEvenly(opening) },
      },
      {
        name: "server",
        params,
        ephemeralPorts,
        application: { ...closer(isMutual ? holdUs : undefined, errorUs), begin: listen },
      },
    ],
    link: { delayUs },
  }));
}

function listen(cell: Cell, host: BulkHost): void {
  cell.listen(host, PORT);
}

/** An end that closes by itself after a while, or only when its peer has closed. */
function closer(holdUs: number | undefined, errorUs: number): Application {
  const lateUs = exponentialDraws(Purpose.HOLD, errorUs);
  return {
    connected(cell: Cell, end: End): void {
      if (holdUs === undefined) return;
      cell.later(end, holdUs + lateUs(cell, end), CLOSE);
    },
    due(cell: Cell, end: End): void {
      cell.close(end);
    },
    peerClosed(cell: Cell, end: End): void {
      if (cell.state(end) === State.CLOSING) cell.measures.count("crossed");
      if (holdUs === undefined) cell.close(end);
    },
  };
}
