import { Purpose } from "../../random/draw.ts";
import { PoissonArrivals } from "../../random/poisson-arrivals.ts";
import { KeyedWords } from "../../random/words.ts";
import type { Application } from "../application.ts";
import type { Cell } from "../cell.ts";
import { addressOf, type End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { CONSTANT, portExhaustionOracles, takenUs } from "./port-exhaustion.oracle.ts";

const SECOND_US = 1_000_000;
const PORT = 443;
const CLOSE = 0;

/** A client, or a proxy, that opens more connections to one destination than it has ports. */
export const portExhaustion: BulkScenario = {
  name: "port-exhaustion",
  title: { en: "Out of ephemeral ports", ko: "임시 포트 고갈" },
  explanation: {
    en: "A client that closes first keeps its port until the end of TIME-WAIT. With P ports and a port taken for T seconds, one destination address and port can be reached P/T times a second: 470 on Linux. Faster, and `connect` fails with EADDRNOTAVAIL from P/λ seconds on. From a cold start at an even rate the failures come in a square wave: all of them until the first TIME-WAIT ends, then none for a while.",
    ko: "먼저 닫는 클라이언트는 TIME-WAIT이 끝날 때까지 포트를 놓지 않습니다. 포트가 P개이고 한 포트가 T초 동안 쓰이면, 목적지 주소와 포트 하나에 초당 P/T번 연결할 수 있습니다. 리눅스에서는 470번입니다. 더 빠르면 P/λ초부터 `connect`가 EADDRNOTAVAIL로 실패합니다. 일정한 속도로 처음부터 시작하면 실패가 네모파로 나타납니다.",
  },
  leavesOut: {
    en: "The search for a free port takes no time. Linux also tries to take over a TIME-WAIT that timestamps show to be over (tcp_tw_reuse); that is off here.",
    ko: "빈 포트를 찾는 데는 시간이 걸리지 않습니다. 리눅스는 타임스탬프로 안전하다고 알 수 있는 TIME-WAIT을 다시 쓰기도 하지만(tcp_tw_reuse) 여기서는 꺼져 있습니다.",
  },
  profile: "linux",
  parameters: [
    {
      key: "rate",
      unit: "per-second",
      default: 500,
      min: 1,
      max: 1_000_000,
      doc: { en: "connections that are asked for in each second", ko: "초마다 요청하는 연결 수" },
    },
    {
      key: "arrivals",
      unit: "choice",
      default: CONSTANT,
      min: 0,
      max: 1,
      choices: ["constant", "poisson"],
      doc: { en: "how they come", ko: "도착하는 방식" },
    },
    {
      key: "ports",
      unit: "count",
      default: ({ ephemeralPorts: [first, last] }) => last - first + 1,
      min: 1,
      max: 65_535,
      doc: { en: "ephemeral ports", ko: "임시 포트 수" },
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
      key: "delay",
      unit: "us",
      default: 500,
      min: 0,
      max: 10 * SECOND_US,
      doc: { en: "one-way delay of the link", ko: "링크의 편도 지연" },
    },
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
  ],
  plan,
  oracles: portExhaustionOracles,
  capacity: (settings) => [
    {
      errno: "EADDRNOTAVAIL",
      resource: { en: "ephemeral ports", ko: "임시 포트" },
      perSecond: (settingOf(settings, "ports") * SECOND_US) / takenUs(settings),
      formula: { en: "ports / time that each is taken", ko: "포트 수 / 포트가 쓰이는 시간" },
    },
  ],
};

function plan(settings: Settings): BulkPlan {
  const { params } = settings.profile;
  const periodUs = takenUs(settings);
  const untilUs = settingOf(settings, "periods") * periodUs;
  const holdUs = settingOf(settings, "hold");
  const rate = settingOf(settings, "rate");
  const poisson = settingOf(settings, "arrivals") !== CONSTANT;
  const last = 65_535;
  const ephemeralPorts = [last - settingOf(settings, "ports") + 1, last] as const;
  const spec = { rate, poisson, holdUs, countFromUs: periodUs };
  return {
    cells: 1,
    hosts: ["client", "server"],
    untilUs,
    sampleUs: Math.max(1, Math.ceil(untilUs / 240)),
    connections: Math.floor((rate * untilUs) / SECOND_US),
    cell: () => ({
      hosts: [
        { name: "client", params, ephemeralPorts, application: client(spec) },
        { name: "server", params, ephemeralPorts, application: server },
      ],
      link: { delayUs: settingOf(settings, "delay") },
      whiles: [{ what: CLOSE, afterUs: holdUs }],
    }),
  };
}

interface ClientSpec {
  readonly rate: number;
  readonly poisson: boolean;
  readonly holdUs: number;
  /** Calls before this time are the cold start's. */
  readonly countFromUs: number;
}

function client({ rate, poisson, holdUs, countFromUs }: ClientSpec): Application {
  const remote = addressOf(1, 0);
  const arrivals = new PoissonArrivals(rate);
  let words: KeyedWords | undefined;
  const openAtUs = (cell: Cell, nth: number): number => {
    if (!poisson) return Math.floor((nth * SECOND_US) / rate);
    words ??= new KeyedWords(cell.key);
    return arrivals.next(words.aim(Purpose.OPEN, nth, 0, 0));
  };
  return {
    begin(cell: Cell, host: BulkHost): void {
      cell.laterHost(host, openAtUs(cell, 0), 0, 1);
    },
    hostDue(cell: Cell, host: BulkHost, _what: number, nth: number): void {
      const end = cell.connect(host, remote, PORT);
      if (cell.nowUs >= countFromUs) {
        cell.measures.count("attempts");
        if (typeof end === "string") cell.measures.count("refused");
      }
      cell.laterHost(host, openAtUs(cell, nth) - cell.nowUs, 0, nth + 1);
    },
    connected(cell: Cell, end: End): void {
      cell.later(end, holdUs, CLOSE);
    },
    due(cell: Cell, end: End): void {
      cell.close(end);
    },
  };
}

const server: Application = {
  begin(cell: Cell, host: BulkHost): void {
    cell.listen(host, PORT);
  },
  peerClosed(cell: Cell, end: End): void {
    cell.close(end);
  },
};
