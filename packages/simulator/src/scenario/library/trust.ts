import type { Scenario, Step } from "../scenario.ts";
import { LISTEN, ms, PORT, scenario } from "./make.ts";

const CONNECT_FROM: Step = {
  atUs: ms(10),
  host: "client",
  call: "connect",
  port: PORT,
  fromPort: 50000,
};

export const challengeAck: Scenario = scenario({
  name: "challenge-ack",
  title: { en: "Challenge ACK", ko: "챌린지 ACK" },
  description: {
    en: "An attacker who has guessed ports and a number inside of the window sends a RST, and then a SYN, in the client's name. Neither is believed: each draws a challenge ACK that says which number would be right, and the connection lives. RFC 5961 §3 and §4, RFC 9293 §3.10.7.4.",
    ko: "포트와 윈도 안의 번호를 짐작한 공격자가 클라이언트 이름으로 RST를, 이어 SYN을 보냅니다. 둘 다 믿지 않고, 어떤 번호라야 맞는지 챌린지 ACK로 되물으므로 연결은 살아남습니다. RFC 5961 §3, §4, RFC 9293 §3.10.7.4.",
  },
  client: { isns: [100] },
  server: { isns: [300] },
  script: [
    LISTEN,
    CONNECT_FROM,
    {
      atUs: ms(250),
      host: "client",
      call: "inject",
      segment: { flags: ["RST"], seq: 5000, srcPort: 50000, dstPort: PORT },
    },
    {
      atUs: ms(400),
      host: "client",
      call: "inject",
      segment: { flags: ["SYN"], seq: 9000, window: 65535, srcPort: 50000, dstPort: PORT },
    },
    { atUs: ms(550), host: "client", call: "send", bytes: 100 },
  ],
});

export const keepAlive: Scenario = scenario({
  name: "keep-alive",
  title: { en: "Keep-alive", ko: "킵얼라이브" },
  description: {
    en: "Nobody has anything to say. After an idle time the client probes with an empty segment whose number is one too low, and the server answers. Then the way to the server breaks: no probe arrives any more, and after three without an answer the client gives up. The idle time is at least two hours by default (MUST-28); here it is 5 s. RFC 9293 §3.8.4.",
    ko: "양쪽 모두 할 말이 없습니다. 유휴 시간이 지나면 클라이언트는 번호가 하나 작은 빈 세그먼트로 묻고 서버가 답합니다. 이어 서버로 가는 길이 끊겨 프로브가 닿지 않고, 세 번 답이 없자 클라이언트는 포기합니다. 유휴 시간은 기본 두 시간 이상이지만(MUST-28) 여기서는 5초입니다. RFC 9293 §3.8.4.",
  },
  client: {
    params: { keepAliveIdleUs: ms(5000), keepAliveIntervalUs: ms(1000), keepAliveProbes: 3 },
  },
  // Where every probe is answered, they never end.
  untilUs: ms(60_000),
  faults: ["drop:client:ACK:3", "drop:client:ACK:4", "drop:client:ACK:5"],
  script: [
    LISTEN,
    CONNECT_FROM,
    { on: "ESTABLISHED", afterUs: ms(60), host: "client", call: "keep-alive" },
  ],
});
