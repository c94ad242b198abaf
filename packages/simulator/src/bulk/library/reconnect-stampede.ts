import { Purpose } from "../../random/draw.ts";
import { uniform } from "../../random/uniform.ts";
import { KeyedWords } from "../../random/words.ts";
import type { Application } from "../application.ts";
import { Tap } from "../boxes/tap.ts";
import type { Cell } from "../cell.ts";
import { addressOf, type End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import type { CellSpec } from "../spec.ts";
import { clients } from "./parts/clients.ts";
import { burstCapacity } from "./parts/listen-queues.oracle.ts";
import { ListenQueues } from "./parts/listen-queues.ts";
import { evenTimes } from "./parts/open-times.ts";
import { backlogParameter, delayParameter } from "./parts/parameters.ts";
import { worker } from "./parts/worker.ts";
import {
  ADMITTED,
  firstTryUs,
  reconnectStampedeOracles,
  restartUs,
  SERVED,
} from "./reconnect-stampede.oracle.ts";

const SECOND_US = 1_000_000;
const PORT = 443;
const RESTART = 1;
const RECONNECT = 0;
/** The local port of a client's second connection; its first has another. */
const SECOND_PORT = 40_000;

/** Everyone comes back at once. */
export const reconnectStampede: BulkScenario = {
  name: "reconnect-stampede",
  title: { en: "The reconnect stampede", ko: "재접속 폭주" },
  explanation: {
    en: "A server with N long-lived clients restarts: every connection ends at the same moment, and every client connects again. The server can take μ a second (a TLS handshake, a login). Clients that wait for a random time of up to J first come at N/J a second; with J ≥ N/μ the server keeps up. With less, N − μJ pile up in the accept queue, and what is more than the backlog is turned away to try again in 1, 2, 4 … s, all in step, if they do not give up and make it worse. `nstat` shows TcpExtListenOverflows, `ss -lt` a Recv-Q above its Send-Q. Jitter costs nothing: no client is served later by it than N/μ.",
    ko: "오래 유지되는 클라이언트 N개를 둔 서버가 다시 시작합니다. 모든 연결이 한순간에 끝나고 모든 클라이언트가 다시 연결합니다. 서버는 초당 μ개를 처리할 수 있습니다(TLS 핸드셰이크, 로그인). 클라이언트가 먼저 최대 J의 임의의 시간을 기다리면 초당 N/J개가 오고, J ≥ N/μ면 서버가 감당합니다. J가 더 짧으면 N − μJ개가 accept 큐에 쌓이고, backlog를 넘는 것은 들어가지 못해 1, 2, 4 … 초 뒤에 함께 다시 시도합니다. `nstat`에는 TcpExtListenOverflows가, `ss -lt`에는 Send-Q보다 큰 Recv-Q가 보입니다. 지터를 넣어도 손해가 없습니다. N/μ보다 늦게 처리되는 클라이언트는 없습니다.",
  },
  leavesOut: {
    en: "The restart takes no time: whoever comes back finds the listener there. Clients try once, and leave further tries to TCP; they have no timeout of their own. SYN cookies are off.",
    ko: "재시작에는 시간이 걸리지 않아, 돌아온 클라이언트는 늘 리스너를 만납니다. 클라이언트는 한 번만 시도하고 재시도는 TCP에 맡기며, 자체 타임아웃이 없습니다. SYN 쿠키는 꺼져 있습니다.",
  },
  profile: "linux",
  parameters: [
    {
      key: "clients",
      unit: "count",
      default: 10_000,
      min: 1,
      max: 1_000_000,
      doc: { en: "how many are connected", ko: "연결되어 있는 클라이언트 수" },
    },
    {
      key: "jitter",
      unit: "us",
      default: 500_000,
      min: 1,
      max: 3600 * SECOND_US,
      doc: {
        en: "each client waits for a random time of less than this before it connects again",
        ko: "클라이언트가 다시 연결하기 전에 기다리는 임의의 시간의 상한",
      },
    },
    {
      key: "service",
      unit: "per-second",
      default: 1000,
      min: 10,
      max: 1_000_000,
      doc: {
        en: "how many connections the server takes in each second",
        ko: "서버가 초마다 처리하는 연결 수",
      },
    },
    backlogParameter(),
    delayParameter(500, SECOND_US / 10),
  ],
  plan,
  oracles: reconnectStampedeOracles,
  capacity: burstCapacity,
};

function plan(settings: Settings): BulkPlan {
  const count = settingOf(settings, "clients");
  return {
    cells: 1,
    hosts: ["client", "server"],
    // Long enough for every SYN to be answered or given up; what is connected stays.
    untilUs: restartUs(settings) + settingOf(settings, "jitter") + 300 * SECOND_US,
    sampleUs: SECOND_US,
    connections: 2 * count,
    cell: () => cell(settings),
  };
}

function cell(settings: Settings): CellSpec {
  const { params, ephemeralPorts } = settings.profile;
  const count = settingOf(settings, "clients");
  const times = evenTimes(settingOf(settings, "service") / 2);
  const opening = { server: 1, port: PORT, times, count };
  const client = returning(settingOf(settings, "jitter"), opening);
  const queues = new ListenQueues();
  return {
    hosts: [
      { name: "client", params, ephemeralPorts, application: client },
      { name: "server", params, ephemeralPorts, application: server(settings, queues) },
    ],
    link: { delayUs: settingOf(settings, "delay") },
    box: new Tap(() => queues.lookAtHalfOpen()),
  };
}

/** Clients that connect again when the server has closed. */
function returning(jitterUs: number, opening: Parameters<typeof clients>[0]): Application {
  const first = clients(opening, {});
  let words: KeyedWords | undefined;
  return {
    ...first,
    peerClosed(cell: Cell, end: End): void {
      const nth = cell.connections.address(end) & 0xf_ffff;
      words ??= new KeyedWords(cell.key);
      const waitUs = uniform(jitterUs, words.aim(Purpose.THINK, nth, 0, 0));
      const host = cell.hostOf(end);
      cell.close(end);
      cell.laterHost(host, waitUs, RESTART, nth);
    },
    hostDue(cell: Cell, host: BulkHost, what: number, nth: number): void {
      if (what === RECONNECT) first.hostDue?.(cell, host, what, nth);
      else cell.connect(host, addressOf(1, 0), PORT, { nth, localPort: SECOND_PORT });
    },
  };
}

/** A worker that is killed once, with all its connections, and is there again at once. */
function server(settings: Settings, queues: ListenQueues): Application {
  const atUs = restartUs(settings);
  const connections = new Set<End>();
  const work = worker({
    queues,
    port: PORT,
    backlog: settingOf(settings, "backlog"),
    perSecond: settingOf(settings, "service"),
    serve: (cell, end) => {
      if (cell.nowUs < atUs) {
        connections.add(end);
        return;
      }
      cell.measures.histogram(SERVED).record(cell.nowUs - atUs);
    },
    queued: (cell) => {
      if (cell.nowUs > atUs && cell.nowUs <= atUs + firstTryUs(settings)) {
        cell.measures.count(ADMITTED);
      }
    },
  });
  return {
    ...work,
    begin(cell: Cell, host: BulkHost): void {
      work.begin?.(cell, host);
      cell.laterHost(host, atUs, RESTART);
    },
    hostDue(cell: Cell, host: BulkHost, what: number, tag: number): void {
      if (what !== RESTART) {
        work.hostDue?.(cell, host, what, tag);
        return;
      }
      for (const end of connections) cell.close(end);
      connections.clear();
    },
  };
}
