import { Flag } from "@synfin/core/tcp";
import { draw, Purpose } from "../../random/draw.ts";
import type { Application } from "../application.ts";
import { Tap } from "../boxes/tap.ts";
import { Unreachable } from "../boxes/unreachable.ts";
import type { Cell } from "../cell.ts";
import { ADDRESSES, addressOf, type End, hostOf } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import type { CellSpec } from "../spec.ts";
import { arrivalsParameter, CONSTANT, POISSON } from "./parts/arrivals.ts";
import { clients } from "./parts/clients.ts";
import { queueRoom } from "./parts/listen-queues.oracle.ts";
import { ListenQueues } from "./parts/listen-queues.ts";
import { evenTimes, poissonTimes, type Times, warmTimes } from "./parts/open-times.ts";
import { backlogParameter, delayParameter } from "./parts/parameters.ts";
import { heldUs, SERVED, synFloodCapacity, synFloodOracles, TRIED } from "./syn-flood.oracle.ts";

const SECOND_US = 1_000_000;
const PORT = 443;
const MSS = 1460;
/** The numbers of the hosts in the cell. */
const SERVER = 1;
const ATTACKER = 2;
/** Tells the flood's draws from those of the clients. */
const FLOOD_STREAM = 1;

/** SYNs from addresses that no one has. */
export const synFlood: BulkScenario = {
  name: "syn-flood",
  title: { en: "A SYN flood", ko: "SYN 플러드" },
  explanation: {
    en: "An attacker sends SYNs from addresses that are not its own. The server answers each, remembers it, and waits for an ACK that will not come: on Linux it sends the SYN,ACK 5 times again (net.ipv4.tcp_synack_retries) and gives up after 63 s. A queue with room for B half-open connections, one more than the backlog, is kept full by B/63 SYNs a second: 2.0 for 128, 16.3 for 1024, 65 for 4096, which is no traffic at all. A client that finds it full has its SYN dropped; in front of a Poisson flood the share of them is Erlang's B. Taking the place of the oldest (RFC 4987 §3.4) helps while a queue lasts longer than a round trip. SYN cookies (net.ipv4.tcp_syncookies, §3.6) need no queue, and everyone connects. `ss -tan state syn-recv` shows the queue; `nstat` counts TcpExtListenDrops, and TcpExtSyncookiesSent, Recv and Failed.",
    ko: "공격자가 자기 것이 아닌 주소로 SYN을 보냅니다. 서버는 하나하나 답하고 기억하며, 오지 않을 ACK을 기다립니다. 리눅스는 SYN,ACK을 5번 다시 보내고(net.ipv4.tcp_synack_retries) 63초 뒤 포기합니다. 반쯤 열린 연결을 B개(backlog보다 하나 많음) 담는 큐는 초당 B/63개의 SYN이면 늘 가득합니다. 128이면 2.0, 1024면 16.3, 4096이면 65로, 트래픽이라 할 것도 없습니다. 가득한 큐를 만난 클라이언트의 SYN은 버려지며, 푸아송 공격에서 그 비율은 얼랑 B입니다. 가장 오래된 것을 밀어내는 방법(RFC 4987 §3.4)은 큐가 한 바퀴 도는 데 왕복 시간보다 오래 걸리는 동안 도움이 됩니다. SYN 쿠키(net.ipv4.tcp_syncookies, §3.6)는 큐가 필요 없어 모두 연결됩니다. `ss -tan state syn-recv`로 큐를 보고, `nstat`의 TcpExtListenDrops와 TcpExtSyncookiesSent, Recv, Failed를 보십시오.",
  },
  leavesOut: {
    en: "The link is never full. net.ipv4.tcp_max_syn_backlog is so large that it does not matter: without cookies Linux keeps its last quarter for addresses that it knows. A client tries once, for one initial timeout (its own connect timeout), so that tries are independent. The flood lasts from the start; where it is Poisson the queue begins as full as it will be, with ages drawn at random.",
    ko: "링크는 가득 차지 않습니다. net.ipv4.tcp_max_syn_backlog는 상관없을 만큼 크다고 봅니다. 쿠키를 쓰지 않는 리눅스는 그 마지막 4분의 1을 아는 주소의 몫으로 남겨 둡니다. 클라이언트는 첫 타임아웃 동안 한 번만 시도하므로(자체 연결 타임아웃) 시도끼리 독립입니다. 공격은 처음부터 이어지며, 푸아송이면 큐가 임의의 나이로 가득 찬 채 시작합니다.",
  },
  profile: "linux",
  parameters: [
    {
      key: "flood",
      unit: "per-second",
      default: 100,
      min: 1,
      max: 100_000,
      doc: { en: "forged SYNs in each second", ko: "초마다 오는 위조된 SYN" },
    },
    arrivalsParameter(POISSON),
    {
      key: "policy",
      unit: "choice",
      default: ({ params }) => params.synQueueFull,
      min: 0,
      max: 2,
      choices: ["drop", "replace-oldest", "cookies"],
      doc: {
        en: "what becomes of a SYN that finds the queue full",
        ko: "큐가 가득할 때 온 SYN을 어떻게 하는지",
      },
    },
    backlogParameter(128),
    {
      key: "rate",
      unit: "per-second",
      default: 10,
      min: 0,
      max: 10_000,
      doc: { en: "clients that connect in each second", ko: "초마다 연결하는 클라이언트 수" },
    },
    {
      key: "periods",
      unit: "count",
      default: 5,
      min: 2,
      max: 1000,
      doc: {
        en: "how many times the life of a half-open connection the flood lasts; with Poisson arrivals clients come after the first",
        ko: "반쯤 열린 연결 수명의 몇 배 동안 공격이 이어질지. 푸아송이면 첫 번째가 지나고 클라이언트가 옵니다",
      },
    },
    delayParameter(20_000, SECOND_US / 4),
  ],
  plan,
  oracles: synFloodOracles,
  capacity: synFloodCapacity,
};

