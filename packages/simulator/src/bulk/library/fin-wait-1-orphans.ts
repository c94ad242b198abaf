import { draw, hits, Purpose } from "../../random/draw.ts";
import type { Application } from "../application.ts";
import { Unreachable } from "../boxes/unreachable.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import type { CellSpec } from "../spec.ts";
import {
  CLOSES,
  finWait1OrphansOracles,
  orphanCapacity,
  orphanUs,
  RESETS,
  TOO_MANY,
  warmUs,
} from "./fin-wait-1-orphans.oracle.ts";
import { arrivalsParameter, CONSTANT, POISSON } from "./parts/arrivals.ts";
import { clients } from "./parts/clients.ts";
import { evenTimes, poissonTimes, type Times, warmTimes } from "./parts/open-times.ts";
import { delayParameter, rateParameter } from "./parts/parameters.ts";

const SECOND_US = 1_000_000;
const MILLION = 1_000_000;
const PORT = 443;
const CLOSE = 0;

/** A server closes connections whose clients are no longer there. */
export const finWait1Orphans: BulkScenario = {
  name: "fin-wait-1-orphans",
  title: { en: "Orphans in FIN-WAIT-1", ko: "FIN-WAIT-1 고아 연결" },
  explanation: {
    en: 'Some clients disappear without a word: a phone that loses its network, a laptop that is shut. When the server closes such a connection, no one acknowledges its FIN. No process has the socket any more, so it is an orphan, and Linux sends the FIN 8 times again (net.ipv4.tcp_orphan_retries is 0, which means 8): 102 s at the least timeout of 200 ms. With a share p of clients gone and λ closes a second, λp × 102 s of them stand in FIN-WAIT-1; `ss -tan state fin-wait-1` shows them with a Send-Q of 1. Beyond net.ipv4.tcp_max_orphans a close is a reset: the kernel logs "too many orphaned sockets", TcpExtTCPAbortOnMemory counts, and healthy clients lose what they have not received yet. Fewer tcp_orphan_retries help; so does TCP_USER_TIMEOUT.',
    ko: '몇몇 클라이언트가 말없이 사라집니다. 네트워크를 잃은 전화, 덮어 버린 노트북입니다. 서버가 그런 연결을 닫으면 FIN을 확인해 줄 상대가 없습니다. 소켓을 가진 프로세스도 없으니 고아이고, 리눅스는 FIN을 8번 다시 보냅니다(net.ipv4.tcp_orphan_retries의 0은 8을 뜻합니다). 최소 타임아웃 200 ms에서 102초가 걸립니다. 사라진 비율이 p이고 초당 λ번 닫으면 λp × 102초만큼이 FIN-WAIT-1에 있습니다. `ss -tan state fin-wait-1`에서 Send-Q가 1로 보입니다. net.ipv4.tcp_max_orphans를 넘으면 close가 리셋이 됩니다. 커널은 "too many orphaned sockets"를 남기고 TcpExtTCPAbortOnMemory가 늘며, 멀쩡한 클라이언트도 아직 받지 못한 것을 잃습니다. tcp_orphan_retries를 줄이거나 TCP_USER_TIMEOUT을 쓰면 나아집니다.',
  },
  leavesOut: {
    en: "The server sends nothing before it closes. Linux counts orphans approximately, one processor at a time, and gives up sooner when it is short of memory.",
    ko: "서버는 닫기 전에 아무것도 보내지 않습니다. 리눅스는 고아를 CPU마다 어림으로 세고, 메모리가 모자라면 더 일찍 포기합니다.",
  },
  profile: "linux",
  parameters: [
    rateParameter(50),
    arrivalsParameter(POISSON, { en: "how clients come", ko: "클라이언트가 오는 방식" }),
    {
      key: "gone",
      unit: "ppm",
      default: 100_000,
      min: 0,
      max: MILLION,
      doc: { en: "the share of clients that disappear", ko: "사라지는 클라이언트의 비율" },
    },
    {
      key: "max-orphans",
      unit: "count",
      default: 16_384,
      min: 0,
      max: MILLION,
      doc: {
        en: "net.ipv4.tcp_max_orphans; Linux chooses it by the size of its memory",
        ko: "net.ipv4.tcp_max_orphans. 리눅스는 메모리 크기에 따라 정합니다",
      },
    },
    {
      key: "hold",
      unit: "us",
      default: SECOND_US,
      min: 0,
      max: 600 * SECOND_US,
      doc: { en: "how long the server waits before it closes", ko: "서버가 닫기까지의 시간" },
    },
    {
      key: "periods",
      unit: "count",
      default: 6,
      min: 3,
      max: 1000,
      doc: {
        en: "how many times the life of an orphan the run lasts; the first two are not counted",
        ko: "고아 연결 수명의 몇 배 동안 실행할지. 처음 두 번은 세지 않습니다",
      },
    },
    delayParameter(500, SECOND_US / 100),
  ],
  plan,
  oracles: finWait1OrphansOracles,
  capacity: orphanCapacity,
};

