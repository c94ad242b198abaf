import type { Application } from "../application.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { type Opening, opensEvenly } from "./parts/crowd.ts";
import { follower } from "./parts/follower.ts";
import { delayParameter } from "./parts/parameters.ts";
import { lifeUs, steadyOracles } from "./steady.oracle.ts";

const SECOND_US = 1_000_000;
const PORT = 80;
const CLOSE = 0;

/**
 * The benchmark's work: an even rate, a full handshake, a four-way close and
 * TIME-WAIT for each connection. Clients are as many as the ports need.
 */
export const steady: BulkScenario = {
  name: "steady",
  title: { en: "A steady crowd", ko: "꾸준한 군중" },
  explanation: {
    en: "Connections are opened at an even rate, held for a while, and closed by the client first; the server follows at once. Each takes seven segments and then TIME-WAIT. How many are alive at once is the rate times the time that each is held: Little's law, with TIME-WAIT for most of it.",
    ko: "연결을 일정한 속도로 열고 잠시 유지한 뒤 클라이언트가 먼저 닫으며, 서버가 곧바로 따라 닫습니다. 연결마다 세그먼트 일곱 개와 TIME-WAIT이 듭니다. 동시에 살아 있는 수는 속도에 각 연결의 수명을 곱한 값입니다(리틀의 법칙). 그 대부분은 TIME-WAIT입니다.",
  },
  leavesOut: {
    en: "No data is sent, and neither host is ever busy: a call takes no time.",
    ko: "데이터를 보내지 않으며, 어느 호스트도 바쁘지 않습니다. 호출에는 시간이 걸리지 않습니다.",
  },
  profile: "rfc9293",
  parameters: [
    {
      key: "connections",
      unit: "count",
      default: 10_000,
      min: 1,
      max: 100_000_000,
      doc: { en: "how many are opened in all", ko: "모두 몇 개를 여는지" },
    },
    {
      key: "rate",
      unit: "per-second",
      default: 100,
      min: 1,
      max: 10_000_000,
      doc: { en: "how many are opened in each second", ko: "초마다 몇 개를 여는지" },
    },
    {
      key: "hold",
      unit: "us",
      default: 20 * SECOND_US,
      min: 0,
      max: 3600 * SECOND_US,
      doc: {
        en: "how long a client keeps its connection",
        ko: "클라이언트가 연결을 유지하는 시간",
      },
    },
    delayParameter(20_000),
    {
      key: "loss",
      unit: "ppm",
      default: 0,
      min: 0,
      max: 1_000_000,
      doc: { en: "the chance that a segment is lost", ko: "세그먼트가 사라질 확률" },
    },
  ],
  plan,
  oracles: steadyOracles,
};

/** How many there are at once: Little's law. */
function aliveAtOnce(settings: Settings): number {
  const byRate = Math.ceil((settingOf(settings, "rate") * lifeUs(settings)) / SECOND_US);
  return Math.min(settingOf(settings, "connections"), byRate);
}

/** Half of its ports in use at most, so that no client ever runs out of them. */
function clientCount(settings: Settings): number {
  const [first, last] = settings.profile.ephemeralPorts;
  return Math.max(1, Math.ceil((2 * aliveAtOnce(settings)) / (last - first + 1)));
}

function plan(settings: Settings): BulkPlan {
  const cells = clientCount(settings);
  const connections = settingOf(settings, "connections");
  const rate = settingOf(settings, "rate");
  const holdUs = settingOf(settings, "hold");
  const delayUs = settingOf(settings, "delay");
  const { params, ephemeralPorts } = settings.profile;
  const share = (index: number): Opening => {
    return { connections: Math.ceil((connections - index) / cells), cells, index, rate };
  };
  const openingUs = (connections * SECOND_US) / rate;
  return {
    cells,
    hosts: ["client", "server"],
    untilUs: Number.POSITIVE_INFINITY,
    sampleUs: Math.max(1, Math.ceil((openingUs + lifeUs(settings)) / 240)),
    connections,
    cell: (index) => ({
      hosts: [
        {
          name: "client",
          params,
          ephemeralPorts,
          application: client(share(index), holdUs),
        },
        { name: "server", params, ephemeralPorts, application: follower(PORT) },
      ],
      link: { delayUs, loss: [settingOf(settings, "loss"), 1_000_000] },
      whiles: [{ what: CLOSE, afterUs: holdUs }],
      expected: Math.ceil(aliveAtOnce(settings) / cells),
    }),
  };
}

function client(opening: Opening, holdUs: number): Application {
  return {
    ...opensEvenly(opening, PORT),
    connected(cell: Cell, end: End): void {
      cell.later(end, holdUs, CLOSE);
    },
    due(cell: Cell, end: End): void {
      cell.close(end);
    },
  };
}
