import type { Errno } from "@synfin/sockets";
import { SilentHost } from "../boxes/silent-host.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { blackholedSynOracles, connectRetries } from "./blackholed-syn.oracle.ts";
import { crowd, crowdParameters, opensEvenly, PORT } from "./parts/crowd.ts";
import { follower } from "./parts/follower.ts";
import { delayParameter } from "./parts/parameters.ts";

/** SYNs that nothing answers: a firewall that drops, a host that is off (MUST-23). */
export const blackholedSyn: BulkScenario = {
  name: "blackholed-syn",
  title: { en: "SYNs into a black hole", ko: "블랙홀로 가는 SYN" },
  explanation: {
    en: "A closed port answers a SYN with a reset and `connect` fails at once with ECONNREFUSED. A firewall that drops, or a host that is off, answers nothing: the SYN is sent again and again, and `connect` fails with ETIMEDOUT only after 127 or 131 s on Linux (tcp_syn_retries; since 6.5 the first four go out a second apart, tcp_syn_linear_timeouts), 75 s on FreeBSD and macOS, 21 s on Windows. All that time each attempt holds a thread or a slot of a pool. See `ss -tan state syn-sent` and TcpExtTCPTimeouts. Give `connect` a time limit of its own, or set TCP_USER_TIMEOUT.",
    ko: "닫힌 포트는 RST로 응답하여 `connect`가 곧바로 ECONNREFUSED로 실패합니다. 패킷을 버리는 방화벽이나 꺼진 호스트는 응답하지 않으므로 SYN을 거듭 보내고, `connect`는 리눅스에서 127초 또는 131초(tcp_syn_retries. 6.5부터 처음 네 번은 1초 간격), FreeBSD와 macOS에서 75초, 윈도우에서 21초가 지나서야 ETIMEDOUT으로 실패합니다. 그동안 시도마다 스레드나 풀의 자리를 차지합니다. `ss -tan state syn-sent`를 보고, `connect`에 시간 제한을 두십시오.",
  },
  leavesOut: {
    en: "No ICMP error comes back, and no name resolution offers a second address to try.",
    ko: "ICMP 오류가 돌아오지 않으며, 대신 시도할 두 번째 주소가 없습니다.",
  },
  profile: "linux",
  parameters: [...crowdParameters(1000, 10), delayParameter(20_000)],
  plan,
  oracles: blackholedSynOracles,
};

function plan(settings: Settings): BulkPlan {
  const { params, ephemeralPorts } = settings.profile;
  return crowd(settings, connectRetries(settings).givenUpUs, (opening) => ({
    hosts: [
      {
        name: "client",
        params,
        ephemeralPorts,
        application: { ...opensEvenly(opening), ended },
      },
      { name: "server", params, ephemeralPorts, application: follower(PORT) },
    ],
    link: { delayUs: settingOf(settings, "delay") },
    box: new SilentHost(1, 0),
  }));
}

function ended(cell: Cell, end: End, error: Errno | undefined): void {
  if (error !== "ETIMEDOUT") return;
  const openedAtUs = cell.connections.openedAtUs(end >>> 1);
  cell.measures.histogram("given-up").record(cell.nowUs - openedAtUs);
}
