import type { Scenario, Step } from "../scenario.ts";
import { CONNECT, LISTEN, ms, PORT, scenario } from "./make.ts";

/** The client's port is named, so that after a reboot it can be used again. */
const CONNECT_FROM: Step = {
  atUs: ms(10),
  host: "client",
  call: "connect",
  port: PORT,
  fromPort: 50000,
};

export const rstClosedPort: Scenario = scenario({
  name: "rst-closed-port",
  title: { en: "RST: closed port", ko: "RST: 닫힌 포트" },
  description: {
    en: "No one listens on the port. The SYN draws a RST whose ACK names it, and connect fails with ECONNREFUSED. RFC 9293 §3.5.2, group 1.",
    ko: "그 포트에서 아무도 LISTEN하지 않습니다. SYN에는 그것을 가리키는 ACK가 담긴 RST가 돌아오고 connect는 ECONNREFUSED로 실패합니다. RFC 9293 §3.5.2 첫째 경우.",
  },
  script: [CONNECT],
});

export const rstAbort: Scenario = scenario({
  name: "rst-abort",
  title: { en: "RST: abort", ko: "RST: abort" },
  description: {
    en: "The client aborts: a RST, and the connection is gone on both sides at once. No FIN, no TIME-WAIT, and what was on its way is lost. RFC 9293 §3.10.5.",
    ko: "클라이언트가 연결을 중단합니다. RST 하나로 양쪽의 연결이 즉시 사라집니다. FIN도 TIME-WAIT도 없고, 오가던 것은 사라집니다. RFC 9293 §3.10.5.",
  },
  script: [
    LISTEN,
    CONNECT,
    { on: "ESTABLISHED", afterUs: ms(60), host: "client", call: "send", bytes: 100 },
    { on: "ESTABLISHED", afterUs: ms(200), host: "client", call: "abort" },
  ],
});

export const rstHalfOpen: Scenario = scenario({
  name: "rst-half-open",
  title: { en: "RST: half-open, found by a SYN", ko: "RST: half-open, SYN으로 발견" },
  description: {
    en: "The client reboots and forgets; the server still believes in the connection. The client's new SYN draws an ACK that makes no sense to it, so it sends a RST, and its next SYN succeeds. RFC 9293 §3.5.1, Figure 9, with the figure's numbers.",
    ko: "클라이언트는 재부팅으로 모두 잊었지만 서버는 아직 연결이 있다고 믿습니다. 새 SYN에 뜻 모를 ACK가 돌아오자 클라이언트는 RST를 보내고, 다음 SYN은 성공합니다. RFC 9293 §3.5.1 그림 9의 번호 그대로입니다.",
  },
  client: { isns: [99, 400] },
  server: { isns: [299, 700] },
  script: [
    LISTEN,
    CONNECT_FROM,
    { atUs: ms(250), host: "client", call: "reboot" },
    { atUs: ms(300), host: "client", call: "connect", port: PORT, fromPort: 50000 },
  ],
});

export const rstHalfOpenData: Scenario = scenario({
  name: "rst-half-open-data",
  title: { en: "RST: half-open, found by data", ko: "RST: half-open, 데이터로 발견" },
  description: {
    en: "The client reboots; the server sends data on a connection that exists only in its own memory, and a RST tells it so. RFC 9293 §3.5.1, Figure 10, with the figure's numbers.",
    ko: "클라이언트가 재부팅합니다. 서버는 자기 기억에만 있는 연결로 데이터를 보내고, RST가 그 사실을 알려 줍니다. RFC 9293 §3.5.1 그림 10의 번호 그대로입니다.",
  },
  client: { isns: [99] },
  server: { isns: [299] },
  script: [
    LISTEN,
    CONNECT_FROM,
    { atUs: ms(250), host: "client", call: "reboot" },
    { atUs: ms(300), host: "server", call: "send", bytes: 10 },
  ],
});
