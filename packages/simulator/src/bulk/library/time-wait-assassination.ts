import { Cause } from "@synfin/core/tcp";
import type { Errno } from "@synfin/sockets";
import type { Application } from "../application.ts";
import { LongWay } from "../boxes/long-way.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { portHabit } from "../port-habits.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { opensEvenly } from "./parts/crowd.ts";
import { delayParameter } from "./parts/parameters.ts";
import { assassinationOracles } from "./time-wait-assassination.oracle.ts";

const SECOND_US = 1_000_000;
const PORT = 80;
const CLOSE = 0;
const OCTETS = 100;

/** An old duplicate, an ACK, a reset: TIME-WAIT is over before its time. */
export const timeWaitAssassination: BulkScenario = {
  name: "time-wait-assassination",
  title: { en: "TIME-WAIT assassination", ko: "TIME-WAIT 암살" },
  explanation: {
    en: "RFC 1337: a duplicate of old text comes to an end in TIME-WAIT, which answers with an ACK as it must. The peer, in LAST-ACK no more, has forgotten the connection and answers that ACK with a RST; and the RST ends TIME-WAIT. The tuple is free while other old segments may still be under way, which is what TIME-WAIT was to prevent. With F1 the end in TIME-WAIT ignores resets: `net.ipv4.tcp_rfc1337 = 1` on Linux, where it is off by default; FreeBSD always does. `nstat` counts the peer's TcpOutRsts.",
    ko: "RFC 1337: 오래된 텍스트의 복사본이 TIME-WAIT에 있는 쪽에 도착하면 규칙대로 ACK으로 답합니다. 상대는 LAST-ACK도 지나 연결을 잊었으므로 그 ACK에 RST로 답하고, 그 RST가 TIME-WAIT을 끝냅니다. 다른 옛 세그먼트가 아직 떠돌 수 있는데 튜플이 풀리는 것으로, TIME-WAIT이 막으려던 바로 그 일입니다. F1을 쓰면 TIME-WAIT에서 리셋을 무시합니다. 리눅스에서는 `net.ipv4.tcp_rfc1337 = 1`이며 기본은 꺼져 있고, FreeBSD는 늘 무시합니다. `nstat`에서 상대의 TcpOutRsts를 보세요.",
  },
  leavesOut: {
    en: "At most one copy of each connection's text strays, and no new connection takes the tuple that was set free too early.",
    ko: "연결마다 복사본은 하나까지만 떠돌며, 너무 일찍 풀린 튜플을 새 연결이 쓰지는 않습니다.",
  },
  profile: "linux",
  parameters: [
    {
      key: "connections",
      unit: "count",
      default: 5000,
      min: 1,
      max: 1_000_000,
      doc: { en: "how many are opened in all", ko: "모두 몇 개를 여는지" },
    },
    {
      key: "rate",
      unit: "per-second",
      default: 100,
      min: 1,
      max: 1_000_000,
      doc: { en: "how many are opened in each second", ko: "초마다 몇 개를 여는지" },
    },
    {
      key: "share",
      unit: "ppm",
      default: 900_000,
      min: 0,
      max: 1_000_000,
      doc: { en: "connections whose text strays", ko: "복사본이 떠도는 연결의 비율" },
    },
    {
      key: "late",
      unit: "us",
      default: 30 * SECOND_US,
      min: 1,
      max: 3600 * SECOND_US,
      doc: { en: "how much later the copy comes", ko: "복사본이 얼마나 늦게 오는지" },
    },
    {
      key: "rfc1337",
      unit: "switch",
      default: ({ params }) => params.rfc1337,
      min: 0,
      max: 1,
      doc: { en: "F1: TIME-WAIT ignores RST", ko: "F1: TIME-WAIT에서 RST를 무시합니다" },
    },
    {
      key: "hold",
      unit: "us",
      default: 100_000,
      min: 0,
      max: 3600 * SECOND_US,
      doc: { en: "how long each is held", ko: "연결을 유지하는 시간" },
    },
    delayParameter(10_000),
  ],
  plan,
  oracles: assassinationOracles,
};

function plan(settings: Settings): BulkPlan {
  const { name, ephemeralPorts } = settings.profile;
  const params = { ...settings.profile.params, rfc1337: settingOf(settings, "rfc1337") };
  const connections = settingOf(settings, "connections");
  const openingUs = (connections * SECOND_US) / settingOf(settings, "rate");
  const holdUs = settingOf(settings, "hold");
  return {
    cells: 1,
    hosts: ["client", "server"],
    untilUs: Number.POSITIVE_INFINITY,
    sampleUs: Math.max(1, Math.ceil((openingUs + holdUs + 2 * params.mslUs) / 240)),
    connections,
    cell: () => ({
      hosts: [
        {
          name: "client",
          params,
          ephemeralPorts,
          ...portHabit(name),
          application: client(settings),
        },
        { name: "server", params, ephemeralPorts, application: SERVER },
      ],
      link: { delayUs: settingOf(settings, "delay") },
      box: new LongWay({
        from: 1,
        lateUs: settingOf(settings, "late"),
        ppm: settingOf(settings, "share"),
      }),
      whiles: [{ what: CLOSE, afterUs: holdUs }],
    }),
  };
}

function client(settings: Settings): Application {
  const connections = settingOf(settings, "connections");
  const rate = settingOf(settings, "rate");
  const holdUs = settingOf(settings, "hold");
  return {
    ...opensEvenly({ connections, rate, cells: 1, index: 0 }, PORT),
    connected(cell: Cell, end: End): void {
      cell.later(end, holdUs, CLOSE);
    },
    due(cell: Cell, end: End): void {
      cell.close(end);
    },
    ended(cell: Cell, end: End, _error: Errno | undefined, cause: Cause): void {
      cell.measures.count("time-waits");
      if (cause === Cause.RCV_RST) cell.measures.count("assassinated");
      const sinceUs = cell.nowUs - cell.connections.closingAtUs(end >>> 1);
      cell.measures.histogram("since-close").record(sinceUs);
    },
  };
}

/** Sends some text once it is connected, and closes when its peer has. It remembers nothing. */
const SERVER: Application = {
  begin(cell: Cell, host: BulkHost): void {
    cell.listen(host, PORT);
  },
  connected(cell: Cell, end: End): void {
    cell.send(end, OCTETS);
  },
  peerClosed(cell: Cell, end: End): void {
    cell.close(end);
  },
};
