import { State } from "@synfin/core/tcp";
import { draw, hits, Purpose } from "../../random/draw.ts";
import type { Application } from "../application.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import type { CellSpec } from "../spec.ts";
import {
  AFTER,
  BEFORE,
  closeWaitLeakOracles,
  descriptorCapacity,
  EMFILE,
  HALF_WAY,
  halfWayUs,
  stopUs,
} from "./close-wait-leak.oracle.ts";
import { clients } from "./parts/clients.ts";
import { Descriptors } from "./parts/descriptors.ts";
import { evenTimes } from "./parts/open-times.ts";
import { backlogParameter, delayParameter, rateParameter } from "./parts/parameters.ts";

const SECOND_US = 1_000_000;
const HOUR_US = 3600 * SECOND_US;
const MILLION = 1_000_000;
const PORT = 8080;
const CLOSE = 0;
/** Longer than FIN takes to arrive on the slowest link. */
const SETTLE_US = 60 * SECOND_US;

/** A server that forgets to close. */
export const closeWaitLeak: BulkScenario = {
  name: "close-wait-leak",
  title: { en: "A leak of CLOSE-WAIT", ko: "CLOSE-WAIT 누수" },
  explanation: {
    en: "Clients close, and now and then the server forgets to: an error path without `close`, a pool that does not look at its connections. Each stays in CLOSE-WAIT, and TCP has no timer for that: only the process can end it. At λ connections a second of which a share p leaks, λpt of them stand there after t seconds, and `accept` fails with EMFILE after (ulimit − base) / λp; from then on new connections wait in the accept queue (Recv-Q in `ss -lt`) and time out. `ss -tanp state close-wait` names the process, and its count only grows. SO_KEEPALIVE ends the connections, two hours later and once the clients have forgotten them, but the descriptors stay taken.",
    ko: "클라이언트는 닫는데 서버가 가끔 닫기를 잊습니다. `close`가 빠진 오류 처리, 연결을 들여다보지 않는 풀입니다. 그런 연결은 CLOSE-WAIT에 남고, TCP에는 이를 끝낼 타이머가 없습니다. 프로세스만 끝낼 수 있습니다. 초당 λ개 가운데 비율 p가 새면 t초 뒤에는 λpt개가 쌓이고, (ulimit − 기본) / λp가 지나면 `accept`가 EMFILE로 실패합니다. 그때부터 새 연결은 accept 큐(`ss -lt`의 Recv-Q)에서 기다리다가 시간 초과로 끝납니다. `ss -tanp state close-wait`가 프로세스를 알려 주며 그 수는 늘기만 합니다. SO_KEEPALIVE는 두 시간 뒤 클라이언트가 연결을 잊은 다음에야 연결을 끝내지만, 디스크립터는 그대로입니다.",
  },
  leavesOut: {
    en: "The server does not crash or restart at EMFILE, and no data is sent.",
    ko: "서버는 EMFILE이 나도 죽거나 다시 시작하지 않으며, 데이터는 보내지 않습니다.",
  },
  profile: "linux",
  parameters: [
    rateParameter(50),
    {
      key: "leak",
      unit: "ppm",
      default: 100_000,
      min: 0,
      max: MILLION,
      doc: { en: "the share that the server forgets to close", ko: "서버가 닫기를 잊는 비율" },
    },
    {
      key: "limit",
      unit: "count",
      default: 1024,
      min: 2,
      max: 1_048_576,
      doc: {
        en: "`ulimit -n`: descriptors of the process",
        ko: "`ulimit -n`. 프로세스의 디스크립터 수",
      },
    },
    {
      key: "base",
      unit: "count",
      default: 24,
      min: 0,
      max: 1_048_576,
      doc: { en: "descriptors that it uses for other things", ko: "다른 데 쓰는 디스크립터 수" },
    },
    {
      key: "hold",
      unit: "us",
      default: SECOND_US / 10,
      min: 0,
      max: 60 * SECOND_US,
      doc: {
        en: "how long a client keeps its connection",
        ko: "클라이언트가 연결을 유지하는 시간",
      },
    },
    {
      key: "keep-alive",
      unit: "switch",
      default: 0,
      min: 0,
      max: 1,
      doc: { en: "SO_KEEPALIVE at the server", ko: "서버의 SO_KEEPALIVE" },
    },
    {
      key: "quiet",
      unit: "us",
      default: 4 * HOUR_US,
      min: HOUR_US,
      max: 240 * HOUR_US,
      doc: {
        en: "how long nothing happens after the clients have stopped",
        ko: "클라이언트가 멈춘 뒤 아무 일도 없는 시간",
      },
    },
    backlogParameter(),
    delayParameter(500, SECOND_US),
  ],
  plan,
  oracles: closeWaitLeakOracles,
  capacity: descriptorCapacity,
};

