import type { Language } from "../locale/language.ts";

/** A value that cannot be, and what would be right, with their units. */
export interface BoundWords {
  readonly field: string;
  readonly value: string;
  readonly least: string;
  readonly most: string;
}

/** Everything that `<tcp-load>` says. Names of states stay as RFC 9293 has them. */
export interface LoadWords {
  readonly settings: string;
  readonly scenario: string;
  readonly profile: string;
  readonly seedDoc: string;
  readonly on: string;
  readonly off: string;
  readonly leavesOut: string;
  readonly run: string;
  readonly runAgain: string;
  readonly pause: string;
  readonly resume: string;
  readonly cancel: string;
  readonly chart: string;
  readonly chartSummary: (parts: { host: string; time: string; states: string }) => string;
  readonly empty: string;
  readonly look: string;
  readonly host: string;
  /** A host by the name that the scenario gives it. */
  readonly hosts: (name: string) => string;
  readonly figures: string;
  readonly opened: string;
  readonly established: string;
  readonly timeWait: string;
  readonly closed: string;
  readonly failed: string;
  readonly speed: string;
  readonly backend: string;
  readonly segments: string;
  readonly digest: string;
  readonly notYet: string;
  readonly backends: Readonly<Record<"worker-url" | "inline-worker" | "main-thread", string>>;
  readonly progress: string;
  readonly status: Readonly<Record<"starting" | "running" | "paused" | "cancelled", string>>;
  readonly done: (parts: { closed: string; failed: string; time: string }) => string;
  readonly failedToRun: (reason: string) => string;
  readonly outOfBounds: (parts: BoundWords) => string;
  readonly notWhole: (parts: BoundWords) => string;
  readonly missing: string;
  readonly tryAgain: string;
  readonly noSuchName: (parts: { name: string; known: string }) => string;
  readonly theory: string;
  readonly expected: string;
  readonly observed: string;
  readonly spans: string;
  readonly span: string;
  readonly times: string;
  readonly mean: string;
  readonly table: string;
  readonly time: string;
  readonly inAll: string;
}

const ENGLISH: LoadWords = {
  settings: "Settings of the run",
  scenario: "Scenario",
  profile: "TCP of",
  seedDoc: "the same seed gives the same run",
  on: "on",
  off: "off",
  leavesOut: "What the model leaves out",
  run: "Run",
  runAgain: "Run again",
  pause: "Pause",
  resume: "Resume",
  cancel: "Cancel",
  chart: "Connections by state",
  chartSummary: ({ host, time, states }) => `${host} at ${time}: ${states}`,
  empty: "Press Run: the connections appear here by state, over virtual time.",
  look: "Look at a time",
  host: "Host shown",
  hosts: (name) => name,
  figures: "Figures so far",
  opened: "opened",
  established: "established",
  timeWait: "in TIME-WAIT",
  closed: "closed",
  failed: "failed",
  speed: "events a second",
  backend: "runs in",
  segments: "segments",
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
    `“${field}” must be from ${least} to ${most}; it is ${value}.`,
  notWhole: ({ field, value, least, most }) =>
    `“${field}” must be a whole number from ${least} to ${most}; it is ${value}.`,
  missing: "The file of this scenario could not be loaded; shown is another one.",
  tryAgain: "Try again",
  noSuchName: ({ name, known }) => `There is no “${name}” here; there are ${known}.`,
  theory: "Theory beside the run",
  expected: "theory says",
  observed: "this run",
  spans: "How long it took",
  span: "what",
  times: "count",
  mean: "mean",
  table: "The counts as a table",
  time: "time",
  inAll: "in all",
};

/** Hosts that many scenarios have; others keep the name that they have there. */
const KOREAN_HOSTS: Readonly<Record<string, string>> = {
  client: "클라이언트",
  server: "서버",
  proxy: "프록시",
  host: "호스트",
};

const KOREAN: LoadWords = {
  settings: "실행 설정",
  scenario: "시나리오",
  profile: "TCP 구현",
  seedDoc: "시드가 같으면 실행도 같습니다",
  on: "켬",
  off: "끔",
  leavesOut: "모델에서 뺀 것",
  run: "실행",
  runAgain: "다시 실행",
  pause: "일시 정지",
  resume: "계속",
  cancel: "취소",
  chart: "상태별 연결 수",
  chartSummary: ({ host, time, states }) => `${time} 시점의 ${host}: ${states}`,
  empty: "실행을 누르면 상태별 연결 수가 가상 시간에 따라 여기에 그려집니다.",
  look: "살펴볼 시각",
  host: "표시할 호스트",
  hosts: (name) => KOREAN_HOSTS[name] ?? name,
  figures: "현재 수치",
  opened: "열린 연결",
  established: "수립된 연결",
  timeWait: "TIME-WAIT 상태",
  closed: "종료된 연결",
  failed: "실패",
  speed: "초당 이벤트",
  backend: "실행 위치",
  segments: "세그먼트",
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
    `‘${field}’ 값은 ${least}에서 ${most} 사이여야 합니다. 지금 값: ${value}`,
  notWhole: ({ field, value, least, most }) =>
    `‘${field}’ 값은 ${least}에서 ${most} 사이의 정수여야 합니다. 지금 값: ${value}`,
  missing: "이 시나리오의 파일을 불러오지 못해 다른 시나리오를 보여 줍니다.",
  tryAgain: "다시 시도",
  noSuchName: ({ name, known }) => `‘${name}’은(는) 여기에 없습니다. 쓸 수 있는 이름: ${known}`,
  theory: "이론과 실행",
  expected: "이론",
  observed: "이번 실행",
  spans: "걸린 시간",
  span: "구간",
  times: "횟수",
  mean: "평균",
  table: "수치를 표로 보기",
  time: "시각",
  inAll: "합계",
};

/** The words of one language. */
export const LOAD_WORDS: Readonly<Record<Language, LoadWords>> = { en: ENGLISH, ko: KOREAN };
