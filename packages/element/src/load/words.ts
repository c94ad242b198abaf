import type { Language } from "../locale/language.ts";

/** Everything that `<tcp-load>` says. Names of states stay as RFC 9293 has them. */
export interface LoadWords {
  readonly title: (connections: string) => string;
  readonly settings: string;
  readonly connections: string;
  readonly rate: string;
  readonly run: string;
  readonly runAgain: string;
  readonly pause: string;
  readonly resume: string;
  readonly cancel: string;
  readonly chart: string;
  readonly chartSummary: (parts: { end: string; time: string; states: string }) => string;
  readonly empty: string;
  readonly look: string;
  readonly end: string;
  readonly clients: string;
  readonly servers: string;
  readonly figures: string;
  readonly at: (time: string) => string;
  readonly opened: string;
  readonly established: string;
  readonly timeWait: string;
  readonly closed: string;
  readonly failed: string;
  readonly speed: string;
  readonly backend: string;
  readonly seed: string;
  readonly digest: string;
  readonly notYet: string;
  readonly backends: Readonly<Record<"worker-url" | "inline-worker" | "main-thread", string>>;
  readonly progress: string;
  readonly status: Readonly<Record<"starting" | "running" | "paused" | "cancelled", string>>;
  readonly done: (parts: { closed: string; failed: string; time: string }) => string;
  readonly failedToRun: (reason: string) => string;
  readonly outOfBounds: (parts: {
    field: string;
    value: string;
    least: string;
    most: string;
  }) => string;
  readonly table: string;
  readonly time: string;
  readonly inAll: string;
}

const ENGLISH: LoadWords = {
  title: (connections) => `${connections} connections`,
  settings: "Settings of the run",
  connections: "connections",
  rate: "new connections a second",
  run: "Run",
  runAgain: "Run again",
  pause: "Pause",
  resume: "Resume",
  cancel: "Cancel",
  chart: "Connections by state",
  chartSummary: ({ end, time, states }) => `${end} at ${time}: ${states}`,
  empty: "Press Run: the connections appear here by state, over virtual time.",
  look: "Look at a time",
  end: "End shown",
  clients: "Clients",
  servers: "Servers",
  figures: "Figures so far",
  at: (time) => `At ${time}`,
  opened: "opened",
  established: "established",
  timeWait: "in TIME-WAIT",
  closed: "closed",
  failed: "failed",
  speed: "events a second",
  backend: "runs in",
  seed: "seed",
  digest: "digest",
  notYet: "–",
  backends: {
    "worker-url": "worker (file)",
    "inline-worker": "worker",
    "main-thread": "main thread",
  },
  progress: "Progress of the run",
  status: { starting: "starting", running: "running", paused: "paused", cancelled: "cancelled" },
  done: ({ closed, failed, time }) =>
    `finished at ${time} of virtual time: ${closed} closed, ${failed} failed`,
  failedToRun: (reason) => `The run failed: ${reason}`,
  outOfBounds: ({ field, value, least, most }) =>
    `“${field}” must be a whole number from ${least} to ${most}; it is ${value}.`,
  table: "The counts as a table",
  time: "time",
  inAll: "in all",
};

const KOREAN: LoadWords = {
  title: (connections) => `연결 ${connections}개`,
  settings: "실행 설정",
  connections: "연결 수",
  rate: "초당 새 연결",
  run: "실행",
  runAgain: "다시 실행",
  pause: "일시 정지",
  resume: "계속",
  cancel: "취소",
  chart: "상태별 연결 수",
  chartSummary: ({ end, time, states }) => `${time} 시점의 ${end}: ${states}`,
  empty: "실행을 누르면 상태별 연결 수가 가상 시간에 따라 여기에 그려집니다.",
  look: "살펴볼 시각",
  end: "표시할 쪽",
  clients: "클라이언트",
  servers: "서버",
  figures: "현재 수치",
  at: (time) => `${time} 시점`,
  opened: "열린 연결",
  established: "수립된 연결",
  timeWait: "TIME-WAIT 상태",
  closed: "종료된 연결",
  failed: "실패",
  speed: "초당 이벤트",
  backend: "실행 위치",
  seed: "시드",
  digest: "다이제스트",
  notYet: "–",
  backends: {
    "worker-url": "worker (파일)",
    "inline-worker": "worker",
    "main-thread": "메인 스레드",
  },
  progress: "실행 진행률",
  status: {
    starting: "시작하는 중",
    running: "실행 중",
    paused: "일시 정지됨",
    cancelled: "취소됨",
  },
  done: ({ closed, failed, time }) =>
    `가상 시간 ${time}에 끝났습니다. 종료 ${closed}개, 실패 ${failed}개`,
  failedToRun: (reason) => `실행하지 못했습니다: ${reason}`,
  outOfBounds: ({ field, value, least, most }) =>
    `‘${field}’ 값은 ${least}에서 ${most} 사이의 정수여야 합니다. 지금 값: ${value}`,
  table: "수치를 표로 보기",
  time: "시각",
  inAll: "합계",
};

/** The words of one language. */
export const LOAD_WORDS: Readonly<Record<Language, LoadWords>> = { en: ENGLISH, ko: KOREAN };
