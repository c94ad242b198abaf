import { Tap } from "../boxes/tap.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import {
  ADMITTED,
  acceptQueueOverflowOracles,
  firstTryUs,
  RETRIED,
} from "./accept-queue-overflow.oracle.ts";
import { clients } from "./parts/clients.ts";
import { burstCapacity } from "./parts/listen-queues.oracle.ts";
import { ListenQueues } from "./parts/listen-queues.ts";
import type { Times } from "./parts/open-times.ts";
import { backlogParameter, delayParameter } from "./parts/parameters.ts";
import { worker } from "./parts/worker.ts";

const MS = 1000;
const PORT = 443;

/** A burst of clients at a server that is slow to accept. */
export const acceptQueueOverflow: BulkScenario = {
  name: "accept-queue-overflow",
  title: { en: "The accept queue overflows", ko: "accept 큐 넘침" },
  explanation: {
    en: "A server accepts its connections one by one, and a burst comes faster. Handshakes are done without it, and up to backlog + 1 connections wait in the accept queue; `ss -lt` shows how many as Recv-Q, and the backlog as Send-Q. Then Linux drops SYNs and the last ACKs of handshakes, and `nstat` counts TcpExtListenOverflows and TcpExtListenDrops. No one hears an error: clients wait for the SYN to be sent again, 1 s and more, and those whose ACK was dropped think that they are connected. A larger backlog (both `listen` and net.core.somaxconn) buys time, not speed; with net.ipv4.tcp_abort_on_overflow they get ECONNRESET at once.",
    ko: "서버가 연결을 하나씩 accept하는데 연결 요청이 한꺼번에 몰려옵니다. 핸드셰이크는 서버 프로그램 없이도 끝나며, backlog + 1개까지 accept 큐에서 기다립니다. `ss -lt`의 Recv-Q가 기다리는 수, Send-Q가 backlog입니다. 큐가 차면 리눅스는 SYN과 핸드셰이크의 마지막 ACK을 버리고, `nstat`의 TcpExtListenOverflows와 TcpExtListenDrops가 늘어납니다. 오류는 아무도 받지 않습니다. 클라이언트는 SYN을 다시 보낼 때까지 1초 넘게 기다리고, ACK이 버려진 클라이언트는 연결된 줄 압니다. backlog(`listen`과 net.core.somaxconn 둘 다)를 늘리면 시간을 벌 뿐 빨라지지는 않습니다. net.ipv4.tcp_abort_on_overflow를 켜면 바로 ECONNRESET을 받습니다.",
  },
  leavesOut: {
    en: "SYN cookies are off, although Linux has them on: here SYNs that find the queue of half-open connections full are dropped, too. The worker takes exactly as long for each connection, and closes it at once.",
    ko: "리눅스의 기본값과 달리 SYN 쿠키는 꺼져 있어서, 반쯤 열린 연결의 큐가 가득해도 SYN을 버립니다. 서버는 연결마다 똑같은 시간을 쓰고 바로 닫습니다.",
  },
  profile: "linux",
  parameters: [
    {
      key: "clients",
      unit: "count",
      default: 2000,
      min: 1,
      max: 1_000_000,
      doc: { en: "how many connect in the burst", ko: "한꺼번에 연결하는 클라이언트 수" },
    },
    {
      key: "within",
      unit: "us",
      default: 200 * MS,
      min: 0,
      max: 900 * MS,
      doc: { en: "how long the burst takes, evenly", ko: "요청이 고르게 몰려오는 시간" },
    },
    backlogParameter(511),
    {
      key: "service",
      unit: "per-second",
      default: 1000,
      min: 0,
      max: 1_000_000,
      doc: {
        en: "how many connections the server accepts in each second; 0 while it hangs",
        ko: "서버가 초마다 accept하는 수. 0이면 멈춘 서버",
      },
    },
    delayParameter(500, 40 * MS),
  ],
  plan,
  oracles: acceptQueueOverflowOracles,
  capacity: burstCapacity,
};

function plan(settings: Settings): BulkPlan {
  const { params, ephemeralPorts } = settings.profile;
  const count = settingOf(settings, "clients");
  const withinUs = settingOf(settings, "within");
  return {
    cells: 1,
    hosts: ["client", "server"],
    untilUs: Number.POSITIVE_INFINITY,
    sampleUs: 100 * MS,
    connections: count,
    cell: () => {
      const times: Times = (_cell, nth) => Math.floor((nth * withinUs) / count);
      const behaviour = client(params.initialRtoUs);
      const application = clients({ server: 1, port: PORT, times, count }, behaviour);
      const queues = new ListenQueues();
      return {
        hosts: [
          { name: "client", params, ephemeralPorts, application },
          { name: "server", params, ephemeralPorts, application: server(settings, queues) },
        ],
        link: { delayUs: settingOf(settings, "delay") },
        box: new Tap(() => queues.lookAtHalfOpen()),
      };
    },
  };
}

/** @param rtoUs when a SYN without an answer is sent again */
function client(rtoUs: number) {
  return {
    connected(cell: Cell, end: End): void {
      const tookUs = cell.nowUs - cell.connections.openedAtUs(end >>> 1);
      // `first` keeps the least of them.
      if (tookUs >= rtoUs) cell.measures.first(RETRIED, tookUs);
    },
    peerClosed(cell: Cell, end: End): void {
      cell.close(end);
    },
  };
}

function server(settings: Settings, queues: ListenQueues) {
  return worker({
    queues,
    port: PORT,
    backlog: settingOf(settings, "backlog"),
    perSecond: settingOf(settings, "service"),
    serve: (cell, end) => {
      cell.measures.count("served");
      cell.close(end);
    },
    queued: (cell) => {
      if (cell.nowUs <= firstTryUs(settings)) cell.measures.count(ADMITTED);
    },
  });
}
