import type { Language } from "../locale/language.ts";
import type { LoadFormat } from "./load-format.ts";
import type { OwnNumber } from "./settings.ts";

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
  readonly docs: Readonly<Record<OwnNumber, string>>;
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
  /** The progress line: virtual time, speed, and how long still. */
  readonly soFar: (time: string, end: string) => string;
  readonly perSecond: (events: string) => string;
  readonly left: (time: string) => string;
  readonly nthRun: (nth: string) => string;
  /** The busiest moments and the first failures. */
  readonly most: (count: string) => string;
  readonly mostAt: (host: string) => string;
  readonly mostAlive: string;
  readonly firstFailure: string;
  readonly firstOf: (errno: string) => string;
  /** Theory beside several runs. */
  readonly runMore: string;
  readonly observedIn: (runs: string) => string;
  readonly oneRun: string;
  readonly holds: string;
  readonly fails: string;
  /** The grid of connections. */
  readonly grid: string;
  readonly gridHint: string;
  readonly everyNth: (every: number, written: string) => string;
  readonly cell: (nth: string, state: string) => string;
  readonly over: string;
  readonly failedCell: string;
  readonly notHere: string;
  readonly notInGrid: string;
  readonly connectionNumber: string;
  readonly open: string;
  /** One connection. */
  readonly connection: (nth: string) => string;
  readonly back: string;
  readonly searching: (nth: string) => string;
  readonly nothingSent: (errno: string) => string;
  /** Two runs. */
  readonly keep: string;
  readonly letGo: string;
  /** The link that opens with these settings. */
  readonly share: string;
  readonly copied: string;
  readonly compared: string;
  readonly difference: string;
  readonly failedShare: string;
  readonly held: string;
  readonly mostOf: (what: string) => string;
  readonly virtualTime: string;
  /** Files to save. */
  readonly save: string;
  readonly files: Readonly<Record<LoadFormat, string>>;
  readonly notSaved: (reason: string) => string;
}

const ENGLISH: LoadWords = {
  settings: "Settings of the run",
  scenario: "Scenario",
  profile: "TCP of",
  docs: {
    seed: "the same seed gives the same run",
    replications: "independent runs; two or more give an interval",
  },
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
  soFar: (time, end) => `${time} of ${end}`,
  perSecond: (events) => `${events} events/s`,
  left: (time) => `about ${time} left`,
  nthRun: (nth) => `run ${nth}`,
  most: (count) => `${count} at once`,
  mostAt: (host) => `most at the ${host}`,
  mostAlive: "most alive at both ends",
  firstFailure: "first failure",
  firstOf: (errno) => `first ${errno}`,
  runMore: "Four more runs, for an interval",
  observedIn: (runs) => `${runs} runs`,
  oneRun: "one run; more give an interval",
  holds: "it holds",
  fails: "it does not hold",
  grid: "Connection by connection",
  gridHint: "in the order of opening; choose one to see its ladder",
  everyNth: (every, written) => (every === 1 ? "every connection" : `one connection in ${written}`),
  cell: (nth, state) => `connection ${nth}: ${state}`,
  over: "over",
  failedCell: "failed",
  notHere: "not at this host",
  notInGrid: "not in the grid",
  connectionNumber: "Connection",
  open: "Open its ladder",
  connection: (nth) => `Connection ${nth}`,
  back: "Back to the crowd",
  searching: (nth) => `Running once more, up to the end of connection ${nth} …`,
  nothingSent: (errno) =>
    `Its call of connect() was refused at once with ${errno}: no segment left the host, so there is no ladder.`,
  keep: "Keep to compare",
  letGo: "Let go of A",
  share: "Copy link",
  copied: "Link copied",
  compared: "Two runs compared",
  difference: "difference",
  failedShare: "share of failures",
  held: "held at once",
  mostOf: (what) => `most ${what}`,
  virtualTime: "virtual time",
  save: "Export",
  files: {
    svg: "Chart as SVG",
    png: "Chart as PNG",
    json: "Result as JSON",
    csv: "Counts as CSV",
    pcapng: "Connection as pcapng",
  },
  notSaved: (reason) => `Not saved: ${reason}`,
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
  docs: {
    seed: "시드가 같으면 실행도 같습니다",
    replications: "독립된 실행 횟수. 둘 이상이면 신뢰 구간이 나옵니다",
  },
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
  soFar: (time, end) => `${end} 중 ${time}`,
  perSecond: (events) => `초당 이벤트 ${events}`,
  left: (time) => `약 ${time} 남음`,
  nthRun: (nth) => `${nth}번째 실행`,
  most: (count) => `동시에 ${count}개`,
  mostAt: (host) => `${host} 최다`,
  mostAlive: "양쪽 모두 수립된 연결 최다",
  firstFailure: "첫 실패",
  firstOf: (errno) => `첫 ${errno}`,
  runMore: "네 번 더 실행해 신뢰 구간 구하기",
  observedIn: (runs) => `실행 ${runs}회`,
  oneRun: "한 번 실행함. 더 실행하면 신뢰 구간이 나옵니다",
  holds: "이론과 맞음",
  fails: "이론과 맞지 않음",
  grid: "연결 하나하나",
  gridHint: "연 순서대로. 하나를 고르면 사다리 그림이 열립니다",
  everyNth: (every, written) => (every === 1 ? "모든 연결" : `연결 ${written}개마다 하나`),
  cell: (nth, state) => `연결 ${nth}: ${state}`,
  over: "종료됨",
  failedCell: "실패함",
  notHere: "이 호스트에 없음",
  notInGrid: "격자에 없음",
  connectionNumber: "연결 번호",
  open: "사다리 그림 열기",
  connection: (nth) => `연결 ${nth}`,
  back: "전체 연결로 돌아가기",
  searching: (nth) => `연결 ${nth}의 끝까지 다시 실행하는 중 …`,
  nothingSent: (errno) =>
    `connect() 호출이 ${errno}(으)로 바로 거부되었습니다. 호스트에서 나간 세그먼트가 없으므로 사다리 그림도 없습니다.`,
  keep: "비교용으로 두기",
  letGo: "A 지우기",
  share: "링크 복사",
  copied: "링크를 복사함",
  compared: "두 실행 비교",
  difference: "차이",
  failedShare: "실패 비율",
  held: "동시 연결",
  mostOf: (what) => `${what} 최다`,
  virtualTime: "가상 시간",
  save: "내보내기",
  files: {
    svg: "차트(SVG)",
    png: "차트(PNG)",
    json: "결과(JSON)",
    csv: "연결 수(CSV)",
    pcapng: "연결 하나(pcapng)",
  },
  notSaved: (reason) => `저장하지 못했습니다: ${reason}`,
};

/** The words of one language. */
export const LOAD_WORDS: Readonly<Record<Language, LoadWords>> = { en: ENGLISH, ko: KOREAN };
