import type { BulkScenario, Oracle } from "../scenario.ts";
import { portParameters } from "./parts/port-parameters.ts";
import { portCapacity, portPressureOracles, timesOver } from "./parts/port-pressure.oracle.ts";
import { portPressurePlan } from "./parts/port-pressure.ts";

const claim: Oracle["claim"] = {
  en: "ports / (time a port is taken) goes through once, however many destinations there are; without bind, once for each",
  ko: "목적지가 몇 개든 포트 수 / (포트가 쓰이는 시간)만큼만 성공합니다. bind하지 않으면 목적지마다 그만큼입니다",
};

/** The myth that to bind before one connects costs nothing. */
export const mythBindFirst: BulkScenario = {
  name: "myth-bind-first",
  title: { en: "Myth: binding first costs nothing", ko: "오해: 먼저 bind해도 손해가 없다" },
  explanation: {
    en: "A client that picks its source address calls `bind` with port 0 before `connect`. At that moment the kernel does not know the destination yet, so it must give a port that no one has: all destinations share one pool, and however many there are, P/T a second is all that goes through. Linux's IP_BIND_ADDRESS_NO_PORT lets `connect` choose the port instead (set bind-before-connect to 0 to see it). The failing call is `bind`, with EADDRINUSE. It is run here with 4,000 ports, so that it is over sooner.",
    ko: "출발지 주소를 고르는 클라이언트는 `connect` 전에 포트 0으로 `bind`를 부릅니다. 이때 커널은 목적지를 모르므로 아무도 쓰지 않는 포트를 줘야 합니다. 모든 목적지가 포트 풀 하나를 나눠 쓰게 되어, 목적지가 아무리 많아도 초당 P/T번이 한계입니다. 리눅스의 IP_BIND_ADDRESS_NO_PORT를 쓰면 `connect`가 포트를 고릅니다(bind-before-connect를 0으로 해 보세요). 실패하는 호출은 `bind`이고 errno는 EADDRINUSE입니다. 빨리 끝나도록 포트 4,000개로 실행합니다.",
  },
  leavesOut: {
    en: "SO_REUSEADDR and SO_REUSEPORT at the client, which make Linux hand out a port twice. A host whose connections bind first in part only.",
    ko: "클라이언트의 SO_REUSEADDR와 SO_REUSEPORT(리눅스가 같은 포트를 두 번 주게 합니다), 일부 연결만 먼저 bind하는 호스트는 다루지 않습니다.",
  },
  profile: "linux",
  parameters: portParameters({
    rate: 200,
    ports: 4000,
    destinations: 4,
    "bind-before-connect": 1,
  }),
  plan: portPressurePlan,
  oracles: (settings) => [timesOver(settings, claim), ...portPressureOracles(settings)],
  capacity: portCapacity,
};
