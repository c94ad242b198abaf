import type { Scenario } from "../scenario.ts";
import { CONNECT, LISTEN, ms, scenario } from "./make.ts";

export const windowScale: Scenario = scenario({
  name: "window-scale",
  title: { en: "Window scale and timestamps", ko: "윈도 스케일과 타임스탬프" },
  description: {
    en: "The window field has 16 bits. Both SYNs offer a shift count of 7, so every later window counts in units of 128 octets; the window of a SYN itself is never scaled. SACK-permitted and timestamps are agreed on in the same two segments. RFC 7323 §2 and §3.",
    ko: "윈도 필드는 16비트뿐입니다. 두 SYN이 모두 시프트 값 7을 제안하면 그 뒤의 윈도는 128옥텟 단위가 됩니다. SYN 자신의 윈도에는 적용되지 않습니다. SACK 허용과 타임스탬프도 같은 두 세그먼트에서 정해집니다. RFC 7323 §2, §3.",
  },
  client: { params: { windowScale: 7, sack: 1, timestamps: 1, receiveBuffer: 1_048_576 } },
  server: { params: { windowScale: 7, sack: 1, timestamps: 1, receiveBuffer: 262_144 } },
  script: [
    LISTEN,
    CONNECT,
    { on: "ESTABLISHED", afterUs: ms(60), host: "client", call: "send", bytes: 100 },
    { on: { received: 100 }, afterUs: ms(20), host: "server", call: "send", bytes: 500 },
  ],
});

export const zeroWindow: Scenario = scenario({
  name: "zero-window",
  title: { en: "Zero window", ko: "제로 윈도" },
  description: {
    en: "The server's program stops reading. Its buffer fills, the window shuts, and the client may send nothing but probes, at twice the interval each time, until the program reads again and the window opens. RFC 9293 §3.8.6.1.",
    ko: "서버 프로그램이 읽기를 멈춥니다. 버퍼가 차고 윈도가 닫히면 클라이언트는 간격을 두 배씩 늘리며 프로브만 보낼 수 있고, 프로그램이 다시 읽으면 윈도가 열립니다. RFC 9293 §3.8.6.1.",
  },
  server: { reads: false, params: { receiveBuffer: 2920 } },
  // A window whose opening is lost may be probed for ever (MUST-37); no one would read that.
  untilUs: ms(60_000),
  script: [
    LISTEN,
    CONNECT,
    { on: "ESTABLISHED", afterUs: ms(60), host: "client", call: "send", bytes: 4000 },
    { atUs: ms(4000), host: "server", call: "receive" },
  ],
});