function plan(settings: Settings): BulkPlan {
  const untilUs = stopUs(settings) + SETTLE_US + settingOf(settings, "quiet");
  return {
    cells: 1,
    hosts: ["client", "server"],
    untilUs: untilUs + 1,
    sampleUs: Math.ceil(untilUs / 240),
    connections: Math.floor((settingOf(settings, "rate") * stopUs(settings)) / SECOND_US),
    cell: () => cell(settings),
  };
}

function cell(settings: Settings): CellSpec {
  const { params, ephemeralPorts } = settings.profile;
  const holdUs = settingOf(settings, "hold");
  const times = evenTimes(settingOf(settings, "rate"));
  const opening = { server: 1, port: PORT, times, untilUs: stopUs(settings) };
  return {
    hosts: [
      { name: "client", params, ephemeralPorts, application: clients(opening, client(holdUs)) },
      { name: "server", params, ephemeralPorts, application: server(settings) },
    ],
    link: { delayUs: settingOf(settings, "delay") },
    whiles: [{ what: CLOSE, afterUs: holdUs }],
  };
}

function client(holdUs: number): Application {
  return {
    connected(cell: Cell, end: End): void {
      cell.later(end, holdUs, CLOSE);
    },
    due(cell: Cell, end: End): void {
      cell.close(end);
    },
  };
}

/** `app` is 1 for an end that has been accepted. */
const ACCEPTED = 1;

class LeakingServer implements Application {
  readonly #settings: Settings;
  readonly #descriptors: Descriptors;
  readonly #looks: readonly (readonly [string, number])[];

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#descriptors = new Descriptors(settingOf(settings, "limit"), settingOf(settings, "base"));
    const quietFromUs = stopUs(settings) + SETTLE_US;
    this.#looks = [
      [HALF_WAY, halfWayUs(settings)],
      [BEFORE, quietFromUs],
      [AFTER, quietFromUs + settingOf(settings, "quiet")],
    ];
  }

  begin(cell: Cell, host: BulkHost): void {
    cell.listen(host, PORT, {
      backlog: settingOf(this.#settings, "backlog"),
      acceptsByHand: true,
    });
    this.#looks.forEach(([, atUs], what) => {
      cell.laterHost(host, atUs, what);
    });
  }

  /** Looks how many are in CLOSE-WAIT. */
  hostDue(cell: Cell, { states }: BulkHost, what: number): void {
    const [name] = this.#looks[what] ?? [""];
    cell.measures.count(name, states[State.CLOSE_WAIT]);
  }

  acceptable(cell: Cell, host: BulkHost): void {
    const listener = host.listeners.get(PORT);
    while (listener !== undefined && listener.waiting.size > 0) {
      if (!this.#descriptors.take()) {
        cell.measures.first(EMFILE, cell.nowUs);
        return;
      }
      this.#accepted(cell, cell.accept(host, PORT));
    }
  }

  #accepted(cell: Cell, end: End): void {
    cell.connections.app[end] = ACCEPTED;
    if (settingOf(this.#settings, "keep-alive") === 1) cell.keepAlive(end, true);
    // Its client may have closed it while it waited.
    if (cell.state(end) === State.CLOSE_WAIT) this.#closes(cell, end);
  }

  peerClosed(cell: Cell, end: End): void {
    if (cell.connections.app[end] !== ACCEPTED) return;
    this.#closes(cell, end);
    this.acceptable(cell, cell.hostOf(end));
  }

  /** Or forgets to. */
  #closes(cell: Cell, end: End): void {
    const word = draw(cell.key, Purpose.CHOICE, cell.connections.flow(end), 1, 0);
    if (hits(word, settingOf(this.#settings, "leak"), MILLION)) return;
    cell.connections.app[end] = 0;
    this.#descriptors.give();
    cell.close(end);
  }
}

function server(settings: Settings): Application {
  return new LeakingServer(settings);
}
