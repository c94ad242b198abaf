import type { Application } from "../application.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { keepaliveRaceOracles } from "./keepalive-race.oracle.ts";
import { SECOND_US } from "./parts/crowd.ts";
import { delayParameter } from "./parts/parameters.ts";
import { answersAtOnce, poolCells, poolClient, poolParameters } from "./parts/pool-client.ts";

const IDLE = 0;

/** A request on an idle connection that the server is just closing: 502 and ECONNRESET. */
export const keepaliveRace: BulkScenario = {
  name: "keepalive-race",
  title: { en: "The keep-alive race", ko: "keep-alive 경쟁" },
  explanation: {
    en: "A server closes connections that were idle for T (Node's keepAliveTimeout: 5 s). Its FIN takes half a round trip, and so does a request: one that is sent while the FIN is under way reaches a server that has closed, draws a reset, and its sender hears ECONNRESET; a proxy makes a 502 of it. Of all idle gaps the part e^(−rT)(e^(r·RTT) − 1) ends like that, most near r = 1/T. A retry is safe only for requests that may be repeated. What helps is a client that gives its idle connections up first: set `client-timeout` below T − RTT, in a load balancer its idle time below the server's. Look at TcpExtTCPAbortOnData and TcpEstabResets.",
    ko: "서버는 T 동안 쉰 연결을 닫습니다(Node의 keepAliveTimeout은 5초). FIN도 요청도 반 왕복이 걸리므로, FIN이 오는 중에 보낸 요청은 이미 닫은 서버에 도착해 RST를 받고, 보낸 쪽은 ECONNRESET을, 프록시는 502를 냅니다. 모든 유휴 간격 중 e^(−rT)(e^(r·RTT) − 1)이 이렇게 끝나며 r = 1/T 부근에서 가장 많습니다. 해결책은 클라이언트가 먼저 유휴 연결을 버리는 것입니다. `client-timeout`을 T − RTT보다 작게 두십시오.",
  },
  leavesOut: {
    en: "The server answers at once, so a request is never under way when the next is due. The client waits for the reset; most libraries report the connection as closed when the FIN comes.",
    ko: "서버는 곧바로 응답하므로 요청이 겹치지 않습니다. 클라이언트는 RST를 기다리지만, 대부분의 라이브러리는 FIN이 오면 연결이 닫혔다고 알립니다.",
  },
  profile: "linux",
  parameters: [
    ...poolParameters(5 * SECOND_US),
    delayParameter(50_000),
    {
      key: "timeout",
      unit: "us",
      default: 5 * SECOND_US,
      min: 1,
      max: 86_400 * SECOND_US,
      doc: {
        en: "the server closes what was idle for so long",
        ko: "서버가 유휴 연결을 닫기까지의 시간",
      },
    },
    {
      key: "client-timeout",
      unit: "us",
      default: 0,
      min: 0,
      max: 86_400 * SECOND_US,
      doc: {
        en: "the client closes what was idle for so long; 0 for never",
        ko: "클라이언트가 유휴 연결을 닫기까지의 시간. 0이면 닫지 않음",
      },
    },
  ],
  plan,
  oracles: keepaliveRaceOracles,
};

function plan(settings: Settings): BulkPlan {
  const { params, ephemeralPorts } = settings.profile;
  const timeoutUs = settingOf(settings, "timeout");
  const gapUs = settingOf(settings, "gap");
  const { cells, pool } = poolCells(settings);
  const retireUs = settingOf(settings, "client-timeout");
  return {
    cells,
    hosts: ["client", "server"],
    untilUs: Number.POSITIVE_INFINITY,
    sampleUs: Math.ceil((settingOf(settings, "gaps") * Math.min(gapUs, timeoutUs)) / 240),
    cell: (index) => ({
      hosts: [
        {
          name: "client",
          params,
          ephemeralPorts,
          application: poolClient({ ...pool(index), retireUs }),
        },
        { name: "server", params, ephemeralPorts, application: closesIdle(timeoutUs) },
      ],
      link: { delayUs: settingOf(settings, "delay") },
      whiles: [{ what: IDLE, afterUs: timeoutUs }],
    }),
  };
}

/** A server that answers at once, and closes what was idle for so long. */
function closesIdle(timeoutUs: number): Application {
  const heardAtUs = new Map<End, number>();
  const wait = (cell: Cell, end: End): void => {
    heardAtUs.set(end, cell.nowUs);
    cell.later(end, timeoutUs, IDLE);
  };
  return {
    ...answersAtOnce,
    connected: wait,
    received(cell: Cell, end: End, octets: number): void {
      answersAtOnce.received?.(cell, end, octets);
      wait(cell, end);
    },
    due(cell: Cell, end: End): void {
      if (heardAtUs.get(end) !== cell.nowUs - timeoutUs) return;
      heardAtUs.delete(end);
      cell.close(end);
    },
    ended(_cell: Cell, end: End): void {
      heardAtUs.delete(end);
    },
  };
}
