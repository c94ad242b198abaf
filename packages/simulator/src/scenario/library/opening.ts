import type { Scenario, Step } from "../scenario.ts";
import { CONNECT, LISTEN, ms, PORT, scenario } from "./make.ts";

const GREETING: Step = {
  on: "ESTABLISHED",
  afterUs: ms(60),
  host: "client",
  call: "send",
  bytes: 10,
};

export const threeWayHandshake: Scenario = scenario({
  name: "three-way-handshake",
  title: { en: "Three-way handshake", ko: "3-way handshake" },
  description: {
    en: "SYN, SYN,ACK, ACK, and then data: each end says where its sequence numbers begin, and hears that the other has understood. RFC 9293 §3.5, Figure 6, with the figure's numbers.",
    ko: "SYN, SYN,ACK, ACK, 그리고 데이터. 양쪽은 각자의 시퀀스 번호가 어디서 시작하는지 알리고, 상대가 알아들었음을 확인합니다. RFC 9293 §3.5 그림 6의 번호 그대로입니다.",
  },
  client: { isns: [100] },
  server: { isns: [300] },
  script: [LISTEN, CONNECT, GREETING],
});

export const simultaneousOpen: Scenario = scenario({
  name: "simultaneous-open",
  title: { en: "Simultaneous open", ko: "동시 열기" },
  description: {
    en: "Both ends connect to each other at once. The SYNs cross, and one connection comes of it, not two. RFC 9293 §3.5, Figure 7, with the figure's numbers.",
    ko: "양쪽이 동시에 서로에게 연결을 겁니다. SYN이 엇갈리지만 연결은 두 개가 아니라 하나가 됩니다. RFC 9293 §3.5 그림 7의 번호 그대로입니다.",
  },
  client: { isns: [100] },
  server: { isns: [300] },
  script: [
    { atUs: ms(10), host: "client", call: "connect", port: PORT, fromPort: 50000 },
    { atUs: ms(10), host: "server", call: "connect", port: 50000, fromPort: PORT },
  ],
});

export const lostSyn: Scenario = scenario({
  name: "lost-syn",
  title: { en: "Lost SYN", ko: "SYN 손실" },
  description: {
    en: "The first SYN never arrives. Only the client knows that anything was sent: after 1 s its timer runs out and it sends the same SYN again. RFC 6298 §2.1.",
    ko: "첫 SYN이 도착하지 않습니다. 무언가를 보냈다는 것을 아는 쪽은 클라이언트뿐이므로, 1초 뒤 타이머가 끝나면 같은 SYN을 다시 보냅니다. RFC 6298 §2.1.",
  },
  faults: ["drop:client:SYN"],
  script: [LISTEN, CONNECT, GREETING],
});

export const lostSynAck: Scenario = scenario({
  name: "lost-syn-ack",
  title: { en: "Lost SYN,ACK", ko: "SYN,ACK 손실" },
  description: {
    en: "The answer to the SYN is lost, so both ends wait for an acknowledgment, and both send again. By the letter of RFC 9293 §3.10.7.4 the second SYN draws a bare ACK, which is no use to a client in SYN-SENT; the server's own timer brings the SYN,ACK.",
    ko: "SYN에 대한 응답이 사라져 양쪽 모두 확인 응답을 기다리다가 둘 다 재전송합니다. RFC 9293 §3.10.7.4를 글자대로 따르면 두 번째 SYN에는 ACK만 돌아오는데, SYN-SENT인 클라이언트에게는 소용이 없고 서버의 타이머가 SYN,ACK를 다시 보냅니다.",
  },
  faults: ["drop:server:SYN-ACK"],
  script: [LISTEN, CONNECT, GREETING],
});

export const lostAck: Scenario = scenario({
  name: "lost-ack",
  title: { en: "Lost ACK of the handshake", ko: "handshake의 ACK 손실" },
  description: {
    en: "The third segment is lost: the client is ESTABLISHED while the server is still in SYN-RECEIVED. The next segment carries an ACK as well and completes the handshake. RFC 9293 §3.10.7.4.",
    ko: "세 번째 세그먼트가 사라져 클라이언트는 ESTABLISHED인데 서버는 아직 SYN-RECEIVED입니다. 다음 세그먼트에도 ACK가 실려 있어 handshake가 완성됩니다. RFC 9293 §3.10.7.4.",
  },
  faults: ["drop:client:ACK"],
  script: [
    LISTEN,
    CONNECT,
    { on: "ESTABLISHED", afterUs: ms(200), host: "client", call: "send", bytes: 10 },
  ],
});

export const oldDuplicateSyn: Scenario = scenario({
  name: "old-duplicate-syn",
  title: { en: "Old duplicate SYN", ko: "오래된 중복 SYN" },
  description: {
    en: "A SYN of an earlier connection turns up before the real one. The client sees an ACK of something that it never sent, and resets it; the real SYN then succeeds. This is why there are three steps. RFC 9293 §3.5, Figure 8, with the figure's numbers.",
    ko: "이전 연결의 SYN이 진짜보다 먼저 나타납니다. 클라이언트는 보낸 적 없는 것에 대한 ACK를 보고 RST로 끊고, 이어 진짜 SYN이 성공합니다. 세 단계가 필요한 이유입니다. RFC 9293 §3.5 그림 8의 번호 그대로입니다.",
  },
  client: { isns: [100] },
  server: { isns: [300, 400] },
  faults: ["delay=150ms:client:SYN"],
  script: [
    LISTEN,
    { atUs: ms(10), host: "client", call: "connect", port: PORT, fromPort: 50000 },
    {
      atUs: ms(11),
      host: "client",
      call: "inject",
      segment: { flags: ["SYN"], seq: 90, window: 65535, srcPort: 50000, dstPort: PORT },
    },
  ],
});

export const oldDuplicateSynListen: Scenario = scenario({
  name: "old-duplicate-syn-listen",
  title: { en: "Old duplicate SYN between two listeners", ko: "두 LISTEN 사이의 오래된 중복 SYN" },
  description: {
    en: "Both ends only listen when an old SYN arrives at one of them. Its SYN,ACK means nothing to the other, which answers with a reset, and both listen on. RFC 9293 §3.5.1, Figure 11, with Z = 90 and X = 300.",
    ko: "양쪽 모두 LISTEN일 때 한쪽에 오래된 SYN이 도착합니다. 그 SYN,ACK는 상대에게 아무 의미가 없어 RST로 답하고, 양쪽은 계속 LISTEN합니다. RFC 9293 §3.5.1 그림 11에서 Z = 90, X = 300입니다.",
  },
  server: { isns: [300] },
  script: [
    { atUs: 0, host: "client", call: "listen", port: PORT },
    LISTEN,
    {
      atUs: ms(10),
      host: "client",
      call: "inject",
      segment: { flags: ["SYN"], seq: 90, window: 65535, srcPort: PORT, dstPort: PORT },
    },
  ],
});