function plan(settings: Settings): BulkPlan {
  const rate = settingOf(settings, "rate");
  const untilUs = Math.ceil((settingOf(settings, "periods") * warmUs(settings)) / 2);
  return {
    cells: 1,
    hosts: ["client", "server"],
    untilUs,
    sampleUs: Math.ceil(untilUs / 240),
    connections: Math.floor((rate * untilUs) / SECOND_US),
    cell: () => cell(settings),
  };
}

function cell(settings: Settings): CellSpec {
  const { params, ephemeralPorts } = settings.profile;
  const gone = new Set<number>();
  const times = closeTimes(settings);
  const behaviour = client(settingOf(settings, "gone"), gone);
  const holdUs = settingOf(settings, "hold");
  return {
    hosts: [
      {
        name: "client",
        params,
        ephemeralPorts,
        application: clients({ server: 1, port: PORT, times }, behaviour),
      },
      {
        name: "server",
        params,
        ephemeralPorts,
        maxOrphans: settingOf(settings, "max-orphans"),
        application: server(holdUs, warmUs(settings)),
      },
    ],
    link: { delayUs: settingOf(settings, "delay") },
    box: new Unreachable((address) => gone.has(address)),
    whiles: [{ what: CLOSE, afterUs: holdUs }],
  };
}

/** As a Poisson process, from as many orphans on as there will be. */
function closeTimes(settings: Settings): Times {
  const rate = settingOf(settings, "rate");
  if (settingOf(settings, "arrivals") === CONSTANT) return evenTimes(rate);
  const lifeUs = orphanUs(settings);
  const gone = Math.max(1, settingOf(settings, "gone"));
  const room = (settingOf(settings, "max-orphans") * MILLION) / gone;
  const count = Math.floor(Math.min(room, (rate * lifeUs) / SECOND_US));
  return warmTimes(count, lifeUs, poissonTimes(rate));
}

/** @param share of clients, in millionths, that are `gone` once they are connected */
function client(share: number, gone: Set<number>): Application {
  return {
    connected(cell: Cell, end: End): void {
      const { connections } = cell;
      const word = draw(cell.key, Purpose.CHOICE, connections.flow(end), 0, 0);
      if (hits(word, share, MILLION)) gone.add(connections.address(end));
    },
    peerClosed(cell: Cell, end: End): void {
      cell.close(end);
    },
  };
}

function server(holdUs: number, countFromUs: number): Application {
  return {
    begin(cell: Cell, host: BulkHost): void {
      cell.listen(host, PORT);
    },
    connected(cell: Cell, end: End): void {
      cell.later(end, holdUs, CLOSE);
    },
    due(cell: Cell, end: End): void {
      const { counters } = cell.hostOf(end);
      const before = counters.TCPAbortOnMemory;
      cell.close(end);
      const resets = counters.TCPAbortOnMemory - before;
      if (resets > 0) cell.measures.first(TOO_MANY, cell.nowUs);
      if (cell.nowUs < countFromUs) return;
      cell.measures.count(CLOSES);
      cell.measures.count(RESETS, resets);
    },
  };
}
