import type { Application } from "../application.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { finWait2PileUpOracles } from "./fin-wait-2-pile-up.oracle.ts";
import { clients } from "./parts/clients.ts";
import { evenTimes } from "./parts/open-times.ts";
import { delayParameter, rateParameter } from "./parts/parameters.ts";

const SECOND_US = 1_000_000;
const PORT = 8080;

/** A server that closes first, and clients that never close. */
export const finWait2PileUp: BulkScenario = {
  name: "fin-wait-2-pile-up",
  title: { en: "FIN-WAIT-2 piles up", ko: "FIN-WAIT-2 누적" },
  explanation: {
    en: "A server closes first, and its clients acknowledge that and never close themselves. RFC 9293 lets FIN-WAIT-2 wait for ever. A connection that was closed with `close` is an orphan, and Linux lets an orphan stay for net.ipv4.tcp_fin_timeout, 60 s: at λ connections a second, 60λ of them. One that was only shut down (`shutdown(SHUT_WR)`) still has a descriptor, no timer ends it, and they grow without bound up to EMFILE. `ss -tan state fin-wait-2` shows them all; those with a process in `ss -tp` are held. tcp_fin_timeout is about this state and does not shorten TIME-WAIT. At the other end they stand in CLOSE-WAIT.",
    ko: "서버가 먼저 닫고, 클라이언트는 그것을 확인만 하고 자기 쪽은 닫지 않습니다. RFC 9293의 FIN-WAIT-2는 끝없이 기다립니다. `close`로 닫은 연결은 고아가 되며, 리눅스는 고아를 net.ipv4.tcp_fin_timeout(60초) 동안 둡니다. 초당 λ개면 60λ개입니다. `shutdown(SHUT_WR)`만 한 연결은 디스크립터가 남아 있어 어떤 타이머로도 끝나지 않고, EMFILE이 될 때까지 늘어납니다. `ss -tan state fin-wait-2`로 모두 볼 수 있고, `ss -tp`에 프로세스가 보이는 것은 붙잡혀 있는 연결입니다. tcp_fin_timeout은 이 상태의 시간이며 TIME-WAIT을 줄이지 않습니다. 상대편에서는 CLOSE-WAIT입니다.",
  },
  leavesOut: {
    en: "No data is sent. The server has as many descriptors as it wants; close-wait-leak shows what happens when it has not.",
    ko: "데이터를 보내지 않습니다. 서버의 디스크립터는 모자라지 않습니다. 모자라면 어떻게 되는지는 close-wait-leak이 보여 줍니다.",
  },
  profile: "linux",
  parameters: [
    rateParameter(100),
    {
      key: "held",
      unit: "switch",
      default: 0,
      min: 0,
      max: 1,
      doc: {
        en: "the server only shuts down, and holds the descriptor",
        ko: "서버가 shutdown만 하고 디스크립터를 붙잡고 있음",
      },
    },
    {
      key: "length",
      unit: "us",
      default: 600 * SECOND_US,
      min: 300 * SECOND_US,
      max: 7200 * SECOND_US,
      doc: { en: "how long the run lasts", ko: "실행하는 시간" },
    },
    delayParameter(10_000, SECOND_US),
  ],
  plan,
  oracles: finWait2PileUpOracles,
};

function plan(settings: Settings): BulkPlan {
  const { params, ephemeralPorts } = settings.profile;
  const rate = settingOf(settings, "rate");
  const untilUs = settingOf(settings, "length");
  const held = settingOf(settings, "held") === 1;
  return {
    cells: 1,
    hosts: ["client", "server"],
    untilUs,
    sampleUs: Math.ceil(untilUs / 240),
    connections: Math.floor((rate * untilUs) / SECOND_US),
    cell: () => ({
      hosts: [
        {
          name: "client",
          params,
          ephemeralPorts,
          // It does not close, and its users do not care.
          application: clients({ server: 1, port: PORT, times: evenTimes(rate) }, {}),
        },
        { name: "server", params, ephemeralPorts, application: server(held) },
      ],
      link: { delayUs: settingOf(settings, "delay") },
    }),
  };
}

function server(held: boolean): Application {
  return {
    begin(cell: Cell, host: BulkHost): void {
      cell.listen(host, PORT);
    },
    connected(cell: Cell, end: End): void {
      if (held) cell.shutdown(end);
      else cell.close(end);
    },
  };
}
