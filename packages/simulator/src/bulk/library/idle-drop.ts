import { IdleTimer } from "../boxes/idle-timer.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { heard, idleDropOracles, SILENCE } from "./idle-drop.oracle.ts";
import { SECOND_US } from "./parts/crowd.ts";
import { delayParameter } from "./parts/parameters.ts";
import { answersAtOnce, poolCells, poolClient, poolParameters } from "./parts/pool-client.ts";

/** A load balancer or NAT that forgets flows which were idle for too long. */
export const idleDrop: BulkScenario = {
  name: "idle-drop",
  title: { en: "Forgotten while idle", ko: "유휴 중에 잊힌 연결" },
  explanation: {
    en: "Load balancers and NATs forget a flow when nothing has passed for T: 350 s at AWS, 4 minutes at Azure. Neither end is told. The next request, after a gap longer than T, which has the chance e^(−rT), meets a box that knows nothing of it: some answer with a reset, and the client hears ECONNRESET at once; others drop it, and the client retransmits for the 15 minutes of tcp_retries2 until ETIMEDOUT. The server's end stays ESTABLISHED all the while. Keep-alive shorter than T ends the trouble: SO_KEEPALIVE with TCP_KEEPIDLE, for the default tcp_keepalive_time of 7200 s is far too long. See `ss -tano` and TcpExtTCPTimeouts.",
    ko: "로드 밸런서와 NAT은 T 동안 아무것도 지나지 않은 흐름을 잊습니다. AWS는 350초, Azure는 4분입니다. 양 끝은 모릅니다. T보다 긴 간격(확률 e^(−rT)) 뒤의 요청은 흐름을 모르는 장비를 만납니다. RST로 응답하면 클라이언트는 곧바로 ECONNRESET을 받고, 버리면 tcp_retries2의 15분 동안 재전송하다가 ETIMEDOUT을 받습니다. 그동안 서버 쪽은 ESTABLISHED로 남습니다. T보다 짧은 keep-alive(TCP_KEEPIDLE)가 해결책입니다. 기본값 7200초는 너무 깁니다.",
  },
  leavesOut: {
    en: "The box never runs out of room, and it does not make a new entry from a segment in the middle of a connection.",
    ko: "장비의 자리는 부족해지지 않으며, 연결 중간의 세그먼트로 새 항목을 만들지 않습니다.",
  },
  profile: "linux",
  parameters: [
    ...poolParameters(300 * SECOND_US),
    delayParameter(20_000),
    {
      key: "timeout",
      unit: "us",
      default: 350 * SECOND_US,
      min: 1,
      max: 7 * 86_400 * SECOND_US,
      doc: { en: "the box forgets a flow after so long", ko: "장비가 흐름을 잊기까지의 시간" },
    },
    {
      key: "forgotten",
      unit: "choice",
      default: SILENCE,
      min: 0,
      max: 1,
      choices: ["silence", "reset"],
      doc: {
        en: "what a segment of a forgotten flow comes to",
        ko: "잊힌 흐름의 세그먼트에 대한 처리",
      },
    },
    {
      key: "keepalive",
      unit: "us",
      default: 0,
      min: 0,
      max: 86_400 * SECOND_US,
      doc: {
        en: "the client's keep-alive idle time (TCP_KEEPIDLE); 0 for none",
        ko: "클라이언트의 keep-alive 유휴 시간(TCP_KEEPIDLE). 0이면 끔",
      },
    },
  ],
  plan,
  oracles: idleDropOracles,
};

function plan(settings: Settings): BulkPlan {
  const { params, ephemeralPorts } = settings.profile;
  const keepAliveUs = settingOf(settings, "keepalive");
  const { cells, pool } = poolCells(settings);
  const keepsAlive = keepAliveUs > 0;
  const cycleUs = settingOf(settings, "gap") + heard(settings).expected;
  return {
    cells,
    hosts: ["client", "server"],
    untilUs: Number.POSITIVE_INFINITY,
    sampleUs: Math.ceil((settingOf(settings, "gaps") * cycleUs) / 240),
    cell: (index) => ({
      hosts: [
        {
          name: "client",
          params: keepsAlive ? { ...params, keepAliveIdleUs: keepAliveUs } : params,
          ephemeralPorts,
          application: poolClient({ ...pool(index), keepsAlive }),
        },
        { name: "server", params, ephemeralPorts, application: answersAtOnce },
      ],
      link: { delayUs: settingOf(settings, "delay") },
      box: new IdleTimer(
        settingOf(settings, "timeout"),
        settingOf(settings, "forgotten") !== SILENCE,
      ),
    }),
  };
}
