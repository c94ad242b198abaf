import type { Verdict } from "@synfin/simulator";
import type { Language } from "../locale/language.ts";
import type { ExportFormat } from "./export-format.ts";
import type { Recorded, Tool } from "./run.ts";

/** Everything that `<tcp-connection>` says beside its narration and its ladder. */
export interface ConnectionWords {
  readonly region: (title: string) => string;
  readonly scenario: string;
  readonly seed: string;
  readonly digest: string;
  readonly numbers: string;
  readonly relative: string;
  readonly absolute: string;
  readonly ladder: (title: string, count: number) => string;
  readonly step: (index: number, count: number) => string;
  readonly toStart: string;
  readonly back: string;
  readonly play: string;
  readonly pause: string;
  readonly forward: string;
  readonly time: string;
  readonly speed: string;
  readonly undo: string;
  readonly reset: string;
  readonly share: string;
  readonly copied: string;
  readonly save: string;
  readonly files: Readonly<Record<ExportFormat, string>>;
  readonly tool: string;
  readonly tools: Readonly<Record<Tool, string>>;
  readonly hints: Readonly<Record<Tool, string>>;
  readonly recorded: Readonly<Record<Recorded, string>>;
  readonly states: string;
  readonly header: (segment: string) => string;
  readonly transcript: string;
  readonly columns: readonly string[];
  readonly drop: string;
  readonly pressIt: (what: string, does: string) => string;
  readonly showIt: (what: string) => string;
  readonly fate: Readonly<Record<Verdict | "air" | "ahead", string>>;
  readonly way: (from: string, to: string) => string;
  readonly fields: Readonly<Record<HeaderField, string>>;
  readonly checksum: (good: boolean) => string;
  readonly noScenario: (name: string, near: readonly string[]) => string;
  readonly cannotRead: (what: string, why: string) => string;
  readonly badSeed: (value: string) => string;
  readonly missing: string;
  readonly tryAgain: string;
  readonly badEnd: (fault: string, ends: readonly string[]) => string;
}

/** The fields of the TCP header, RFC 9293 §3.1. */
export type HeaderField =
  | "srcPort"
  | "dstPort"
  | "seq"
  | "ack"
  | "offset"
  | "reserved"
  | "window"
  | "checksum"
  | "urgent"
  | "options";

const en: ConnectionWords = {
  region: (title) => `TCP connection: ${title}`,
  scenario: "Scenario",
  seed: "seed",
  digest: "digest",
  numbers: "Sequence numbers",
  relative: "relative",
  absolute: "absolute",
  ladder: (title, count) => `${title}: ladder of ${count} segments, time downwards`,
  step: (index, count) => `Step ${index} of ${count}`,
  toStart: "To the start",
  back: "Step back",
  play: "Play",
  pause: "Pause",
  forward: "Step forward",
  time: "Time",
  speed: "Speed",
  undo: "Undo",
  reset: "Reset",
  share: "Copy link",
  copied: "Link copied",
  save: "Export",
  files: { svg: "SVG", png: "PNG", json: "JSON", text: "Text", pcapng: "pcapng" },
  tool: "A click on a segment",
  tools: { drop: "Drop", delay: "Delay", duplicate: "Duplicate", inspect: "Inspect" },
  hints: {
    drop: "Click a segment that has not arrived yet, and the network loses it.",
    delay: "Click a segment that has not arrived yet, and the network holds it back.",
    duplicate: "Click a segment that has not arrived yet, and the network doubles it.",
    inspect: "Click a segment to see its header.",
  },
  recorded: {
    trace: "A recording of a run: nothing in it can be changed.",
    capture: "A capture knows neither states nor losses; the times at the other end are estimates.",
  },
  states: "States, RFC 9293 Figure 5",
  header: (segment) => `TCP header · ${segment}`,
  transcript: "Transcript",
  columns: ["Time", "Segment", "Flags", "SEQ", "ACK", "Bytes", "Notes", "Fate", "Changes", "Drop"],
  drop: "Drop",
  pressIt: (what, does) => `${what}. Enter: ${does}`,
  showIt: (what) => `${what}. Press Enter to see its header`,
  fate: {
    deliver: "arrived",
    drop: "lost",
    duplicate: "arrived twice",
    delay: "arrived late",
    reorder: "arrived out of order",
    corrupt: "arrived damaged",
    air: "on its way",
    ahead: "to come",
  },
  way: (from, to) => `${from} to ${to}`,
  fields: {
    srcPort: "source port",
    dstPort: "destination port",
    seq: "sequence number",
    ack: "acknowledgment number",
    offset: "offset",
    reserved: "rsrvd",
    window: "window",
    checksum: "checksum",
    urgent: "urgent pointer",
    options: "options",
  },
  checksum: (good) => (good ? "correct" : "wrong"),
  noScenario: (name, near) =>
    `There is no scenario “${name}”.${near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : " Choose one from the list, such as lost-fin."}`,
  cannotRead: (what, why) => `“${what}” cannot be played: ${why}`,
  badSeed: (value) => `The seed is ${value}, but it should be a whole number from 0 on, such as 7.`,
  missing: "A file that belongs to this figure could not be loaded. The rest goes on without it.",
  tryAgain: "Try again",
  badEnd: (fault, ends) => `bad fault "${fault}": its host should be ${ends.join(" or ")}`,
};

