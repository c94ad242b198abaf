import type { Application } from "../application.ts";
import type { Cell } from "../cell.ts";
import { addressOf, type End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { portHabit } from "../port-habits.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { addressInUseOracles, lastTimeWaitUs, SERVER_CLOSES } from "./address-in-use.oracle.ts";
import { delayParameter } from "./parts/parameters.ts";

const SECOND_US = 1_000_000;
const PORT = 8080;
const STOP = 0;
const START = 1;
/** The server is stopped once all clients are connected, and have closed if they close first. */
const STOP_AT_US = 60 * SECOND_US;

/** A server that is stopped and started again, and whose port is still taken. */
export const addressInUse: BulkScenario = {
  name: "address-in-use",
  title: { en: "Address already in use", ko: "주소가 이미 사용 중" },
  explanation: {
    en: "A server that is stopped closes its connections first, so it is the server that goes through TIME-WAIT, with its own port as the local one. Started again, it asks for that port, and `bind` fails with EADDRINUSE until the last TIME-WAIT is over: 60 s on Linux. `ss -tan state time-wait sport = :8080` shows what is in the way. SO_REUSEADDR, set before `bind`, is meant for exactly this and is safe: what it lets the server share is the port, never a 4-tuple. Where the clients close first, TIME-WAIT is theirs and there is nothing to wait for.",
    ko: "서버를 멈추면 서버가 먼저 연결을 닫으므로 TIME-WAIT은 서버 쪽에, 서버의 포트로 남습니다. 다시 시작해 그 포트를 요청하면 마지막 TIME-WAIT이 끝날 때까지 `bind`가 EADDRINUSE로 실패합니다. 리눅스에서는 60초입니다. `ss -tan state time-wait sport = :8080`으로 무엇이 막고 있는지 볼 수 있습니다. `bind` 전에 설정하는 SO_REUSEADDR가 바로 이럴 때 쓰는 것이며 안전합니다. 함께 쓰는 것은 포트일 뿐 4-튜플이 아닙니다. 클라이언트가 먼저 닫으면 TIME-WAIT은 클라이언트 쪽에 남으므로 기다릴 필요가 없습니다.",
  },
  leavesOut: {
    en: "The clients do not come back before the server does. A process that is killed while it has unread data resets instead, and leaves no TIME-WAIT. On Windows SO_REUSEADDR means something else.",
    ko: "서버보다 먼저 돌아오는 클라이언트는 없습니다. 읽지 않은 데이터가 있는 채로 죽은 프로세스는 리셋을 보내며 TIME-WAIT을 남기지 않습니다. 윈도우의 SO_REUSEADDR는 뜻이 다릅니다.",
  },
  profile: "linux",
  parameters: [
    {
      key: "clients",
      unit: "count",
      default: 1000,
      min: 1,
      max: 28_232,
      doc: { en: "connections when the server is stopped", ko: "서버를 멈출 때의 연결 수" },
    },
    {
      key: "closes-first",
      unit: "choice",
      default: SERVER_CLOSES,
      min: 0,
      max: 1,
      choices: ["server", "client"],
      doc: { en: "who has closed first", ko: "먼저 닫는 쪽" },
    },
    {
      key: "reuse-address",
      unit: "switch",
      default: 0,
      min: 0,
      max: 1,
      doc: {
        en: "SO_REUSEADDR at the server, old and new",
        ko: "이전 서버와 새 서버의 SO_REUSEADDR",
      },
    },
    {
      key: "retry",
      unit: "us",
      default: SECOND_US,
      min: 1000,
      max: 3600 * SECOND_US,
      doc: { en: "how often a server tries to bind", ko: "bind를 다시 시도하는 간격" },
    },
    delayParameter(500, SECOND_US),
  ],
  plan,
  oracles: addressInUseOracles,
};

function plan(settings: Settings): BulkPlan {
  const { params, name, ephemeralPorts } = settings.profile;
  const clients = settingOf(settings, "clients");
  const untilUs = STOP_AT_US + lastTimeWaitUs(settings) + 2 * settingOf(settings, "retry");
  return {
    cells: 1,
    hosts: ["client", "server"],
    untilUs: Number.POSITIVE_INFINITY,
    sampleUs: Math.max(1, Math.ceil(untilUs / 240)),
    connections: clients,
    cell: () => ({
      hosts: [
        {
          name: "client",
          params,
          ephemeralPorts,
          ...portHabit(name),
          application: client(settings),
        },
        { name: "server", params, ephemeralPorts, application: server(settings) },
      ],
      link: { delayUs: settingOf(settings, "delay") },
    }),
  };
}

function client(settings: Settings): Application {
  const clients = settingOf(settings, "clients");
  const closesFirst = settingOf(settings, "closes-first") !== SERVER_CLOSES;
  return {
    begin(cell: Cell, host: BulkHost): void {
      for (let nth = 0; nth < clients; nth += 1) cell.connect(host, addressOf(1, 0), PORT);
    },
    connected(cell: Cell, end: End): void {
      if (closesFirst) cell.close(end);
    },
    peerClosed(cell: Cell, end: End): void {
      cell.close(end);
    },
  };
}

function server(settings: Settings): Application {
  const reuseAddress = settingOf(settings, "reuse-address") === 1;
  const everyUs = settingOf(settings, "retry");
  const open = new Set<End>();
  const stop = (cell: Cell, host: BulkHost): void => {
    cell.unlisten(host, PORT);
    for (const end of [...open]) cell.close(end);
    start(cell, host);
  };
  const start = (cell: Cell, host: BulkHost): void => {
    if (cell.bind(host, PORT, { reuseAddress }) === undefined) {
      cell.listen(host, PORT);
      cell.measures.histogram("down").record(cell.nowUs - STOP_AT_US);
      return;
    }
    cell.measures.count("EADDRINUSE");
    cell.laterHost(host, everyUs, START);
  };
  return {
    begin(cell: Cell, host: BulkHost): void {
      cell.listen(host, PORT);
      cell.laterHost(host, STOP_AT_US, STOP);
    },
    hostDue(cell: Cell, host: BulkHost, what: number): void {
      if (what === STOP) stop(cell, host);
      else start(cell, host);
    },
    connected(_cell: Cell, end: End): void {
      open.add(end);
    },
    peerClosed(cell: Cell, end: End): void {
      cell.close(end);
    },
    ended(_cell: Cell, end: End): void {
      open.delete(end);
    },
  };
}
