import type { Application } from "../application.ts";
import type { Cell } from "../cell.ts";
import { addressOf, type End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { portHabit } from "../port-habits.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { range, selfConnectOracles } from "./self-connect.oracle.ts";

const SECOND_US = 1_000_000;

/** A client that tries again and again to reach a local server that is not there. */
export const selfConnect: BulkScenario = {
  name: "self-connect",
  title: { en: "Connected to oneself", ko: "자기 자신과의 연결" },
  explanation: {
    en: "A client polls a port of its own host on which no one listens. If that port lies in the ephemeral range, `connect` will one day choose it as its own: the SYN meets the socket that sent it, a simultaneous open of one (RFC 9293 §3.5), and the client is connected to itself. It reads what it writes, and the server that comes back finds its port taken: EADDRINUSE. On Linux, connect tries every second port of the range, so it happens once in 28,232 / 2 = 14,116 tries if the server's port is even, and never if it is odd. `ss -tan` shows a line whose two addresses are the same. What helps: let servers listen below the ephemeral range, or reserve the port (ip_local_reserved_ports); or compare getsockname with getpeername and close.",
    ko: "클라이언트가 아무도 듣지 않는 자기 호스트의 포트에 거듭 연결을 시도합니다. 그 포트가 임시 포트 범위 안이면 언젠가 `connect`가 그 포트를 자기 것으로 고릅니다. SYN이 그것을 보낸 소켓과 만나는, 혼자 하는 동시 열기(RFC 9293 §3.5)가 되어 자기 자신과 연결됩니다. 쓴 것을 자기가 읽고, 돌아온 서버는 포트가 이미 쓰여(EADDRINUSE) 시작하지 못합니다. 리눅스의 connect는 포트를 하나 걸러 시도하므로 서버 포트가 짝수면 28,232 / 2 = 14,116번에 한 번 일어나고 홀수면 일어나지 않습니다. `ss -tan`에 양쪽 주소가 같은 줄이 보입니다. 서버를 임시 포트 범위 밖에 두거나, 포트를 예약하거나(ip_local_reserved_ports), getsockname과 getpeername을 비교해 닫으면 됩니다.",
  },
  leavesOut: {
    en: "Nothing else on the host takes ports; where others do, the odd ports are tried once the even ones are taken. The client notices at once and resets. `linux-pre-6.5` stands for the kernels up to 5.17, which count without skipping.",
    ko: "호스트의 다른 프로그램은 포트를 쓰지 않습니다. 쓴다면 짝수 포트가 다 찬 뒤에 홀수 포트를 시도합니다. 클라이언트는 곧바로 알아채고 리셋합니다. `linux-pre-6.5`는 건너뛰지 않고 세는 5.17까지의 커널을 나타냅니다.",
  },
  profile: "linux",
  parameters: [
    {
      key: "attempts",
      unit: "count",
      default: 60_000,
      min: 1,
      max: 10_000_000,
      doc: { en: "how often it tries", ko: "시도하는 횟수" },
    },
    {
      key: "rate",
      unit: "per-second",
      default: 100,
      min: 1,
      max: 5000,
      doc: { en: "how often in each second", ko: "초마다 시도하는 횟수" },
    },
    {
      key: "port",
      unit: "count",
      default: 50_000,
      min: 1,
      max: 65_535,
      doc: { en: "the server's port", ko: "서버의 포트" },
    },
    {
      key: "ports",
      unit: "count",
      default: ({ ephemeralPorts: [first, last] }) => last - first + 1,
      min: 2,
      max: 65_535,
      doc: {
        en: "ephemeral ports, from the profile's first on",
        ko: "임시 포트 수(프로파일의 첫 포트부터)",
      },
    },
  ],
  plan,
  oracles: selfConnectOracles,
};

function plan(settings: Settings): BulkPlan {
  const { params, name } = settings.profile;
  const { first, last } = range(settings);
  const attempts = settingOf(settings, "attempts");
  return {
    cells: 1,
    hosts: ["host"],
    untilUs: Number.POSITIVE_INFINITY,
    sampleUs: Math.max(1, Math.ceil((attempts * SECOND_US) / settingOf(settings, "rate") / 240)),
    connections: attempts,
    cell: () => ({
      hosts: [
        {
          name: "host",
          params,
          ephemeralPorts: [first, last],
          ...portHabit(name),
          application: poller(settings),
        },
      ],
      // Loopback: no way at all, and a try is over before the next one.
      link: { delayUs: 10 },
    }),
  };
}

function poller(settings: Settings): Application {
  const attempts = settingOf(settings, "attempts");
  const rate = settingOf(settings, "rate");
  const port = settingOf(settings, "port");
  let tried = 0;
  let metAt = 0;
  return {
    begin(cell: Cell, host: BulkHost): void {
      cell.laterHost(host, 0, 0);
    },
    hostDue(cell: Cell, host: BulkHost): void {
      tried += 1;
      cell.connect(host, addressOf(0, 0), port);
      if (tried === attempts) return;
      cell.laterHost(host, Math.floor((tried * SECOND_US) / rate) - cell.nowUs, 0);
    },
    connected(cell: Cell, end: End): void {
      cell.measures.count("self-connects");
      cell.measures.first("self-connect", cell.nowUs);
      if (metAt > 0) cell.measures.histogram("attempts-between").record(tried - metAt);
      metAt = tried;
      cell.abort(end);
    },
  };
}
