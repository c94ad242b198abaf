import type { Scenario } from "../scenario.ts";
import { CONNECT, LISTEN, ms, scenario } from "./make.ts";

const OPTIONS = { params: { sack: 1, timestamps: 1 } };

export const lostDataSack: Scenario = scenario({
  name: "lost-data-sack",
  title: { en: "Lost data, with SACK", ko: "데이터 손실과 SACK" },
  description: {
    en: "Of a burst of segments the second is lost. Each that follows draws a duplicate ACK whose SACK blocks say what did arrive; the third makes the client send the lost one again, without waiting for its timer. RFC 5681 §3.2, RFC 2018 §4.",
    ko: "연달아 보낸 세그먼트 가운데 두 번째가 사라집니다. 뒤따르는 세그먼트마다 무엇이 도착했는지 SACK 블록으로 알리는 중복 ACK가 돌아오고, 세 번째가 오면 클라이언트는 타이머를 기다리지 않고 사라진 것을 다시 보냅니다. RFC 5681 §3.2, RFC 2018 §4.",
  },
  client: { params: { ...OPTIONS.params, initialWindow: 5 } },
  server: OPTIONS,
  faults: ["drop:client:DATA:2"],
  script: [
    LISTEN,
    CONNECT,
    { on: "ESTABLISHED", afterUs: ms(60), host: "client", call: "send", bytes: 7240 },
  ],
});
