import type { Language } from "../../locale/language.ts";
import type { Recorded } from "../run.ts";
import type { Tool } from "../tool.ts";

/** What the cards beside the ladder and the transcript say, beside the narration. */
export interface CardWords {
  readonly seed: string;
  readonly digest: string;
  readonly hints: Readonly<Record<Tool, string>>;
  readonly recorded: Readonly<Record<Recorded, string>>;
  readonly states: string;
  readonly header: (segment: string) => string;
  readonly transcript: string;
  readonly columns: readonly string[];
  readonly drop: string;
  readonly fields: Readonly<Record<HeaderField, string>>;
  readonly checksum: (good: boolean) => string;
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

const en: CardWords = {
  seed: "seed",
  digest: "digest",
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
};

const ko: CardWords = {
  seed: "시드",
  digest: "다이제스트",
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
};

/** The words of each language; a key that is missing does not compile. */
export const CARD_WORDS: Readonly<Record<Language, CardWords>> = { en, ko };
