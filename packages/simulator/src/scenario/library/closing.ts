import type { Scenario, Step } from "../scenario.ts";
import { CONNECT, LISTEN, ms, scenario } from "./make.ts";

const CLIENT_CLOSES: Step = { on: "ESTABLISHED", afterUs: ms(200), host: "client", call: "close" };
const SERVER_CLOSES: Step = { on: "CLOSE-WAIT", afterUs: ms(60), host: "server", call: "close" };

/** A request, so that there is something between opening and closing. */
function request(bytes: number): Step {
  return { on: "ESTABLISHED", afterUs: ms(60), host: "client", call: "send", bytes };
}

export const fourWayClose: Scenario = scenario({
  name: "four-way-close",
  title: { en: "Four-way close", ko: "4-way close" },
  description: {
    en: "FIN, ACK, FIN, ACK: each direction is closed by itself, when its own user says so. The end that closed first waits out TIME-WAIT. RFC 9293 §3.6, Figure 12, with the figure's numbers at the close.",
    ko: "FIN, ACK, FIN, ACK. 각 방향은 그쪽 사용자가 닫을 때 따로 닫힙니다. 먼저 닫은 쪽이 TIME-WAIT을 끝까지 기다립니다. RFC 9293 §3.6 그림 12의 번호 그대로 닫습니다.",
  },
  client: { isns: [49] },
  server: { isns: [299] },
  script: [LISTEN, CONNECT, request(50), CLIENT_CLOSES, SERVER_CLOSES],
});

export const threeSegmentClose: Scenario = scenario({
  name: "three-segment-close",
  title: { en: "Three-segment close", ko: "세그먼트 세 개로 닫기" },
  description: {
    en: "The server's user closes at once, while the acknowledgment of the client's FIN still waits for company: one FIN,ACK says both, and the client goes straight on to TIME-WAIT. RFC 9293 §3.3.2, note 2.",
    ko: "클라이언트의 FIN에 대한 ACK가 아직 대기하는 동안 서버의 사용자가 곧바로 닫습니다. FIN,ACK 하나가 둘을 모두 말하고, 클라이언트는 곧장 TIME-WAIT으로 갑니다. RFC 9293 §3.3.2 note 2.",
  },
  server: { params: { delayedAckUs: ms(40) } },
  script: [
    LISTEN,
    CONNECT,
    request(100),
    CLIENT_CLOSES,
    { on: "CLOSE-WAIT", afterUs: ms(5), host: "server", call: "close" },
  ],
});

export const halfClose: Scenario = scenario({
  name: "half-close",
  title: { en: "Half-close", ko: "half-close" },
  description: {
    en: "The client has nothing more to send and shuts down its side; the server goes on sending, and the client goes on receiving and acknowledging, until the server closes, too. RFC 9293 §3.6.1.",
    ko: "클라이언트는 더 보낼 것이 없어 자기 방향을 닫습니다. 서버는 계속 보내고 클라이언트는 계속 받아 확인하며, 이는 서버도 닫을 때까지 이어집니다. RFC 9293 §3.6.1.",
  },
  script: [
    LISTEN,
    CONNECT,
    request(100),
    { on: "ESTABLISHED", afterUs: ms(200), host: "client", call: "shutdown" },
    { on: "CLOSE-WAIT", afterUs: ms(60), host: "server", call: "send", bytes: 400 },
    { on: "CLOSE-WAIT", afterUs: ms(200), host: "server", call: "send", bytes: 300 },
    { on: "CLOSE-WAIT", afterUs: ms(340), host: "server", call: "close" },
  ],
});

export const simultaneousClose: Scenario = scenario({
  name: "simultaneous-close",
  title: { en: "Simultaneous close", ko: "동시 닫기" },
  description: {
    en: "Both users close at the same moment and the FINs cross. Both ends pass through CLOSING, and both wait out TIME-WAIT. RFC 9293 §3.6, Figure 13, with the figure's numbers.",
    ko: "양쪽 사용자가 같은 순간에 닫아 FIN이 엇갈립니다. 양쪽 모두 CLOSING을 거쳐 TIME-WAIT을 기다립니다. RFC 9293 §3.6 그림 13의 번호 그대로입니다.",
  },
  client: { isns: [99] },
  server: { isns: [299] },
  script: [
    LISTEN,
    CONNECT,
    { atUs: ms(250), host: "client", call: "close" },
    { atUs: ms(250), host: "server", call: "close" },
  ],
});

export const timeWait: Scenario = scenario({
  name: "time-wait",
  title: { en: "TIME-WAIT to its end", ko: "TIME-WAIT의 끝까지" },
  description: {
    en: "The server closes first, so it is the server that waits: TIME-WAIT belongs to whoever closed first, not to the client. It lasts 2×MSL, 240 s with the RFC's MSL of 2 minutes. RFC 9293 §3.6.1.",
    ko: "서버가 먼저 닫으므로 기다리는 쪽도 서버입니다. TIME-WAIT은 클라이언트가 아니라 먼저 닫은 쪽의 몫입니다. 길이는 2×MSL, RFC의 MSL 2분으로는 240초입니다. RFC 9293 §3.6.1.",
  },
  script: [
    LISTEN,
    CONNECT,
    request(100),
    { on: { received: 100 }, afterUs: ms(20), host: "server", call: "send", bytes: 200 },
    { on: { received: 100 }, afterUs: ms(140), host: "server", call: "close" },
    { on: "CLOSE-WAIT", afterUs: ms(60), host: "client", call: "close" },
  ],
});

export const lostFin: Scenario = scenario({
  name: "lost-fin",
  title: { en: "Lost FIN", ko: "FIN 손실" },
  description: {
    en: "The client's FIN is lost. The server knows nothing of it and stays ESTABLISHED; the client's timer brings the same FIN again. A FIN takes a sequence number, so it is retransmitted like data. RFC 9293 §3.8.1.",
    ko: "클라이언트의 FIN이 사라집니다. 서버는 아무것도 모른 채 ESTABLISHED이고, 클라이언트의 타이머가 같은 FIN을 다시 보냅니다. FIN은 시퀀스 번호를 하나 차지하므로 데이터처럼 재전송됩니다. RFC 9293 §3.8.1.",
  },
  faults: ["drop:client:FIN"],
  script: [LISTEN, CONNECT, request(100), CLIENT_CLOSES, SERVER_CLOSES],
});

export const lostLastAck: Scenario = scenario({
  name: "lost-last-ack",
  title: { en: "Lost last ACK", ko: "마지막 ACK 손실" },
  description: {
    en: "The very last ACK is lost. The server, in LAST-ACK, sends its FIN again; the client is still there to acknowledge it, because of TIME-WAIT, and waits 2×MSL anew. This is what TIME-WAIT is for. RFC 9293 §3.10.7.4.",
    ko: "맨 마지막 ACK가 사라집니다. LAST-ACK인 서버는 FIN을 다시 보내고, 클라이언트는 TIME-WAIT 덕분에 아직 남아 있어 다시 확인해 주며 2×MSL을 새로 기다립니다. TIME-WAIT이 있는 이유입니다. RFC 9293 §3.10.7.4.",
  },
  faults: ["drop:client:ACK:2"],
  script: [LISTEN, CONNECT, request(100), CLIENT_CLOSES, SERVER_CLOSES],
});
