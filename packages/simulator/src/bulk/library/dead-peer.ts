import { draw, hits, Purpose } from "../../random/draw.ts";
import type { Application } from "../application.ts";
import { SilentHost } from "../boxes/silent-host.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { deadPeerOracles, foundUs, stuckUs } from "./dead-peer.oracle.ts";
import { crowd, crowdParameters, openingUs, opensEvenly, PORT, SECOND_US } from "./parts/crowd.ts";
import { follower } from "./parts/follower.ts";
import { delayParameter } from "./parts/parameters.ts";

const GONE = 0;
const MILLION = 1_000_000;
const REQUEST = 100;

/** The peer vanishes: "it hangs for 15 minutes" (§3.8.3, §3.8.4). */
export const deadPeer: BulkScenario = {
  name: "dead-peer",
  title: { en: "The peer is gone", ko: "사라진 상대" },
  explanation: {
    en: "A peer that loses its power sends neither FIN nor reset. Who has written something sends it again, at longer and longer intervals, and hears ETIMEDOUT only after R2: 924.6 s on Linux (tcp_retries2), a quarter of an hour in which a pool hands the dead connection out. Keep-alive does not help there, for it is silent while data is outstanding (MUST-26); it finds only idle connections, after 7200 s and nine probes 75 s apart (tcp_keepalive_time, _probes, _intvl), and only where SO_KEEPALIVE is set. TCP_USER_TIMEOUT bounds the first; keep-alive of a minute finds the second. `ss -tano` shows which timer runs and how often it has backed off.",
    ko: "전원이 꺼진 상대는 FIN도 RST도 보내지 않습니다. 데이터를 쓴 쪽은 점점 긴 간격으로 다시 보내다가 R2가 지나서야 ETIMEDOUT을 받습니다. 리눅스에서는 924.6초(tcp_retries2)이고, 그 15분 동안 풀은 죽은 연결을 내줍니다. 이때 keep-alive는 도움이 되지 않습니다. 데이터가 남아 있으면 침묵하기 때문입니다(MUST-26). keep-alive는 유휴 연결만, 그것도 SO_KEEPALIVE를 켰을 때만 7200초와 75초 간격의 프로브 아홉 번 뒤에 찾아냅니다. TCP_USER_TIMEOUT이 앞의 시간을 줄입니다. `ss -tano`로 어떤 타이머가 도는지 볼 수 있습니다.",
  },
  leavesOut: {
    en: "Each connection was last heard from just as the peer goes. No router says that the host is unreachable (ICMP), and the peer does not come back: then a reset would end it sooner.",
    ko: "모든 연결은 상대가 사라지는 순간까지 응답을 받았습니다. 호스트에 닿을 수 없다고 알리는 라우터(ICMP)가 없고, 상대는 돌아오지 않습니다. 돌아왔다면 RST가 더 일찍 끝냈을 것입니다.",
  },
  profile: "linux",
  parameters: [
    ...crowdParameters(1000, 1000),
    delayParameter(500),
    {
      key: "writers",
      unit: "ppm",
      default: MILLION / 2,
      min: 0,
      max: MILLION,
      doc: {
        en: "the share of connections that write to the peer that is gone; the others are idle",
        ko: "사라진 상대에게 데이터를 쓰는 연결의 비율. 나머지는 유휴 상태입니다",
      },
    },
    {
      key: "keepalive",
      unit: "us",
      default: ({ params }) => params.keepAliveIdleUs,
      min: 0,
      max: 86_400 * SECOND_US,
      doc: {
        en: "idle time before the first probe; 0 for none",
        ko: "첫 프로브까지의 유휴 시간. 0이면 끔",
      },
    },
  ],
  plan,
  oracles: deadPeerOracles,
};

function plan(settings: Settings): BulkPlan {
  const { params, ephemeralPorts } = settings.profile;
  const delayUs = settingOf(settings, "delay");
  const keepAliveUs = settingOf(settings, "keepalive");
  const goneAtUs = openingUs(settings) + 4 * delayUs + SECOND_US;
  const lifeUs = goneAtUs + Math.max(stuckUs(settings), foundUs(settings));
  return crowd(settings, lifeUs, (opening) => ({
    hosts: [
      {
        name: "client",
        params: keepAliveUs > 0 ? { ...params, keepAliveIdleUs: keepAliveUs } : params,
        ephemeralPorts,
        application: {
          ...client(goneAtUs, keepAliveUs > 0, settingOf(settings, "writers")),
          ...opensEvenly(opening),
        },
      },
      { name: "server", params, ephemeralPorts, application: follower(PORT) },
    ],
    link: { delayUs },
    box: new SilentHost(1, goneAtUs),
  }));
}

function client(goneAtUs: number, keepsAlive: boolean, writersPpm: number): Application {
  const writers = new Set<End>();
  return {
    connected(cell: Cell, end: End): void {
      cell.later(end, goneAtUs - cell.nowUs, GONE);
    },
    due(cell: Cell, end: End): void {
      if (keepsAlive) cell.keepAlive(end, true);
      const flow = cell.connections.flow(end);
      if (!hits(draw(cell.key, Purpose.CHOICE, flow, 0, 0), writersPpm, MILLION)) return;
      writers.add(end);
      cell.send(end, REQUEST);
    },
    ended(cell: Cell, end: End, error): void {
      if (error !== "ETIMEDOUT") return;
      const name = writers.delete(end) ? "stuck" : "found";
      cell.measures.histogram(name).record(cell.nowUs - goneAtUs);
    },
  };
}
