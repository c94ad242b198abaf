import type { Application } from "../application.ts";
import { SnatPool } from "../boxes/snat-pool.ts";
import type { Cell } from "../cell.ts";
import { addressOf, type End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { portHabit } from "../port-habits.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { arrivalsParameter, CONSTANT, POISSON } from "./parts/arrivals.ts";
import { follower } from "./parts/follower.ts";
import { evenTimes, poissonTimes, type Times, warmTimes } from "./parts/open-times.ts";
import { delayParameter } from "./parts/parameters.ts";
import {
  mappedUs,
  NO_PORT,
  snatCapacity,
  snatExhaustionOracles,
  TIMED_OUT,
} from "./snat-exhaustion.oracle.ts";

const SECOND_US = 1_000_000;
const MINUTE_US = 60 * SECOND_US;
const PORT = 443;
const CLOSE = 0;
const GIVE_UP = 1;

/** What `Connections.app` says of a client's connection. */
const COUNTED = 1;
const CONNECTED = 2;

/** A machine behind a cloud's NAT, which has far fewer ports for it than it has itself. */
export const snatExhaustion: BulkScenario = {
  name: "snat-exhaustion",
  title: { en: "Out of SNAT ports in a cloud", ko: "클라우드의 SNAT 포트 고갈" },
  explanation: {
    en: "A machine without a public address goes out through its cloud's NAT, which lends it a few ports for each destination: 64 by default at one large cloud, each kept back for 120 s after the close. That is one connection every two seconds. Unlike the host's own ports, these fail in silence: the SYN is dropped, `connect` hangs and ends in ETIMEDOUT, and nothing on the machine is short of anything. `nstat` shows TCPSynRetrans rising and `ss -tan state syn-sent` shows who waits; the cloud's own metric of allocated or dropped NAT ports says why. What helps: connections that are kept and used again, more NAT addresses or ports for each machine, private endpoints.",
    ko: "공인 주소가 없는 머신은 클라우드의 NAT를 거쳐 나가며, NAT는 목적지마다 포트를 조금만 빌려줍니다. 어느 큰 클라우드에서는 기본이 64개이고 닫힌 뒤에도 120초 동안 다시 쓰지 않습니다. 2초에 연결 하나꼴입니다. 호스트의 포트와 달리 조용히 실패합니다. SYN이 버려지고 `connect`는 멈춰 있다가 ETIMEDOUT으로 끝나며, 머신에는 부족한 것이 없어 보입니다. `nstat`의 TCPSynRetrans가 늘고 `ss -tan state syn-sent`에 기다리는 연결이 보입니다. 원인은 클라우드의 NAT 포트 지표가 알려 줍니다. 연결을 유지해 다시 쓰거나, NAT 주소나 머신당 포트를 늘리거나, 프라이빗 엔드포인트를 쓰면 됩니다.",
  },
  leavesOut: {
    en: "That one cloud lends 64 ports for 120 s is general knowledge and was not looked up. One destination only. The NAT gives its ports in turn, never lends more for a while, and forgets no mapping whose handshake is unfinished. A client that waits for its SYN to be sent again takes part a second time; then no formula is held against it. Where calls come as a Poisson process, as many ports as there will be are taken at the start, at ages drawn at random.",
    ko: "64개와 120초는 널리 알려진 값이며 따로 확인하지 않았습니다. 목적지는 하나뿐입니다. NAT는 포트를 차례로 주고, 잠시 더 빌려주지 않으며, 핸드셰이크가 끝나지 않은 매핑을 잊지 않습니다. SYN 재전송을 기다리는 클라이언트는 다시 도전하므로, 그때는 공식과 비교하지 않습니다. 호출이 푸아송 과정으로 오면, 앞으로 쓰일 만큼의 포트가 임의의 나이로 이미 쓰이는 채 시작합니다.",
  },
  profile: "linux",
  parameters: [
    {
      key: "rate",
      unit: "count",
      default: 40,
      min: 1,
      max: 1_000_000,
      doc: { en: "connections that are asked for in each minute", ko: "분마다 요청하는 연결 수" },
    },
    arrivalsParameter(POISSON),
    {
      key: "ports",
      unit: "count",
      default: 64,
      min: 1,
      max: 60_000,
      doc: {
        en: "ports that the NAT lends the machine for one destination (64 at one cloud, from 32 to 1,024 at another)",
        ko: "NAT가 목적지 하나에 빌려주는 포트 수(어느 클라우드는 64개, 다른 곳은 32~1,024개)",
      },
    },
    {
      key: "nat-hold",
      unit: "us",
      default: 120 * SECOND_US,
      min: 0,
      max: 3600 * SECOND_US,
      doc: {
        en: "how long the NAT keeps a port back after the close",
        ko: "닫힌 뒤 NAT가 포트를 다시 쓰지 않는 시간",
      },
    },
    {
      key: "hold",
      unit: "us",
      default: 0,
      min: 0,
      max: 3600 * SECOND_US,
      doc: { en: "how long each is held", ko: "연결을 유지하는 시간" },
    },
    {
      key: "give-up",
      unit: "us",
      default: 900_000,
      min: 1,
      max: 600 * SECOND_US,
      doc: {
        en: "after how long the client gives up a connect; under the first retransmission by default",
        ko: "클라이언트가 connect를 포기하기까지의 시간. 기본값은 첫 재전송보다 짧습니다",
      },
    },
    delayParameter(5000),
    {
      key: "periods",
      unit: "count",
      default: 100,
      min: 2,
      max: 100_000,
      doc: {
        en: "how many times the time that a port is taken the run lasts; the first is not counted",
        ko: "포트 하나가 쓰이는 시간의 몇 배 동안 실행할지. 첫 번째는 세지 않습니다",
      },
    },
  ],
  plan,
  oracles: snatExhaustionOracles,
  capacity: snatCapacity,
};

function plan(settings: Settings): BulkPlan {
  const { params, name, ephemeralPorts } = settings.profile;
  const periodUs = mappedUs(settings);
  const untilUs = settingOf(settings, "periods") * periodUs;
  const ports = [65_536 - settingOf(settings, "ports"), 65_535] as const;
  return {
    cells: 1,
    hosts: ["machine", "server"],
    untilUs,
    sampleUs: Math.max(1, Math.ceil(untilUs / 240)),
    connections: Math.floor((settingOf(settings, "rate") * untilUs) / MINUTE_US),
    cell: () => {
      const holdUs = settingOf(settings, "nat-hold");
      const nat = new SnatPool({ inside: 0, address: addressOf(0, 1), ports, holdUs });
      return {
        hosts: [
          {
            name: "machine",
            params,
            ephemeralPorts,
            ...portHabit(name),
            application: machine(settings, nat, periodUs),
          },
          { name: "server", params, ephemeralPorts, application: follower(PORT) },
        ],
        link: { delayUs: settingOf(settings, "delay") },
        box: nat,
        whiles: [
          { what: CLOSE, afterUs: settingOf(settings, "hold") },
          { what: GIVE_UP, afterUs: settingOf(settings, "give-up") },
        ],
      };
    },
  };
}

/** A Poisson process begins with as many of the NAT's ports taken as there will be. */
function callTimes(settings: Settings, periodUs: number): Times {
  const rate = settingOf(settings, "rate");
  if (settingOf(settings, "arrivals") === CONSTANT) return evenTimes(rate, MINUTE_US);
  const offered = Math.floor((rate * periodUs) / MINUTE_US);
  const taken = Math.min(settingOf(settings, "ports"), offered);
  return warmTimes(taken, periodUs, poissonTimes(rate, MINUTE_US));
}

/** @param countFromUs calls before this time are the start's */
function machine(settings: Settings, nat: SnatPool, countFromUs: number): Application {
  const times = callTimes(settings, countFromUs);
  const holdUs = settingOf(settings, "hold");
  const giveUpUs = settingOf(settings, "give-up");
  return {
    begin(cell: Cell, host: BulkHost): void {
      cell.laterHost(host, times(cell, 0), 0, 0);
    },
    hostDue(cell: Cell, host: BulkHost, _what: number, nth: number): void {
      const end = cell.connect(host, addressOf(1, 0), PORT);
      const counted = cell.nowUs >= countFromUs;
      if (counted) cell.measures.count("attempts");
      if (typeof end === "number") {
        cell.connections.app[end] = counted ? COUNTED : 0;
        cell.later(end, giveUpUs, GIVE_UP);
      }
      cell.laterHost(host, times(cell, nth + 1) - cell.nowUs, 0, nth + 1);
    },
    connected(cell: Cell, end: End): void {
      cell.connections.app[end] = CONNECTED;
      cell.later(end, holdUs, CLOSE);
    },
    due(cell: Cell, end: End, what: number): void {
      if (what === CLOSE) cell.close(end);
      else if (cell.connections.app[end] !== CONNECTED) giveUp(cell, end, nat);
    },
  };
}

function giveUp(cell: Cell, end: End, nat: SnatPool): void {
  if (cell.connections.app[end] === COUNTED) cell.measures.count(TIMED_OUT);
  if (nat.refusedFromUs !== undefined) cell.measures.first(NO_PORT, nat.refusedFromUs);
  cell.abort(end);
}
