import type { BulkScenario } from "../scenario.ts";
import { portParameters } from "./parts/port-parameters.ts";
import { portCapacity, portPressureOracles } from "./parts/port-pressure.oracle.ts";
import { portPressurePlan } from "./parts/port-pressure.ts";

/** A client, or a proxy, that opens more connections to one destination than it has ports. */
export const portExhaustion: BulkScenario = {
  name: "port-exhaustion",
  title: { en: "Out of ephemeral ports", ko: "임시 포트 고갈" },
  explanation: {
    en: "A client that closes first keeps its port until the end of TIME-WAIT. With P ports and a port taken for T seconds, one destination address and port can be reached P/T times a second: 470 on Linux. Faster, and `connect` fails with EADDRNOTAVAIL from P/λ seconds on. From a cold start at an even rate the failures come in a square wave: all of them until the first TIME-WAIT ends, then none for a while. `ss -tan state time-wait | wc -l` shows it coming. What helps: keep connections open and use them again; let the server close first; more destination addresses or ports; a wider ip_local_port_range; on Linux tcp_tw_reuse = 1. What does not: tcp_fin_timeout.",
    ko: "먼저 닫는 클라이언트는 TIME-WAIT이 끝날 때까지 포트를 놓지 않습니다. 포트가 P개이고 한 포트가 T초 동안 쓰이면, 목적지 주소와 포트 하나에 초당 P/T번 연결할 수 있습니다. 리눅스에서는 470번입니다. 더 빠르면 P/λ초부터 `connect`가 EADDRNOTAVAIL로 실패합니다. 일정한 속도로 처음부터 시작하면 실패가 네모파로 나타납니다. `ss -tan state time-wait | wc -l`로 미리 알 수 있습니다. 연결을 유지해 다시 쓰거나, 서버가 먼저 닫게 하거나, 목적지 주소나 포트를 늘리거나, ip_local_port_range를 넓히거나, 리눅스에서 tcp_tw_reuse = 1로 하면 도움이 됩니다. tcp_fin_timeout은 도움이 되지 않습니다.",
  },
  leavesOut: {
    en: "The search for a free port takes no time; on a real host it costs more the fuller the range is. Linux before 6.14 compares whole seconds before it takes over a TIME-WAIT, which can take up to 1 s longer. Where calls come as a Poisson process, as many ports as there will be are taken at the start, at ages drawn at random.",
    ko: "빈 포트를 찾는 데는 시간이 걸리지 않습니다. 실제로는 포트가 찰수록 오래 걸립니다. 6.14 이전의 리눅스는 TIME-WAIT을 이어받기 전에 초 단위로 비교하므로 최대 1초 더 걸릴 수 있습니다. 호출이 푸아송 과정으로 오면, 앞으로 쓰일 만큼의 포트가 임의의 나이로 이미 쓰이는 채 시작합니다.",
  },
  profile: "linux",
  parameters: portParameters(),
  plan: portPressurePlan,
  oracles: portPressureOracles,
  capacity: portCapacity,
};
