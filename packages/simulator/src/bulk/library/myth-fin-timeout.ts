import { Cause } from "@synfin/core/tcp";
import type { Errno } from "@synfin/sockets";
import type { Application } from "../application.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { portHabit } from "../port-habits.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { finTimeoutOracles } from "./myth-fin-timeout.oracle.ts";
import { opensEvenly } from "./parts/crowd.ts";
import { delayParameter } from "./parts/parameters.ts";
import { firstRtoUs } from "./parts/retries.ts";

const SECOND_US = 1_000_000;
const PORT = 80;

/** The myth that tcp_fin_timeout makes TIME-WAIT shorter. */
export const mythFinTimeout: BulkScenario = {
  name: "myth-fin-timeout",
  title: {
    en: "Myth: tcp_fin_timeout shortens TIME-WAIT",
    ko: "오해: tcp_fin_timeout이 TIME-WAIT을 줄인다",
  },
  explanation: {
    en: "A thousand guides lower net.ipv4.tcp_fin_timeout against TIME-WAIT. It does nothing to it: TIME-WAIT is a constant of 60 s in Linux's sources. What the knob ends sooner is FIN-WAIT-2 of an orphan: a connection that its process has closed both ways while the peer has not sent its FIN. Here every second server never closes. The one half of the clients leaves FIN-WAIT-2 after tcp_fin_timeout, the other half leaves TIME-WAIT after 2MSL. `ss -tan state fin-wait-2` and `ss -tan state time-wait` tell one from the other, and `ss -o` shows the timer.",
    ko: "많은 안내서가 TIME-WAIT을 줄이려고 net.ipv4.tcp_fin_timeout을 낮추지만 아무 효과가 없습니다. TIME-WAIT은 리눅스 소스에 60초로 고정되어 있습니다. 이 값이 줄이는 것은 고아 연결의 FIN-WAIT-2, 곧 프로세스는 양쪽을 닫았지만 상대가 아직 FIN을 보내지 않은 연결입니다. 여기서는 서버가 하나 걸러 하나씩 닫지 않습니다. 클라이언트의 절반은 tcp_fin_timeout 뒤에 FIN-WAIT-2를, 나머지 절반은 2MSL 뒤에 TIME-WAIT을 떠납니다. `ss -tan state fin-wait-2`와 `ss -tan state time-wait`으로 구별하고 `ss -o`로 타이머를 볼 수 있습니다.",
  },
  leavesOut: {
    en: "Above 60 s Linux keeps the whole socket for the excess and only then the small record; the time is the same.",
    ko: "60초를 넘으면 리눅스는 초과분 동안 소켓 전체를 유지한 뒤에야 작은 기록으로 바꿉니다. 걸리는 시간은 같습니다.",
  },
  profile: "linux",
  parameters: [
    {
      key: "connections",
      unit: "count",
      default: 2000,
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
      key: "fin-timeout",
      unit: "us",
      default: 10 * SECOND_US,
      min: SECOND_US,
      max: 3600 * SECOND_US,
      doc: { en: "net.ipv4.tcp_fin_timeout", ko: "net.ipv4.tcp_fin_timeout" },
    },
    delayParameter(500),
  ],
  plan,
  oracles: finTimeoutOracles,
};

function plan(settings: Settings): BulkPlan {
  const { name, ephemeralPorts } = settings.profile;
  const orphanFinWait2Us = settingOf(settings, "fin-timeout");
  const params = { ...settings.profile.params, orphanFinWait2Us };
  const connections = settingOf(settings, "connections");
  const openingUs = (connections * SECOND_US) / settingOf(settings, "rate");
  const waitsUs = Math.max(2 * params.mslUs, orphanFinWait2Us);
  return {
    cells: 1,
    hosts: ["client", "server"],
    untilUs: Number.POSITIVE_INFINITY,
    sampleUs: Math.max(1, Math.ceil((openingUs + waitsUs) / 240)),
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
    }),
  };
}

function client(settings: Settings): Application {
  const connections = settingOf(settings, "connections");
  const rate = settingOf(settings, "rate");
  const { params } = settings.profile;
  const roundTripUs = 2 * settingOf(settings, "delay");
  const delayUs = Math.min(params.delayedAckUs, firstRtoUs(params, roundTripUs));
  return {
    ...opensEvenly({ connections, rate, cells: 1, index: 0 }, PORT),
    connected(cell: Cell, end: End): void {
      cell.close(end);
    },
    ended(cell: Cell, end: End, _error: Errno | undefined, cause: Cause): void {
      const isOrphan = cause === Cause.FIN_WAIT_2_TIMEOUT;
      // Both states begin when the answer to our FIN is here. A peer that has nothing
      // to send with it, not even a FIN, delays it, or until ours comes once more.
      const answerUs = roundTripUs + (isOrphan ? delayUs : 0);
      const beganUs = cell.connections.closingAtUs(end >>> 1) + answerUs;
      const state = isOrphan ? "fin-wait-2" : "time-wait";
      cell.measures.histogram(state).record(cell.nowUs - beganUs);
    },
  };
}

/** Every second connection is never closed. */
const SERVER: Application = {
  begin(cell: Cell, host: BulkHost): void {
    cell.listen(host, PORT);
  },
  peerClosed(cell: Cell, end: End): void {
    if (cell.connections.flow(end) % 2 === 1) cell.close(end);
  },
};