function floodUs(settings: Settings): number {
  return settingOf(settings, "periods") * heldUs(settings);
}

function plan(settings: Settings): BulkPlan {
  // The last handshakes are done, or given up.
  const untilUs = floodUs(settings) + 5 * SECOND_US;
  return {
    cells: 1,
    hosts: ["client", "server", "attacker"],
    untilUs,
    sampleUs: Math.ceil(untilUs / 240),
    connections: Math.floor((settingOf(settings, "rate") * untilUs) / SECOND_US),
    cell: () => cell(settings),
  };
}

function cell(settings: Settings): CellSpec {
  const { params, ephemeralPorts } = settings.profile;
  const patience = { ...params, synR2Us: params.initialRtoUs };
  const policy = { ...params, synQueueFull: settingOf(settings, "policy") };
  const queues = new ListenQueues();
  const forged = new Unreachable((address) => hostOf(address) === ATTACKER);
  return {
    hosts: [
      { name: "client", params: patience, ephemeralPorts, application: client(settings) },
      { name: "server", params: policy, ephemeralPorts, application: server(settings, queues) },
      { name: "attacker", params, ephemeralPorts, application: new Attacker(settings) },
    ],
    link: { delayUs: settingOf(settings, "delay") },
    box: new Tap(() => queues.lookAtHalfOpen(), forged),
  };
}

function client(settings: Settings): Application {
  const rate = settingOf(settings, "rate");
  if (rate === 0) return {};
  return clients(
    {
      server: SERVER,
      port: PORT,
      times: poissonTimes(rate),
      fromUs: heldUs(settings),
      untilUs: floodUs(settings),
      opening: (cell) => cell.measures.count(TRIED),
    },
    {
      peerClosed(cell: Cell, end: End): void {
        cell.close(end);
      },
    },
  );
}

function server(settings: Settings, queues: ListenQueues): Application {
  return {
    begin(cell: Cell, host: BulkHost): void {
      cell.listen(host, PORT, { backlog: settingOf(settings, "backlog") });
      queues.begin(cell, host, PORT);
    },
    connected(cell: Cell, end: End): void {
      cell.measures.count(SERVED);
      cell.close(end);
    },
  };
}

/** When the forged SYNs come; a Poisson process finds the queue as full as it will be. */
function floodTimes(settings: Settings): Times {
  const rate = settingOf(settings, "flood");
  if (settingOf(settings, "arrivals") === CONSTANT) return evenTimes(rate);
  const placeUs = heldUs(settings);
  const offered = Math.floor((rate * placeUs) / SECOND_US);
  const inQueue = Math.min(queueRoom(settings), offered);
  return warmTimes(inQueue, placeUs, poissonTimes(rate, SECOND_US, FLOOD_STREAM), FLOOD_STREAM);
}

/** Sends SYNs from addresses of its own that lead nowhere, each once. */
class Attacker implements Application {
  readonly #times: Times;
  readonly #untilUs: number;

  constructor(settings: Settings) {
    this.#times = floodTimes(settings);
    this.#untilUs = floodUs(settings);
  }

  begin(cell: Cell, host: BulkHost): void {
    this.#schedule(cell, host, 0);
  }

  #schedule(cell: Cell, host: BulkHost, nth: number): void {
    const atUs = this.#times(cell, nth);
    if (atUs < this.#untilUs) cell.laterHost(host, atUs - cell.nowUs, 0, nth);
  }

  hostDue(cell: Cell, host: BulkHost, _what: number, nth: number): void {
    const from = nth % ADDRESSES;
    const srcPort = 1024 + Math.floor(nth / ADDRESSES);
    cell.inject(
      host,
      { src: addressOf(ATTACKER, from), srcPort, dst: addressOf(SERVER, 0), dstPort: PORT },
      { flags: Flag.SYN, window: 65_535, mss: MSS, seq: draw(cell.key, Purpose.ISS, nth, 1, 0) },
    );
    this.#schedule(cell, host, nth + 1);
  }
}