const ko: ConnectionWords = {
  region: (title) => `TCP 연결: ${title}`,
  scenario: "시나리오",
  seed: "시드",
  digest: "다이제스트",
  numbers: "시퀀스 번호",
  relative: "상대",
  absolute: "절대",
  ladder: (title, count) => `${title}: 세그먼트 ${count}개의 사다리, 시간은 아래로`,
  step: (index, count) => `${count}단계 중 ${index}`,
  toStart: "처음으로",
  back: "한 단계 뒤로",
  play: "재생",
  pause: "일시 정지",
  forward: "한 단계 앞으로",
  time: "시간",
  speed: "속도",
  undo: "되돌리기",
  reset: "초기화",
  share: "링크 복사",
  copied: "링크를 복사함",
  save: "내보내기",
  files: { svg: "SVG", png: "PNG", json: "JSON", text: "텍스트", pcapng: "pcapng" },
  tool: "세그먼트를 누르면",
  tools: { drop: "유실", delay: "지연", duplicate: "복제", inspect: "살펴보기" },
  hints: {
    drop: "아직 도착하지 않은 세그먼트를 누르면 네트워크가 그것을 잃어버립니다.",
    delay: "아직 도착하지 않은 세그먼트를 누르면 네트워크가 그것을 붙들어 둡니다.",
    duplicate: "아직 도착하지 않은 세그먼트를 누르면 네트워크가 그것을 하나 더 만듭니다.",
    inspect: "세그먼트를 누르면 헤더를 볼 수 있습니다.",
  },
  recorded: {
    trace: "실행을 기록한 것이라 바꿀 수 없습니다.",
    capture: "캡처는 상태와 유실을 알지 못하며, 반대쪽의 시각은 추정한 값입니다.",
  },
  states: "상태, RFC 9293 그림 5",
  header: (segment) => `TCP 헤더 · ${segment}`,
  transcript: "기록",
  columns: ["시간", "세그먼트", "플래그", "SEQ", "ACK", "바이트", "메모", "결과", "변화", "유실"],
  drop: "유실",
  pressIt: (what, does) => `${what}. Enter: ${does}`,
  showIt: (what) => `${what}. Enter 키로 헤더 보기`,
  fate: {
    deliver: "도착",
    drop: "유실",
    duplicate: "두 번 도착",
    delay: "늦게 도착",
    reorder: "순서가 바뀌어 도착",
    corrupt: "손상되어 도착",
    air: "가는 중",
    ahead: "예정",
  },
  way: (from, to) => `${from}에서 ${to}로`,
  fields: {
    srcPort: "출발지 포트",
    dstPort: "목적지 포트",
    seq: "시퀀스 번호",
    ack: "확인 응답 번호",
    offset: "오프셋",
    reserved: "예약",
    window: "윈도",
    checksum: "체크섬",
    urgent: "긴급 포인터",
    options: "옵션",
  },
  checksum: (good) => (good ? "맞음" : "틀림"),
  noScenario: (name, near) =>
    `“${name}” 시나리오는 없습니다.${near.length > 0 ? ` 혹시 ${near.join(", ")}입니까?` : " 목록에서 lost-fin 같은 것을 고르십시오."}`,
  cannotRead: (what, why) => `“${what}”을(를) 재생할 수 없습니다: ${why}`,
  badSeed: (value) => `시드가 ${value}입니다. 7처럼 0 이상의 정수여야 합니다.`,
  missing: "이 그림에 딸린 파일 하나를 불러오지 못했습니다. 나머지는 그대로 쓸 수 있습니다.",
  tryAgain: "다시 시도",
  badEnd: (fault, ends) => `잘못된 결함 "${fault}": 호스트는 ${ends.join(", ")} 중 하나여야 합니다`,
};

/** The words of each language; a key that is missing does not compile. */
export const CONNECTION_WORDS: Readonly<Record<Language, ConnectionWords>> = { en, ko };
