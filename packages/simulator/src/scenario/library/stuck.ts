import type { Scenario } from "../scenario.ts";
import { CONNECT, LISTEN, ms, scenario } from "./make.ts";

export const stuckInCloseWait: Scenario = scenario({
  name: "stuck-in-close-wait",
  title: { en: "Stuck in CLOSE-WAIT", ko: "CLOSE-WAIT에 멈춤" },
  description: {
    en: "The client closes, the server's application never does. No timer ends CLOSE-WAIT: the server waits for its own user, and the client, in FIN-WAIT-2, for the server. RFC 9293 §3.6.",
    ko: "클라이언트는 닫았지만 서버의 애플리케이션은 끝내 닫지 않습니다. CLOSE-WAIT을 끝내는 타이머는 없습니다. 서버는 자기 사용자를, FIN-WAIT-2인 클라이언트는 서버를 기다립니다. RFC 9293 §3.6.",
  },
  script: [
    LISTEN,
    CONNECT,
    { on: "ESTABLISHED", afterUs: ms(60), host: "client", call: "send", bytes: 100 },
    { on: "ESTABLISHED", afterUs: ms(200), host: "client", call: "close" },
  ],
});

export const stuckInFinWait1: Scenario = scenario({
  name: "stuck-in-fin-wait-1",
  title: { en: "Stuck in FIN-WAIT-1", ko: "FIN-WAIT-1에 멈춤" },
  description: {
    en: "Nothing of the client's close gets through. It sends its FIN again and again, each time after twice as long, and gives up once the FIN has waited 100 s (R2). RFC 9293 §3.8.3.",
    ko: "클라이언트의 닫기가 전혀 전달되지 않습니다. FIN을 두 배씩 긴 간격으로 거듭 보내다가, FIN이 100초(R2) 넘게 기다리면 포기합니다. RFC 9293 §3.8.3.",
  },
  faults: ["drop:client:FIN+"],
  script: [
    LISTEN,
    CONNECT,
    { on: "ESTABLISHED", afterUs: ms(60), host: "client", call: "send", bytes: 100 },
    { on: "ESTABLISHED", afterUs: ms(200), host: "client", call: "close" },
  ],
});

export const stuckInFinWait2: Scenario = scenario({
  name: "stuck-in-fin-wait-2",
  title: { en: "Stuck in FIN-WAIT-2", ko: "FIN-WAIT-2에 멈춤" },
  description: {
    en: "The client's FIN is acknowledged, then the server's machine dies. The ACK came; it is the peer's FIN that never will. By the RFC the client waits for ever. RFC 9293 §3.6.",
    ko: "클라이언트의 FIN은 확인되었지만 곧 서버 기계가 죽습니다. ACK는 왔고, 영영 오지 않는 것은 상대의 FIN입니다. RFC대로라면 클라이언트는 끝없이 기다립니다. RFC 9293 §3.6.",
  },
  script: [
    LISTEN,
    CONNECT,
    { on: "ESTABLISHED", afterUs: ms(60), host: "client", call: "send", bytes: 100 },
    { on: "ESTABLISHED", afterUs: ms(200), host: "client", call: "close" },
    { on: "CLOSE-WAIT", afterUs: ms(80), host: "server", call: "reboot" },
  ],
});
