import type { BulkScenario, Oracle } from "../scenario.ts";
import { portParameters } from "./parts/port-parameters.ts";
import { portCapacity, portPressureOracles, timesOver } from "./parts/port-pressure.oracle.ts";
import { portPressurePlan } from "./parts/port-pressure.ts";

const claim: Oracle["claim"] = {
  en: "ports / (time a port is taken) goes through once for each destination, as far as it is asked for",
  ko: "요청하는 한, 목적지마다 포트 수 / (포트가 쓰이는 시간)만큼씩 성공합니다",
};

/** The myth that a host can open 470 connections a second, whatever their destination. */
export const mythPerHost: BulkScenario = {
  name: "myth-per-host",
  title: { en: "Myth: 470 a second for each host", ko: "오해: 호스트마다 초당 470번" },
  explanation: {
    en: "P ports, each taken for T seconds, are enough for P/T connections a second, and many read this as a limit of the host. It is one of the destination: a port may serve every destination address and port at once, for it is the 4-tuple that must be unique. With D destinations D · P/T a second go through. So a proxy helps itself with a second address or port of the upstream. It is run here with 4,000 ports, so that it is over sooner.",
    ko: "포트 P개가 T초씩 쓰이면 초당 P/T번 연결할 수 있습니다. 흔히 이것을 호스트의 한계로 알지만 목적지마다의 한계입니다. 유일해야 하는 것은 4-튜플이므로 포트 하나를 모든 목적지 주소와 포트에 동시에 쓸 수 있습니다. 목적지가 D개면 초당 D · P/T번 연결할 수 있습니다. 그래서 프록시는 업스트림의 주소나 포트를 하나 더 쓰면 됩니다. 빨리 끝나도록 포트 4,000개로 실행합니다.",
  },
  leavesOut: {
    en: "All destinations are equally popular; where one is not, its own P/T is what counts.",
    ko: "모든 목적지를 같은 빈도로 고릅니다. 한쪽으로 치우치면 그 목적지의 P/T가 한계입니다.",
  },
  profile: "linux",
  parameters: portParameters({ rate: 200, ports: 4000, destinations: 4 }),
  plan: portPressurePlan,
  oracles: (settings) => [timesOver(settings, claim), ...portPressureOracles(settings)],
  capacity: portCapacity,
};
